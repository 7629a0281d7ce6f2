using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static Waymark.Shared.Web.Element;

namespace Waymark.Shared.Web;

/// <summary>
/// A question in a form: its label or legend, hint, error and control. With <c>asp-for</c> the name, the id, the value just
/// typed, the error and the label come from the model; each can also be given.
/// </summary>
public abstract class FieldTagHelper : ComponentTagHelper
{
    [HtmlAttributeName("asp-for")] public ModelExpression? For { get; set; }
    [ViewContext, HtmlAttributeNotBound] public ViewContext? View { get; set; }
    public string? Name { get; set; }
    public string? Id { get; set; }
    public string? Label { get; set; }
    /// <summary>s, m, l or xl: the size of the label or legend.</summary>
    public string? LabelSize { get; set; }
    /// <summary>The label or legend is the page's h1.</summary>
    public bool Heading { get; set; }
    public string? Hint { get; set; }
    /// <summary>An error to show instead of the model's.</summary>
    public string? Error { get; set; }
    public string? DescribedBy { get; set; }
    public string? GroupClass { get; set; }
    public bool Disabled { get; set; }
    /// <summary>The value to show instead of the model's.</summary>
    public string? Value { get; set; }

    /// <summary>The value that stands in the control: what was just posted, before what the model holds.</summary>
    protected IReadOnlyList<string> Values { get; private set; } = [];

    /// <summary>The ids of hint and error, for aria-describedby.</summary>
    protected string? Description { get; private set; }

    protected bool HasError => Error is { Length: > 0 };

    protected virtual bool HasFieldset => false;
    protected virtual string? FieldsetRole => null;

    protected abstract object Control();

    protected sealed override IHtmlContent Build()
    {
        if (For is not null)
        {
            Name ??= View!.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
            Label ??= For.Metadata.GetDisplayName();
        }
        if (Name is not null && View?.HttpContext is { } http) Asked(http).Add(Name);
        var state = Name is null ? null : View?.ModelState[Name];
        Error ??= state?.Errors is [var first, ..] ? first.ErrorMessage : null;
        Id ??= Name is null ? null : TagBuilder.CreateSanitizedId(Name, "_");
        Values = Value is not null ? [Value] : Posted(Name) ?? [.. InModel(For?.Model)];
        Description = Words(DescribedBy, Hint is null ? null : Id + "-hint", HasError ? Id + "-error" : null);

        object?[] inside =
        [
            Hint is null ? null : new Element("div", [("id", Id + "-hint"), ("class", "govuk-hint")], Hint),
            !HasError ? null : new Element("p", [("id", Id + "-error"), ("class", "govuk-error-message")],
                new Element("span", [("class", "govuk-visually-hidden")], "Error:"), " ", Error),
            Control(),
        ];
        return new Element("div", [("class", Words("govuk-form-group", HasError ? "govuk-form-group--error" : null, GroupClass))],
            HasFieldset
                ? new Element("fieldset", [("class", "govuk-fieldset"), ("role", FieldsetRole), ("aria-describedby", Description)], Legend(), inside)
                : All(LabelElement(Id, Label, LabelSize is null ? null : "govuk-label--" + LabelSize, Heading), inside));
    }

    /// <summary>The names of the questions in the order of the page, which is the order of the error summary.</summary>
    internal static List<string> Asked(HttpContext http) => (List<string>)(http.Items[typeof(FieldTagHelper)] ??= new List<string>());

    private Element Legend() => new("legend", [("class", Words("govuk-fieldset__legend", LabelSize is null ? null : "govuk-fieldset__legend--" + LabelSize))],
        Heading ? new Element("h1", [("class", "govuk-fieldset__heading")], Label) : Label);

    internal static object? LabelElement(string? forId, object? text, string? classes = null, bool heading = false)
    {
        if (text is null or "") return null;
        var label = new Element("label", [("class", Words("govuk-label", classes)), ("for", forId)], text);
        return heading ? new Element("h1", [("class", "govuk-label-wrapper")], label) : label;
    }

    /// <summary>What was posted under a name, so that nobody types twice; null when nothing was.</summary>
    protected string[]? Posted(string? name) => (name is null ? null : View?.ModelState[name]?.RawValue) switch
    {
        null => null,
        string[] many => many,
        var one => [one.ToString() ?? ""],
    };

