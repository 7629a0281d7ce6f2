using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Waymark.Shared.Web;

/// <summary>What stands around a page. One for each request; every page has it as <c>Frame</c>.</summary>
public sealed class PageFrame
{
    /// <summary>The title, as in the page's h1.</summary>
    public string Title { get; set; } = "";
    /// <summary>What the page is about, where its h1 alone does not tell it from its sisters: "Dunstable". It stands behind the title in the browser's tab.</summary>
    public string? Of { get; set; }
    /// <summary>Whose page it is: "Central Bedfordshire".</summary>
    public string? Partnership { get; init; }
    /// <summary>The store is an example: every page says so.</summary>
    public bool IsExample { get; init; }
    /// <summary>The way here; the page itself is not in it.</summary>
    public List<Crumb> Crumbs { get; } = [];
    /// <summary>Where "Back" leads, on a page of a journey; instead of crumbs.</summary>
    public string? Back { get; set; }
    /// <summary>The page draws charts. A table with a chart sets it.</summary>
    public bool HasCharts { get; set; }

    /// <summary>Adds a step to the way here.</summary>
    public void Crumb(string text, string href) => Crumbs.Add(new(text, href));
}

public static class Notifications
{
    internal const string CookieName = "__Host-waymark-done";
    private const string Key = "done";

    /// <summary>Says on the next page what was done: <c>TempData.Done("The cluster was saved")</c> before a redirect.</summary>
    public static void Done(this ITempDataDictionary tempData, string sentence) => tempData[Key] = sentence;

    /// <summary>What was done, once; a visitor without the cookie is not given one.</summary>
    internal static string? TakeDone(this ITempDataDictionary tempData, HttpContext http) =>
        http.Request.Cookies.ContainsKey(CookieName) ? tempData[Key] as string : null;
}
