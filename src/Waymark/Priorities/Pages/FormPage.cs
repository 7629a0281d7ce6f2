using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Shared.Documents;

namespace Waymark.Priorities.Pages;

/// <summary>A page with a form whose rules are said at their questions.</summary>
public abstract class FormPage : PageModel
{
    /// <summary>Says a broken rule at its question, unless something is wrong with it already.</summary>
    protected void Say(string field, string? rule)
    {
        if (rule is not null && ModelState.GetFieldValidationState(field) != ModelValidationState.Invalid) ModelState.AddModelError(field, rule.TrimEnd('.'));
    }

    /// <summary>What the page lists, as a file.</summary>
    protected FileContentResult Csv(Table table, string name)
    {
        using var content = new MemoryStream();
        TableCsv.Write(table, content);
        return File(content.ToArray(), "text/csv; charset=utf-8", name);
    }

    internal static string Day(DateOnly day) => day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
}
