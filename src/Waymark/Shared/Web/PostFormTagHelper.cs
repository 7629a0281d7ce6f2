using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Waymark.Shared.Access;

namespace Waymark.Shared.Web;

/// <summary>
/// Every form that changes something carries a key, so that it is done once however often it is sent, and the version of the record that its writer saw.
/// A form that only adds to its record (<c>adds="true"</c>) carries no version: two may add at once.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostFormTagHelper(IHtmlGenerator html) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    public bool Adds { get; set; }

    /// <summary>The version it carries, where it is not that of the record which the address names.</summary>
    public int? Version { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var http = View.HttpContext;
        // The framework gives its token only to forms whose address it makes itself.
        if (context.AllAttributes["action"]?.Value.ToString() is { Length: > 0 } && !context.AllAttributes.ContainsName("asp-antiforgery")) output.PostContent.AppendHtml(html.GenerateAntiforgery(View));
        output.PostContent.AppendHtml(Hidden(Posts.KeyField, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))));
        // What was typed is shown again with the version it was typed over.
        var version = Version ?? (Adds ? null : (http.Items.TryGetValue(typeof(SentForm), out var sent) ? (sent as SentForm)?.Version : null) ?? http.Found?.Version);
        if (version is { } number) output.PostContent.AppendHtml(Hidden(Posts.VersionField, number.ToString(CultureInfo.InvariantCulture)));
    }

    private static Element Hidden(string name, string value) => new("input", [("type", "hidden"), ("name", name), ("value", value)]);
}
