using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static Waymark.Shared.Web.Element;

namespace Waymark.Shared.Web;

/// <summary>A button, or with <c>href</c> a link that looks like one.</summary>
[HtmlTargetElement("w-button")]
public sealed class ButtonTagHelper : ComponentTagHelper
{
    public string? Href { get; set; }
    /// <summary>secondary, warning or inverse.</summary>
    public string? Kind { get; set; }
    public string Type { get; set; } = "submit";
    public bool Start { get; set; }
    public bool Disabled { get; set; }
    /// <summary>A second press within a second does nothing.</summary>
    public bool Once { get; set; }

    protected override IHtmlContent Build()
    {
        (string, string?)[] common =
        [
            ("class", Words("govuk-button", Start ? "govuk-button--start" : null, Kind is null ? null : "govuk-button--" + Kind, Class)),
            ("data-module", "govuk-button"), .. Extra,
        ];
        object?[] inside = [Inner, Start ? Icon : null];
        return Href is not null
            ? new Element("a", [("href", Href), ("role", "button"), ("draggable", "false"), .. common], inside)
            : new Element("button", [("type", Type), ("disabled", Disabled ? "" : null), ("aria-disabled", Disabled ? "true" : null),
                ("data-prevent-double-click", Once ? "true" : null), .. common], inside);
    }

    private static Element Icon => new("svg",
        [("class", "govuk-button__start-icon"), ("xmlns", "http://www.w3.org/2000/svg"), ("width", "17.5"), ("height", "19"), ("viewBox", "0 0 33 40"), ("aria-hidden", "true"), ("focusable", "false")],
        new Element("path", [("fill", "currentColor"), ("d", "M0 0h13l20 20-20 20H0l20-20z")]));
}

/// <summary>
/// What is wrong, at the top of the page, each with a link to its question. The layout shows it whenever the model state is
/// invalid, so that a page writes it only to say something more. Its lines can also be given as <c>&lt;w-problem></c>s.
/// </summary>
[HtmlTargetElement("w-error-summary")]
public sealed class ErrorSummaryTagHelper : ComponentTagHelper
{
    [ViewContext, HtmlAttributeNotBound] public ViewContext? View { get; set; }
    public string Title { get; set; } = "There is a problem";
    public string? Description { get; set; }

    private readonly List<Problem> problems = [];

    protected override void Gather(TagHelperContext context) => context.Items[typeof(Problem)] = problems;

    protected override IHtmlContent? Build()
    {
        var all = problems.Concat(Of(View)).ToArray();
        if (all.Length == 0 && Description is null) return null;
        return new Element("div", [("class", Words("govuk-error-summary", Class)), ("data-module", "govuk-error-summary"), .. Extra],
            new Element("div", [("role", "alert")],
                new Element("h2", [("class", "govuk-error-summary__title")], Title),
                new Element("div", [("class", "govuk-error-summary__body")],
                    Description is null ? null : new Element("p", [], Description),
                    all.Length == 0 ? null : new Element("ul", [("class", "govuk-list govuk-error-summary__list")],
                        all.Select(p => new Element("li", [], p.Href is null ? p.Text : new Element("a", [("href", p.Href)], p.Text)))))));
    }

    private static IEnumerable<Problem> Of(ViewContext? view)
    {
        if (view is null) yield break;
        // The layout stands after the page's questions have been asked, so that their order is known.
        var asked = FieldTagHelper.Asked(view.HttpContext);
        foreach (var (key, entry) in view.ModelState.OrderBy(e => asked.IndexOf(e.Key) is var at and >= 0 ? at : int.MaxValue))
            foreach (var error in entry!.Errors)
            {
                // A day's boxes have ids of their own: the link goes to the first that is empty, or else to the first.
                var box = !view.ModelState.ContainsKey(key + ".day") ? null
                    : "-" + (DateTagHelper.Parts.FirstOrDefault(p => string.IsNullOrWhiteSpace(view.ModelState[$"{key}.{p}"]?.AttemptedValue)) ?? "day");
                yield return new(error.ErrorMessage, key.Length == 0 ? null : "#" + TagBuilder.CreateSanitizedId(key, "_") + box);
            }
    }
}

public sealed record Problem(string Text, string? Href);