    private static IEnumerable<string> InModel(object? model) => model switch
    {
        null => [],
        string text => [text],
        bool yes => [yes ? "true" : "false"],
        System.Collections.IEnumerable many => many.Cast<object?>().SelectMany(InModel),
        IFormattable formattable and not DateOnly => [formattable.ToString(null, CultureInfo.InvariantCulture)],
        DateOnly day => [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        _ => [model.ToString() ?? ""],
    };

    protected (string, string?)[] Common(string component, string? describedBy) =>
    [
        ("class", Words(component, HasError ? component + "--error" : null, Class)),
        ("id", Id), ("name", Name), ("disabled", Disabled ? "" : null), ("aria-describedby", describedBy), .. Extra,
    ];
}

/// <summary>One line of text. <c>type</c>, <c>inputmode</c>, <c>autocomplete</c>, <c>spellcheck</c> and so on pass through.</summary>
[HtmlTargetElement("w-input", TagStructure = TagStructure.WithoutEndTag)]
public sealed class InputTagHelper : FieldTagHelper
{
    public string Type { get; set; } = "text";
    /// <summary>Characters it is wide: 2, 3, 4, 5, 10, 20 or 30.</summary>
    public int? Width { get; set; }
    public string? Prefix { get; set; }
    public string? Suffix { get; set; }

