using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Waymark.Field;
using Waymark.Shared.Access;

namespace Waymark.Shared.Web;

/// <summary>Shows what stands in it to who has the permission, for a place or the partnership: a page offers no way that its reader may not go.</summary>
[HtmlTargetElement("w-may")]
public sealed class MayTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    public Permission For { get; set; } = null!;

    public PlaceKey? Place { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (!View.HttpContext.May(For, Place)) output.SuppressOutput();
    }
}
