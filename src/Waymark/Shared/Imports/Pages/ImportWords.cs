using System.Globalization;
using Waymark.Field;

namespace Waymark.Shared.Imports.Pages;

/// <summary>An import's numbers in sentences.</summary>
public static class ImportWords
{
    public static string YearsOf(Import import)
    {
        var years = import.Years.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => AcademicYear.FromCode(int.Parse(code, CultureInfo.InvariantCulture)).ToString()).ToList();
        return years.Count switch { 0 => "", <= 3 => string.Join(", ", years), var many => $"{years[0]} to {years[^1]} ({many} years)" };
    }

    public static string State(Import import) => import.State switch { ImportState.Published => "In use", ImportState.Withdrawn => "Taken back", _ => "Not confirmed" };

    public static string Rows(Import import) => $"{Count(import.RowsRead, "row")} read: {import.RowsKept:N0} kept, {import.RowsListed:N0} listed with the reason.";

    public static string Figures(Import import) => import.FiguresNew + import.FiguresChanged + import.FiguresSame == 0 ? ""
        : $"{Count(import.FiguresNew, "new figure")}, {import.FiguresChanged:N0} changed, {import.FiguresSame:N0} the same.";

    private static string Count(int number, string noun) => $"{number:N0} {noun}{(number == 1 ? "" : "s")}";
}
