using System.Text.Encodings.Web;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Waymark.Shared.Web;

namespace Waymark.Tests.Shared.Web;

/// <summary>
/// GOV.UK Frontend ships, for each component, options with the HTML that they give. Our tags give the same document for every
/// fixture whose options they support; what they do not support is listed here, component by component, and nothing else.
/// </summary>
public sealed class GovUkFixtureTests
{
    private static Dictionary<string, (Func<Case> Start, Dictionary<string, Take> Options, string[] NotSupported)> Components() => new()
    {
        ["input"] = (() => new(new InputTagHelper()), With(Field,
            ("type", (c, v) => ((InputTagHelper)c.Helper).Type = v.Text()), ("value", (c, v) => c.Field.Value = v.Text()),
            ("prefix.text", (c, v) => ((InputTagHelper)c.Helper).Prefix = v.Text()), ("suffix.text", (c, v) => ((InputTagHelper)c.Helper).Suffix = v.Text()),
            ("inputmode", Attribute("inputmode")), ("autocomplete", Attribute("autocomplete")), ("pattern", Attribute("pattern")), ("autocapitalize", Attribute("autocapitalize")),
            ("spellcheck", (c, v) => c.Attributes.Add("spellcheck", v.ValueKind == JsonValueKind.True ? "true" : "false"))),
            ["inputWrapper", "label.html", "prefix.attributes", "prefix.classes", "prefix.html", "suffix.attributes", "suffix.classes", "suffix.html"]),
        ["textarea"] = (() => new(new TextareaTagHelper()), With(Field,
            ("value", (c, v) => c.Field.Value = v.Text()), ("rows", (c, v) => ((TextareaTagHelper)c.Helper).Rows = int.Parse(v.Text(), null)),
            ("autocomplete", Attribute("autocomplete")), ("spellcheck", (c, v) => c.Attributes.Add("spellcheck", v.ValueKind == JsonValueKind.True ? "true" : "false"))), []),
        ["select"] = (() => new(new SelectTagHelper()), With(Field, ("value", (c, v) => c.Field.Value = v.Text()), ("items", Items)),
            ["items[] that is nothing", "items[].attributes"]),
        ["radios"] = (() => new(new RadiosTagHelper()), With(Field, ("value", (c, v) => c.Field.Value = v.Text()), ("items", Items), ("idPrefix", (c, v) => c.Field.Id = v.Text())),
            ["fieldset.attributes", "fieldset.classes", "fieldset.legend.html", "items[] that is nothing", "items[].attributes", "items[].html", "items[].label"]),
        ["checkboxes"] = (() => new(new CheckboxesTagHelper()), With(Field, ("values", Posted), ("items", Items), ("idPrefix", (c, v) => c.Field.Id = v.Text())),
            ["fieldset.attributes", "fieldset.classes", "fieldset.legend.html", "items[] that is nothing", "items[].attributes", "items[].html", "items[].label", "items[].name"]),
        ["date-input"] = (() => new(new DateTagHelper()), With(Field, ("values", Day)),
            ["day", "fieldset.legend.html", "items", "month", "namePrefix", "values of some kinds", "year"]),
        ["file-upload"] = (() => new(new FileTagHelper()), With(Field, ("multiple", Minimised("multiple"))),
            ["chooseFilesButtonText", "dropInstructionText", "enteredDropZoneText", "javascript", "leftDropZoneText", "multipleFilesChosenText", "noFileChosenText", "value", "wrapperAttributes", "wrapperClasses"]),
        ["button"] = (() => new(new ButtonTagHelper()), With(Block,
            ("href", (c, v) => ((ButtonTagHelper)c.Helper).Href = v.Text()), ("type", (c, v) => ((ButtonTagHelper)c.Helper).Type = v.Text()),
            ("isStartButton", (c, v) => ((ButtonTagHelper)c.Helper).Start = c.Inner.Contains('<') ? throw new NotSupportedException() : v.GetBoolean()), ("disabled", (c, v) => ((ButtonTagHelper)c.Helper).Disabled = v.GetBoolean()),
            ("preventDoubleClick", (c, v) => ((ButtonTagHelper)c.Helper).Once = v.GetBoolean() ? true : throw new NotSupportedException()),
            ("name", Attribute("name")), ("value", Attribute("value")), ("id", Attribute("id"))),
            ["isStartButton of some kinds", "preventDoubleClick of some kinds"]),
        ["error-summary"] = (() => new(new ErrorSummaryTagHelper()), With(Block,
            ("titleText", (c, v) => ((ErrorSummaryTagHelper)c.Helper).Title = v.Text()), ("descriptionText", (c, v) => ((ErrorSummaryTagHelper)c.Helper).Description = v.Text()),
            ("errorList", (c, v) => c.Each("errorList[]", v, () => new ProblemTagHelper(),
                ("text", (h, t) => ((ProblemTagHelper)h.Helper).Text = t.Text()), ("href", (h, t) => ((ProblemTagHelper)h.Helper).Href = t.Text())))),
            ["a summary of nothing", "descriptionHtml", "errorList[].attributes", "errorList[].html", "titleHtml"]),
        ["notification-banner"] = (() => new(new NotificationTagHelper()), With(Block,
            ("text", (c, v) => ((NotificationTagHelper)c.Helper).Text = v.Text()), ("type", (c, v) => ((NotificationTagHelper)c.Helper).Kind = v.Text()),
            ("titleText", (c, v) => ((NotificationTagHelper)c.Helper).Title = v.Text()), ("titleId", (c, v) => ((NotificationTagHelper)c.Helper).TitleId = v.Text())),
            ["role", "titleHeadingLevel", "titleHtml"]),
        ["warning-text"] = (() => new(new WarningTagHelper()), With(Block,
            ("iconFallbackText", (c, v) => { if (v.Text() != "Warning") throw new NotSupportedException(); }
        )),
            ["iconFallbackText of some kinds"]),
        ["inset-text"] = (() => new(new InsetTagHelper()), With(Block, ("id", Attribute("id"))), []),
        ["details"] = (() => new(new DetailsTagHelper()), With(Block,
            ("summaryText", (c, v) => ((DetailsTagHelper)c.Helper).Summary = v.Text()), ("open", (c, v) => ((DetailsTagHelper)c.Helper).Open = v.GetBoolean()), ("id", Attribute("id"))),
            ["summaryHtml"]),
        ["tag"] = (() => new(new TagTagHelper()), With(Block), []),
        ["phase-banner"] = (() => new(new PhaseBannerTagHelper()), With(Block, ("tag.text", (c, v) => ((PhaseBannerTagHelper)c.Helper).Phase = v.Text())),
            ["tag.classes", "tag.html"]),
        ["back-link"] = (() => new(new BackLinkTagHelper()), With(Block, ("href", (c, v) => ((BackLinkTagHelper)c.Helper).Href = v.Text())), []),
        ["breadcrumbs"] = (() => new(new BreadcrumbsTagHelper()), With(Block,
            ("collapseOnMobile", (c, v) => ((BreadcrumbsTagHelper)c.Helper).Collapse = v.GetBoolean()),
            ("items", (c, v) => ((BreadcrumbsTagHelper)c.Helper).Crumbs = [.. v.EnumerateArray().Select(i =>
                i.EnumerateObject().All(p => p.Name is "text" or "href") ? new Crumb(i.GetProperty("text").Text(), i.TryGetProperty("href", out var href) ? href.Text() : null) : throw new NotSupportedException())])),
            ["items of some kinds", "labelText"]),
        ["summary-list"] = (() => new(new SummaryListTagHelper()), With(Block,
            ("card.title.text", (c, v) => ((SummaryListTagHelper)c.Helper).Title = v.Text()),
            ("rows", (c, v) => c.Each("rows[]", v, () => new SummaryRowTagHelper(),
                ("key.text", (h, t) => ((SummaryRowTagHelper)h.Helper).Key = t.Text()), ("value.text", (h, t) => h.Inner = t.Encoded()), ("value.html", (h, t) => h.Inner = t.Text()),
                ("classes", Attribute("class")),
                ("actions.items", (h, t) => h.Each("actions.items[]", t, () => new SummaryActionTagHelper(),
                    ("text", (a, x) => ((SummaryActionTagHelper)a.Helper).Text = x.Text()), ("href", (a, x) => ((SummaryActionTagHelper)a.Helper).Href = x.Text()),
                    ("visuallyHiddenText", (a, x) => ((SummaryActionTagHelper)a.Helper).Of = x.Text())))))),
            ["card.actions", "card.attributes", "card.classes", "card.title.headingLevel", "card.title.html", "rows[] that is nothing", "rows[].actions.classes", "rows[].actions.items[].attributes", "rows[].actions.items[].classes", "rows[].actions.items[].html", "rows[].key.classes", "rows[].key.html", "rows[].value.classes"]),
        ["tabs"] = (() => new(new TabsTagHelper()), With(Block, ("title", (c, v) => ((TabsTagHelper)c.Helper).Title = v.Text()), ("id", Attribute("id")),
            ("items", (c, v) => c.Each("items[]", v, () => new TabTagHelper(),
                ("label", (h, t) => ((TabTagHelper)h.Helper).Label = t.Text()), ("id", (h, t) => ((TabTagHelper)h.Helper).Id = t.Text()),
                ("panel.html", (h, t) => h.Inner = t.Text()), ("panel.text", (h, t) => h.Inner = $"<p class=\"govuk-body\">{t.Encoded()}</p>")))),
            ["idPrefix", "items[] that is nothing", "items[].attributes", "items[].panel.attributes"]),
    };

