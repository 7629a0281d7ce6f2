using System.Globalization;
using System.Text;
using Waymark.Evidence;
using Waymark.Field;

namespace Waymark.Outcomes.Imports;

/// <summary>Writes local results in the layout that local-results.json reads.</summary>
internal static class LocalResultsCsv
{
    public static void Write(IEnumerable<FigureRow> figures, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine("urn,year,measure,group,numerator,denominator,value,status");
        foreach (var figure in figures.Where(figure => figure.Place.Kind == PlaceKind.School).OrderBy(figure => figure.Measure).ThenBy(figure => figure.Year).ThenBy(figure => figure.Place).ThenBy(figure => figure.PupilGroup))
        {
            // A share is its counts; a value stands only where counts do not say it.
            var isShare = Catalogue.Measure(figure.Measure).Kind is MeasureKind.Proportion or MeasureKind.Rate && figure.Numerator is not null && figure.Denominator is > 0;
            var value = figure.Value is { } number ? isShare ? "" : number.ToString("R", CultureInfo.InvariantCulture) : figure.Symbol.Code();
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{figure.Place.Number},{figure.Year.Code},{Catalogue.Measure(figure.Measure).Code},{Catalogue.Group(figure.PupilGroup).Code},{figure.Numerator:R},{figure.Denominator},{value},{figure.Status.ToString().ToLowerInvariant()}"));
        }
    }
}