[HtmlTargetElement("w-problem", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ProblemTagHelper : PartTagHelper<Problem>
{
    public string Text { get; set; } = "";
    public string? Href { get; set; }

    protected override Problem Part() => new(Text, Href);
}

/// <summary>Tells what has happened; <c>kind="success"</c> after something was done.</summary>
[HtmlTargetElement("w-notification")]
public sealed class NotificationTagHelper : ComponentTagHelper
{
    public string? Kind { get; set; }
    public string? Title { get; set; }
    /// <summary>One sentence, shown large; without it the content is shown as it is.</summary>
    public string? Text { get; set; }
    public string TitleId { get; set; } = "govuk-notification-banner-title";

    protected override IHtmlContent Build()
    {
        var success = Kind == "success";
        return new Element("div",
            [("class", Words("govuk-notification-banner", success ? "govuk-notification-banner--success" : null, Class)), ("role", success ? "alert" : "region"),
                ("aria-labelledby", TitleId), ("data-module", "govuk-notification-banner"), .. Extra],
            new Element("div", [("class", "govuk-notification-banner__header")],
                new Element("h2", [("class", "govuk-notification-banner__title"), ("id", TitleId)], Title ?? (success ? "Success" : "Important"))),
            new Element("div", [("class", "govuk-notification-banner__content")],
                Text is null ? Inner : new Element("p", [("class", "govuk-notification-banner__heading")], Text)));
    }
}

[HtmlTargetElement("w-warning")]
public sealed class WarningTagHelper : ComponentTagHelper
{
    protected override IHtmlContent Build() => new Element("div", [("class", Words("govuk-warning-text", Class)), .. Extra],
        new Element("span", [("class", "govuk-warning-text__icon"), ("aria-hidden", "true")], "!"),
        new Element("strong", [("class", "govuk-warning-text__text")], new Element("span", [("class", "govuk-visually-hidden")], "Warning"), " ", Inner));
}

[HtmlTargetElement("w-inset")]
public sealed class InsetTagHelper : ComponentTagHelper
{
    protected override IHtmlContent Build() => new Element("div", [("class", Words("govuk-inset-text", Class)), .. Extra], Inner);
}

[HtmlTargetElement("w-details")]
public sealed class DetailsTagHelper : ComponentTagHelper
{
    public string Summary { get; set; } = "";
    public bool Open { get; set; }

    protected override IHtmlContent Build() => new Element("details", [("class", Words("govuk-details", Class)), ("open", Open ? "" : null), .. Extra],
        new Element("summary", [("class", "govuk-details__summary")], new Element("span", [("class", "govuk-details__summary-text")], Summary)),
        new Element("div", [("class", "govuk-details__text")], Inner));
}

[HtmlTargetElement("w-tag")]
public sealed class TagTagHelper : ComponentTagHelper
{
    /// <summary>grey, green, turquoise, purple, pink, red, orange or yellow.</summary>
    public string? Colour { get; set; }

    protected override IHtmlContent Build() => new Element("strong", [("class", Words("govuk-tag", Colour is null ? null : "govuk-tag--" + Colour, Class)), .. Extra], Inner);
}

[HtmlTargetElement("w-phase-banner")]
public sealed class PhaseBannerTagHelper : ComponentTagHelper
{
    public string Phase { get; set; } = "";

    protected override IHtmlContent Build() => new Element("div", [("class", Words("govuk-phase-banner govuk-width-container", Class)), .. Extra],
        new Element("p", [("class", "govuk-phase-banner__content")],
            new Element("strong", [("class", "govuk-tag govuk-phase-banner__content__tag")], Phase), " ",
            new Element("span", [("class", "govuk-phase-banner__text")], Inner)));
}

[HtmlTargetElement("w-back-link")]
public sealed class BackLinkTagHelper : ComponentTagHelper
{
    public string Href { get; set; } = "#";

    protected override IHtmlContent Build() =>
        new Element("a", [("href", Href), ("class", Words("govuk-back-link", Class)), .. Extra], HasInner ? Inner : "Back");
}

/// <summary>A crumb; without an address it is the page itself.</summary>
public sealed record Crumb(string Text, string? Href = null);

/// <summary>The way here; from <c>crumbs</c>. The layout shows <see cref="PageFrame.Crumbs"/> by itself.</summary>
[HtmlTargetElement("w-breadcrumbs", TagStructure = TagStructure.WithoutEndTag)]
public sealed class BreadcrumbsTagHelper : ComponentTagHelper
{
    public IEnumerable<Crumb> Crumbs { get; set; } = [];
    /// <summary>On a phone only the first and the last.</summary>
    public bool Collapse { get; set; }

    protected override IHtmlContent Build() =>
        new Element("nav", [("class", Words("govuk-breadcrumbs", Collapse ? "govuk-breadcrumbs--collapse-on-mobile" : null, Class)), ("aria-label", "Breadcrumb"), .. Extra],
            new Element("ol", [("class", "govuk-breadcrumbs__list")], Crumbs.Select(c => c.Href is null
                ? new Element("li", [("class", "govuk-breadcrumbs__list-item"), ("aria-current", "page")], c.Text)
                : new Element("li", [("class", "govuk-breadcrumbs__list-item")], new Element("a", [("class", "govuk-breadcrumbs__link"), ("href", c.Href)], c.Text)))));
}

public sealed record SummaryAction(string Text, string Href, string? Of);

public sealed record SummaryRow(string Key, IHtmlContent Value, IReadOnlyList<SummaryAction> Actions, string? Class);

/// <summary>Keys with their values: <c>&lt;w-row key="Phase">Lower&lt;/w-row></c>; with <c>title</c> on a card.</summary>
[HtmlTargetElement("w-summary-list")]
public sealed class SummaryListTagHelper : ComponentTagHelper
{
    public string? Title { get; set; }

    private readonly List<SummaryRow> rows = [];

    protected override void Gather(TagHelperContext context) => context.Items[typeof(SummaryRow)] = rows;

    protected override IHtmlContent Build()
    {
        var anyActions = rows.Any(r => r.Actions.Count > 0);
        var list = new Element("dl", [("class", Words("govuk-summary-list", Class)), .. Extra], rows.Select(row =>
            new Element("div", [("class", Words("govuk-summary-list__row", anyActions && row.Actions.Count == 0 ? "govuk-summary-list__row--no-actions" : null, row.Class))],
                new Element("dt", [("class", "govuk-summary-list__key")], row.Key),
                new Element("dd", [("class", "govuk-summary-list__value")], row.Value),
                row.Actions.Count == 0 ? null : new Element("dd", [("class", "govuk-summary-list__actions")], row.Actions.Count == 1
                    ? Link(row.Actions[0])
                    : new Element("ul", [("class", "govuk-summary-list__actions-list")],
                        row.Actions.Select(a => new Element("li", [("class", "govuk-summary-list__actions-list-item")], Link(a))))))));
        return Title is null ? list : new Element("div", [("class", "govuk-summary-card")],
            new Element("div", [("class", "govuk-summary-card__title-wrapper")], new Element("h2", [("class", "govuk-summary-card__title")], Title)),
            new Element("div", [("class", "govuk-summary-card__content")], list));
    }

    private Element Link(SummaryAction action)
    {
        var of = Words(action.Of, Title is null ? null : $"({Title})");
        return new("a", [("class", "govuk-link"), ("href", action.Href)], action.Text,
            of is null ? null : new Element("span", [("class", "govuk-visually-hidden")], " " + of));
    }
}

[HtmlTargetElement("w-row", ParentTag = "w-summary-list")]
public sealed class SummaryRowTagHelper : PartTagHelper<SummaryRow>
{
    public string Key { get; set; } = "";

    private readonly List<SummaryAction> actions = [];

    protected override void Open(TagHelperContext context) => context.Items[typeof(SummaryAction)] = actions;

    protected override SummaryRow Part() => new(Key, Inner, actions, Class);
}

/// <summary><c>&lt;w-action href="…" of="phase">Change&lt;/w-action></c>: <c>of</c> is read out, not shown.</summary>
[HtmlTargetElement("w-action", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SummaryActionTagHelper : PartTagHelper<SummaryAction>
{
    public string Text { get; set; } = "Change";
    public string Href { get; set; } = "#";
    public string? Of { get; set; }

    protected override SummaryAction Part() => new(Text, Href, Of);
}

public sealed record Tab(string Label, string Id, IHtmlContent Panel);

/// <summary>Tabs; without JavaScript a list of contents with its sections below.</summary>
[HtmlTargetElement("w-tabs")]
public sealed class TabsTagHelper : ComponentTagHelper
{
    public string Title { get; set; } = "Contents";

    private readonly List<Tab> tabs = [];

    protected override void Gather(TagHelperContext context) => context.Items[typeof(Tab)] = tabs;

    protected override IHtmlContent Build() => new Element("div", [("class", Words("govuk-tabs", Class)), ("data-module", "govuk-tabs"), .. Extra],
        new Element("h2", [("class", "govuk-tabs__title")], Title),
        tabs.Count == 0 ? null : new Element("ul", [("class", "govuk-tabs__list")], tabs.Select((tab, i) =>
            new Element("li", [("class", Words("govuk-tabs__list-item", i == 0 ? "govuk-tabs__list-item--selected" : null))],
                new Element("a", [("class", "govuk-tabs__tab"), ("href", "#" + tab.Id)], tab.Label)))),
        tabs.Select((tab, i) => new Element("div", [("class", Words("govuk-tabs__panel", i == 0 ? null : "govuk-tabs__panel--hidden")), ("id", tab.Id)], tab.Panel)));
}

[HtmlTargetElement("w-tab", ParentTag = "w-tabs")]
public sealed class TabTagHelper : PartTagHelper<Tab>
{
    public string Label { get; set; } = "";
    public string Id { get; set; } = "";

    protected override Tab Part() => new(Label, Id, Inner);
}

/// <summary>Pages of a long list: <c>page</c> of <c>pages</c>, and the address with {page} in it.</summary>
[HtmlTargetElement("w-pagination", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PaginationTagHelper : ComponentTagHelper
{
    public int Page { get; set; } = 1;
    public int Pages { get; set; } = 1;
    /// <summary>"/schools?q=oak&amp;page={page}"</summary>
    public string Href { get; set; } = "?page={page}";

    protected override IHtmlContent? Build()
    {
        if (Pages <= 1) return null;
        return new Element("nav", [("class", Words("govuk-pagination", Class)), ("aria-label", "Pagination"), .. Extra],
            Page > 1 ? Step(Page - 1, "prev", "Previous", "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z") : null,
            new Element("ul", [("class", "govuk-pagination__list")], Shown().Select(page => page is null
                ? new Element("li", [("class", "govuk-pagination__item govuk-pagination__item--ellipsis")], "⋯")
                : new Element("li", [("class", Words("govuk-pagination__item", page == Page ? "govuk-pagination__item--current" : null))],
                    new Element("a", [("class", "govuk-link govuk-pagination__link"), ("href", To(page.Value)), ("aria-label", $"Page {page}"), ("aria-current", page == Page ? "page" : null)], $"{page}")))),
            Page < Pages ? Step(Page + 1, "next", "Next", "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z") : null);
    }

    /// <summary>The first, the last and those beside the current one; null stands for those left out.</summary>
    private IEnumerable<int?> Shown()
    {
        var before = 0;
        for (var page = 1; page <= Pages; page++)
        {
            if (page != 1 && page != Pages && Math.Abs(page - Page) > 1) continue;
            if (page - before > 1) yield return null;
            yield return before = page;
        }
    }

    private string To(int page) => Href.Replace("{page}", page.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private Element Step(int page, string rel, string word, string arrow)
    {
        var title = new Element("span", [("class", "govuk-pagination__link-title")], word, new Element("span", [("class", "govuk-visually-hidden")], " page"));
        var icon = new Element("svg",
            [("class", $"govuk-pagination__icon govuk-pagination__icon--{rel}"), ("xmlns", "http://www.w3.org/2000/svg"), ("height", "13"), ("width", "15"),
                ("aria-hidden", "true"), ("focusable", "false"), ("viewBox", "0 0 15 13")],
            new Element("path", [("d", arrow)]));
        return new("div", [("class", "govuk-pagination__" + rel)],
            new Element("a", [("class", "govuk-link govuk-pagination__link"), ("href", To(page)), ("rel", rel)], rel == "prev" ? [icon, title] : [title, icon]));
    }
}