    public static TheoryData<string> Names => [.. Components().Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task A_tag_gives_the_document_that_GOV_UK_Frontend_gives_for_the_same_options(string component)
    {
        var (start, options, notSupported) = Components()[component];
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var compared = 0;
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(InstalledPackages.Folder, "govuk-frontend/dist/govuk/components", component, "fixtures.json")));
        foreach (var fixture in file.RootElement.GetProperty("fixtures").EnumerateArray())
        {
            var one = start();
            one.Read("", fixture.GetProperty("options"), options);
            if (one.Helper is ErrorSummaryTagHelper && !fixture.GetProperty("options").EnumerateObject().Any(o => o.Name is "errorList" or "descriptionText"))
                one.Missing.Add("a summary of nothing");
            missing.UnionWith(one.Missing);
            if (one.Missing.Count > 0) continue;
            Document(await one.Render()).ShouldBe(Document(fixture.GetProperty("html").GetString()!), $"{component}: {fixture.GetProperty("name").GetString()}");
            compared++;
        }
        missing.ToArray().ShouldBe(notSupported, component);
        compared.ShouldBeGreaterThan(2);
    }

    private delegate void Take(Case into, JsonElement value);

    private static readonly Dictionary<string, Take> Field = new()
    {
        ["id"] = (c, v) => c.Field.Id = v.Text(),
        ["name"] = (c, v) => c.Field.Name = v.Text(),
        ["label.text"] = (c, v) => c.Field.Label = v.Text(),
        ["label.classes"] = (c, v) => c.Field.LabelSize = v.Text().StartsWith("govuk-label--", StringComparison.Ordinal) ? v.Text()["govuk-label--".Length..] : throw new NotSupportedException(),
        ["label.isPageHeading"] = (c, v) => c.Field.Heading = v.GetBoolean(),
        ["fieldset.legend.text"] = (c, v) => c.Field.Label = v.Text(),
        ["fieldset.legend.classes"] = (c, v) => c.Field.LabelSize = v.Text().StartsWith("govuk-fieldset__legend--", StringComparison.Ordinal) ? v.Text()["govuk-fieldset__legend--".Length..] : throw new NotSupportedException(),
        ["fieldset.legend.isPageHeading"] = (c, v) => c.Field.Heading = v.GetBoolean(),
        ["fieldset.describedBy"] = (c, v) => c.Field.DescribedBy = v.Text(),
        ["describedBy"] = (c, v) => c.Field.DescribedBy = v.Text(),
        ["hint.text"] = (c, v) => c.Field.Hint = v.Text(),
        ["errorMessage.text"] = (c, v) => c.Field.Error = v.Text(),
        ["formGroup.classes"] = (c, v) => c.Field.GroupClass = v.Text(),
        ["disabled"] = (c, v) => c.Field.Disabled = v.GetBoolean(),
        ["classes"] = Attribute("class"),
        ["attributes"] = Attributes,
    };

    private static readonly Dictionary<string, Take> Block = new()
    {
        ["text"] = (c, v) => c.Inner = c.Inner.Length > 0 ? c.Inner : v.Encoded(),
        ["html"] = (c, v) => c.Inner = v.Text(),
        ["classes"] = Attribute("class"),
        ["attributes"] = Attributes,
        ["disableAutoFocus"] = (c, v) => c.Attributes.Add("data-disable-auto-focus", v.GetRawText()),
    };

    private static Dictionary<string, Take> With(Dictionary<string, Take> common, params (string Path, Take Take)[] own)
    {
        var all = new Dictionary<string, Take>(common);
        foreach (var (path, take) in own) all[path] = take;
        return all;
    }

    private static Take Attribute(string name) => (c, v) => c.Attributes.Add(name, v.Text());

    private static Take Minimised(string name) => (c, v) => c.Attributes.Add(new TagHelperAttribute(name));

    private static void Attributes(Case c, JsonElement v)
    {
        foreach (var attribute in v.EnumerateObject())
            c.Attributes.Add(attribute.Name, attribute.Value.ValueKind is JsonValueKind.Object ? throw new NotSupportedException() : attribute.Value.Text());
    }

    private static void Items(Case c, JsonElement items) => c.Each("items[]", items,
        item => item.TryGetProperty("divider", out var word) ? new DividerTagHelper { Text = word.Text() } : new ItemTagHelper(),
        ("divider", (_, _) => { }
    ),
        ("value", (h, v) => ((ItemTagHelper)h.Helper).Value = v.Text()), ("text", (h, v) => ((ItemTagHelper)h.Helper).Text = v.Text()),
        ("id", (h, v) => ((ItemTagHelper)h.Helper).Id = v.Text()), ("hint.text", (h, v) => ((ItemTagHelper)h.Helper).Hint = v.Text()),
        ("checked", (h, v) => ((ItemTagHelper)h.Helper).Chosen = v.GetBoolean()), ("selected", (h, v) => ((ItemTagHelper)h.Helper).Chosen = v.GetBoolean()),
        ("disabled", (h, v) => ((ItemTagHelper)h.Helper).Disabled = v.GetBoolean()), ("conditional.html", (h, v) => h.Inner = v.ValueKind == JsonValueKind.String ? v.Text() : ""),
        ("behaviour", (h, v) => ((ItemTagHelper)h.Helper).Exclusive = v.Text() == "exclusive"));

    private static void Posted(Case c, JsonElement values)
    {
        c.Field.View = new ViewContext();
        c.After = () => c.Field.View.ModelState.SetModelValue(c.Field.Name!, values.EnumerateArray().Select(v => v.Text()).ToArray(), "");
    }

    private static void Day(Case c, JsonElement values)
    {
        string[] parts = [.. new[] { "day", "month", "year" }.Select(part => values.EnumerateObject().FirstOrDefault(v => v.Name == part || v.Name.EndsWith("-" + part, StringComparison.Ordinal)) is { Value.ValueKind: not JsonValueKind.Undefined } found ? found.Value.Text() : throw new NotSupportedException())];
        c.Field.Value = $"{parts[2]}-{parts[1].PadLeft(2, '0')}-{parts[0].PadLeft(2, '0')}";
    }

    /// <summary>A tag with what stands in and on it, built up from a fixture's options.</summary>
    private sealed class Case(TagHelper helper)
    {
        public TagHelper Helper => helper;
        public FieldTagHelper Field => (FieldTagHelper)helper;
        public TagHelperAttributeList Attributes { get; } = [];
        public string Inner { get; set; } = "";
        public Action? After { get; set; }
        public SortedSet<string> Missing { get; } = [];
        private readonly List<Case> parts = [];

        /// <summary>Hands each option to who takes it; what nobody takes, and what says nothing, is not an option in use.</summary>
        public void Read(string path, JsonElement value, IReadOnlyDictionary<string, Take> options)
        {
            try
            {
                if (options.TryGetValue(path, out var take)) { if (value.ValueKind != JsonValueKind.Null) take(this, value); }
                else if (value.ValueKind == JsonValueKind.Object && (path.Length == 0 || options.Keys.Any(k => k.StartsWith(path + ".", StringComparison.Ordinal))))
                    foreach (var inner in value.EnumerateObject()) Read(path.Length == 0 ? inner.Name : $"{path}.{inner.Name}", inner.Value, options);
                else if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)) Missing.Add(path);
            }
            catch (NotSupportedException)
            {
                Missing.Add(path + " of some kinds");
            }
        }

        public void Each(string path, JsonElement items, Func<TagHelper> start, params (string Path, Take Take)[] options) => Each(path, items, _ => start(), options);

        public void Each(string path, JsonElement items, Func<JsonElement, TagHelper> start, params (string Path, Take Take)[] options)
        {
            foreach (var item in items.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object)
                {
                    Missing.Add(path + " that is nothing");
                    continue;
                }
                var part = new Case(start(item));
                part.Read("", item, options.ToDictionary(o => o.Path, o => o.Take));
                Missing.UnionWith(part.Missing.Select(m => $"{path}.{m}"));
                parts.Add(part);
            }
        }

        public async Task<string> Render(Dictionary<object, object>? items = null)
        {
            After?.Invoke();
            var context = new TagHelperContext("w", Attributes, new Dictionary<object, object>(items ?? []), "id");
            var output = new TagHelperOutput("w", [.. Attributes], async (_, _) =>
            {
                var inner = new DefaultTagHelperContent();
                inner.AppendHtml(Inner);
                foreach (var part in parts) inner.AppendHtml(await part.Render((Dictionary<object, object>)context.Items));
                return inner;
            });
            await helper.ProcessAsync(context, output);
            using var writer = new StringWriter();
            output.WriteTo(writer, HtmlEncoder.Default);
            return writer.ToString();
        }
    }

    /// <summary>A document without the accidents of its writing: attributes in order, space between words once.</summary>
    private static string Document(string html)
    {
        var body = new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html).Body!;
        var lines = new List<string>();
        foreach (var child in body.ChildNodes) Write(child, 0);
        return string.Join('\n', lines);

        void Write(INode node, int depth)
        {
            var indent = new string(' ', depth * 2);
            if (node is IElement element)
            {
                lines.Add(indent + element.LocalName + string.Concat(element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal)
                    .Select(a => $" {a.Name}=\"{(a.Name == "class" ? string.Join(' ', a.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order()) : a.Value)}\"")));
                foreach (var child in node.ChildNodes) Write(child, depth + 1);
            }
            else if (node is IText text && PageAnswer.Words(text.Data) is { Length: > 0 } words)
                lines.Add(indent + words);
        }
    }
}

internal static class JsonText
{
    public static string Text(this JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    public static string Encoded(this JsonElement value) => HtmlEncoder.Default.Encode(value.Text());
}
