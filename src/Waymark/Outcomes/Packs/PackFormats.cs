using System.Text;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;
using Waymark.Statistics;

namespace Waymark.Outcomes.Packs;

/// <summary>A pack as a file. The same data give the same bytes.</summary>
internal sealed record PackFile(string Name, string ContentType, byte[] Content);

/// <summary>The formats a pack can be taken along in.</summary>
internal static class PackFormats
{
    public sealed record Format(string Extension, string Words, string ContentType);

    public static IReadOnlyList<Format> All { get; } =
    [
        new("pptx", "Slides (PowerPoint)", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        new("xlsx", "Workbook (Excel)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        new("csv", "Figures (CSV)", "text/csv; charset=utf-8"),
        new("meta.csv", "Description of the CSV", "text/csv; charset=utf-8"),
        new("html", "Page that stands alone (HTML)", "text/html; charset=utf-8"),
        new("pdf", "Document (PDF)", "application/pdf"),
    ];

    public static Format? Find(string extension) => All.FirstOrDefault(format => format.Extension == extension);

    /// <summary>Writes one format; null with a sentence where this machine cannot.</summary>
    public static async Task<(PackFile? File, string? Sentence)> WriteAsync(string extension, PackData data, Report report, IServiceProvider services, CancellationToken stop)
    {
        var format = Find(extension)!;
        using var output = new MemoryStream();
        switch (extension)
        {
            case "pptx": PptxWriter.Write(report, output); break;
            case "xlsx": XlsxWriter.Write(report, output); break;
            case "csv": TidyCsv.Write(Rows(data), output); break;
            case "meta.csv": TidyCsv.WriteMeta(output); break;
            case "html": output.Write(Encoding.UTF8.GetBytes(await StandaloneReport.WriteAsync(services, Sides.Of(report)))); break;
            case "pdf":
                switch (await PdfWriter.WriteAsync(await StandaloneReport.WriteAsync(services, Sides.Of(report)), report.AsOf, output, stop))
                {
                    case PdfResult.NoChromium none: return (null, none.Sentence);
                    case PdfResult.Failed failed: return (null, failed.Sentence);
                }
                break;
        }
        return (new PackFile($"{report.Id}.{extension}", format.ContentType, output.ToArray()), null);
    }

    /// <summary>Every figure of the pack, one row each, in the layout of the official statistics.</summary>
    private static IEnumerable<TidyRow> Rows(PackData data)
    {
        var names = data.Schools.ToDictionary(school => school.Place, school => new Place(PlaceKind.School, school.Urn.ToString(), school.Name));
        foreach (var benchmark in data.Benchmarks) names[benchmark.Place] = benchmark.Named;
        names[data.SubjectKey] = data.Subject;
        var own = data.IsSchool ? [] : data.All.Where(figure => figure.Place.Kind == PlaceKind.School).Select(figure => (figure.Measure, figure.Year, figure.Group)).Distinct()
            .Select(cell => data.Own(cell.Measure, cell.Year, cell.Group)).OfType<Figure>();
        return data.All.Concat(own).OrderBy(figure => figure.Measure.Number).ThenBy(figure => figure.Year).ThenBy(figure => figure.Place).ThenBy(figure => figure.Group.Number)
            .Select(figure => ToRow(figure, names[figure.Place], figure.Place == data.AuthorityKey && figure.Group == Catalogue.All ? data.Standing(figure) : null));
    }

    private static TidyRow ToRow(Figure figure, Place place, Ranking? standing) => new(
        figure.Year, place.Kind, place.Code, place.Name, figure.Measure.Code, figure.Measure.Label, figure.Group.Code, figure.Value, figure.Numerator, figure.Denominator, figure.Interval?.Lower, figure.Interval?.Upper,
        figure.Symbol, figure.Measure.Unit, figure.Measure.Decimals, standing?.Rank, standing?.Of, standing?.Quartile);
}