    protected override object Control()
    {
        // A password is never sent back to the page.
        var value = Type == "password" ? null : Values is [var first, ..] ? first : null;
        var input = new Element("input",
            [.. Common(Words("govuk-input")!, Description).Select(a => a.Item1 == "class" && Width is not null ? ("class", Words(a.Item2, $"govuk-input--width-{Width}")) : a),
                ("type", Type), ("value", string.IsNullOrEmpty(value) ? null : value)]);
        return Prefix is null && Suffix is null ? input : new Element("div", [("class", "govuk-input__wrapper")],
            Prefix is null ? null : new Element("div", [("class", "govuk-input__prefix"), ("aria-hidden", "true")], Prefix),
            input,
            Suffix is null ? null : new Element("div", [("class", "govuk-input__suffix"), ("aria-hidden", "true")], Suffix));
    }
}

/// <summary>Several lines of text.</summary>
[HtmlTargetElement("w-textarea", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextareaTagHelper : FieldTagHelper
{
    public int Rows { get; set; } = 5;

    // A line break straight after the tag is the browser's to drop, so that a text's own first one stays.
    protected override object Control() => new Element("textarea",
        [.. Common("govuk-textarea", Description), ("rows", Rows.ToString(CultureInfo.InvariantCulture))],
        Values is [var text, ..] ? (text.StartsWith('\n') || text.StartsWith('\r') ? "\n" + text : text) : null);
}

/// <summary>One file, or several with <c>multiple</c>; <c>accept</c> passes through.</summary>
[HtmlTargetElement("w-file", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FileTagHelper : FieldTagHelper
{
    protected override object Control() => new Element("input", [.. Common("govuk-file-upload", Description), ("type", "file")]);
}

/// <summary>An option of a select, radios or checkboxes; for the last two its content appears when it is chosen.</summary>
public sealed record Choice(string? Value, string Text, string? Hint = null, IHtmlContent? Reveals = null, bool? Chosen = null, bool Disabled = false, string? Id = null, bool Exclusive = false, bool IsDivider = false);

/// <summary><c>&lt;w-item value="early">Early years&lt;/w-item></c>; with <c>text</c>, the content is what the choice reveals.</summary>
[HtmlTargetElement("w-item")]
public sealed class ItemTagHelper : PartTagHelper<Choice>
{
    public string? Value { get; set; }
    public string? Text { get; set; }
    public string? Hint { get; set; }
    public string? Id { get; set; }
    public bool? Chosen { get; set; }
    public bool Disabled { get; set; }
    /// <summary>"None of these": unticks the others.</summary>
    public bool Exclusive { get; set; }

    protected override Choice Part() => new(Value, Text ?? Plain(), Hint, Text is null || !HasInner ? null : Inner, Chosen, Disabled, Id, Exclusive);

    private string Plain()
    {
        using var writer = new StringWriter();
        Inner.WriteTo(writer, NullHtmlEncoder.Default);
        return System.Net.WebUtility.HtmlDecode(writer.ToString()).Trim();
    }
}

/// <summary>A word between choices: <c>&lt;w-divider text="or" /></c>.</summary>
[HtmlTargetElement("w-divider", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DividerTagHelper : PartTagHelper<Choice>
{
    public string Text { get; set; } = "or";

    protected override Choice Part() => new(null, Text, IsDivider: true);
}

/// <summary>A question with given answers, from <c>asp-items</c> or <c>&lt;w-item></c>s or both.</summary>
public abstract class ChoiceTagHelper : FieldTagHelper
{
    [HtmlAttributeName("asp-items")] public IEnumerable<SelectListItem>? Items { get; set; }

    private readonly List<Choice> parts = [];

    protected sealed override void Gather(TagHelperContext context) => context.Items[typeof(Choice)] = parts;

    protected IEnumerable<Choice> Choices =>
        (Items ?? []).Select(i => new Choice(i.Value ?? i.Text, i.Text, Chosen: i.Selected ? true : null, Disabled: i.Disabled)).Concat(parts);

    protected string? IsChosen(Choice choice, string mark) => choice.Chosen ?? Values.Contains(choice.Value ?? choice.Text) ? mark : null;
}

[HtmlTargetElement("w-select")]
public sealed class SelectTagHelper : ChoiceTagHelper
{
    protected override object Control() => new Element("select", Common("govuk-select", Description), Choices.Select(c =>
        new Element("option", [("value", c.Value), ("selected", IsChosen(c, "")), ("disabled", c.Disabled ? "" : null)], c.Text)));
}

public abstract class ButtonsTagHelper(string component, string type) : ChoiceTagHelper
{
    /// <summary>Small boxes, for filters.</summary>
    public bool Small { get; set; }

    protected override bool HasFieldset => Label is not null;

    protected override object Control()
    {
        return new Element("div", [("class", Words(component, Small ? component + "--small" : null, Class)), ("data-module", component), .. Extra],
            Choices.Select((choice, i) => One(choice, choice.Id ?? (i == 0 ? Id : $"{Id}-{i + 1}"))));
    }

    private IHtmlContent One(Choice choice, string? id)
    {
        if (choice.IsDivider) return new Element("div", [("class", component + "__divider")], choice.Text);
        var describedBy = Words(HasFieldset || type == "radio" ? null : Description, choice.Hint is null ? null : id + "-item-hint");
        return All(
            new Element("div", [("class", component + "__item")],
                new Element("input",
                    [("class", component + "__input"), ("id", id), ("name", Name), ("type", type), ("value", choice.Value),
                        ("checked", IsChosen(choice, "")), ("disabled", choice.Disabled || Disabled ? "" : null),
                        ("data-aria-controls", choice.Reveals is null ? null : "conditional-" + id),
                        ("data-behaviour", choice.Exclusive ? "exclusive" : null), ("aria-describedby", describedBy)]),
                LabelElement(id, choice.Text, component + "__label"),
                choice.Hint is null ? null : new Element("div", [("id", id + "-item-hint"), ("class", $"govuk-hint {component}__hint")], choice.Hint)),
            choice.Reveals is null ? null : new Element("div",
                [("class", Words(component + "__conditional", IsChosen(choice, "") is null ? component + "__conditional--hidden" : null)), ("id", "conditional-" + id)],
                choice.Reveals));
    }
}

[HtmlTargetElement("w-radios")]
public sealed class RadiosTagHelper() : ButtonsTagHelper("govuk-radios", "radio");

[HtmlTargetElement("w-checkboxes")]
public sealed class CheckboxesTagHelper() : ButtonsTagHelper("govuk-checkboxes", "checkbox");

/// <summary>A day in three boxes; the model's property is a DateOnly (see <see cref="DayBinder"/>).</summary>
[HtmlTargetElement("w-date", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DateTagHelper : FieldTagHelper
{
    internal static readonly string[] Parts = ["day", "month", "year"];

    protected override bool HasFieldset => Label is not null;
    protected override string? FieldsetRole => "group";

    protected override object Control()
    {
        var day = DateOnly.TryParseExact(Values is [var iso, ..] ? iso : null, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : (DateOnly?)null;
        string[] typed = [.. Parts.Select((part, i) => Posted($"{Name}.{part}") is [var text, ..] ? text : day is null ? "" : (i == 0 ? day.Value.Day : i == 1 ? day.Value.Month : day.Value.Year).ToString(CultureInfo.InvariantCulture))];
        var someEmpty = typed.Any(t => t.Length == 0) && typed.Any(t => t.Length > 0);
        return new Element("div", [("class", Words("govuk-date-input", Class)), ("id", Id), .. Extra], Parts.Select((part, i) =>
        {
            var wrong = HasError && (!someEmpty || typed[i].Length == 0);
            var id = $"{Id}-{part}";
            return new Element("div", [("class", "govuk-date-input__item")], new Element("div", [("class", "govuk-form-group")],
                LabelElement(id, char.ToUpperInvariant(part[0]) + part[1..], "govuk-date-input__label"),
                new Element("input",
                    [("class", Words("govuk-input govuk-date-input__input", wrong ? "govuk-input--error" : null, $"govuk-input--width-{(i == 2 ? 4 : 2)}")),
                        ("id", id), ("name", Name is null ? part : $"{Name}.{part}"), ("type", "text"), ("value", typed[i].Length == 0 ? null : typed[i]),
                        ("inputmode", "numeric"), ("disabled", Disabled ? "" : null)])));
        }));
    }
}
