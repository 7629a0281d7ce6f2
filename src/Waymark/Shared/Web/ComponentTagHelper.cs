using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Shared.Web;

/// <summary>
/// What all components share: the tag in the page becomes the element that <see cref="Build"/> returns. A <c>class</c> and
/// any attribute the component does not know go to its main element, so that a page can add <c>data-</c> attributes.
/// </summary>
public abstract class ComponentTagHelper : TagHelper
{
    /// <summary>What the page wrote between the tags, rendered.</summary>
    protected IHtmlContent Inner { get; private set; } = HtmlString.Empty;

    /// <summary>True when the page wrote something between the tags.</summary>
    protected bool HasInner { get; private set; }

    /// <summary>The page's own class words.</summary>
    protected string? Class { get; private set; }

    /// <summary>The page's own attributes, without class.</summary>
    protected IReadOnlyList<(string, string?)> Extra { get; private set; } = [];

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        Class = Text(output.Attributes["class"]);
        Extra = [.. output.Attributes.Where(a => a.Name != "class").Select(a => (a.Name, Text(a)))];
        Gather(context);
        var inner = await output.GetChildContentAsync();
        HasInner = !inner.IsEmptyOrWhiteSpace;
        Inner = inner;
        output.TagName = null;
        output.Attributes.Clear();
        output.Content.Clear();
        if (Build() is { } built) output.Content.SetHtmlContent(built);
    }

    /// <summary>Opens the lists in which the tags inside put themselves.</summary>
    protected virtual void Gather(TagHelperContext context) { }

    /// <summary>The component, or null when it shows nothing itself.</summary>
    protected abstract IHtmlContent? Build();

    private static string? Text(TagHelperAttribute? attribute)
    {
        if (attribute is null) return null;
        if (attribute.ValueStyle == HtmlAttributeValueStyle.Minimized) return "";
        if (attribute.Value is not IHtmlContent html) return attribute.Value?.ToString();
        using var writer = new StringWriter();
        html.WriteTo(writer, NoEncoding);
        return System.Net.WebUtility.HtmlDecode(writer.ToString());
    }

    private static readonly System.Text.Encodings.Web.HtmlEncoder NoEncoding = NullHtmlEncoder.Default;
}

/// <summary>A tag that shows nothing itself but tells the component around it what to show.</summary>
public abstract class PartTagHelper<TPart> : ComponentTagHelper where TPart : class
{
    private List<TPart>? parts;

    protected sealed override void Gather(TagHelperContext context)
    {
        parts = context.Items.TryGetValue(typeof(TPart), out var list) ? (List<TPart>)list : throw new InvalidOperationException($"<{context.TagName}> stands outside the component it belongs to.");
        Open(context);
    }

    protected virtual void Open(TagHelperContext context) { }

    protected sealed override IHtmlContent? Build()
    {
        parts!.Add(Part());
        return null;
    }

    protected abstract TPart Part();
}
