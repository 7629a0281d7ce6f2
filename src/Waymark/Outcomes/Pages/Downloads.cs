using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Field;
using Waymark.Outcomes.Packs;

namespace Waymark.Outcomes.Pages;

/// <summary>What stands below the heading of a pack: which other years there are, and in which formats it can be taken along.</summary>
public sealed record Downloads(string Address, AcademicYear Year, IReadOnlyList<AcademicYear> Years)
{
    public IEnumerable<SelectListItem> Choices => Years.Select(year => new SelectListItem(year.ToString(), year.Code.ToString(CultureInfo.InvariantCulture)));

    public IEnumerable<(string Format, string Words)> Formats => PackFormats.All.Select(format => (format.Extension, format.Words));
}
