using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using Waymark.Tests.Shared;
using Waymark.Tests.Shared.Documents;
using A = DocumentFormat.OpenXml.Drawing;
using X = DocumentFormat.OpenXml.Spreadsheet;

namespace Waymark.Tests.Outcomes.Packs;

/// <summary>
/// Packs and reports about very small schools, taken apart in every format: whoever has all of these files, adds and subtracts, learns of no group of one to five children.
/// </summary>
public sealed partial class SmallNumbersTests
{
    private const int Floor = 5, Schools = 10;
    private static readonly string[] Measures = ["eyfs.gld", "phonics.y1"], Groups = ["all", "girls", "boys", "disadvantaged", "other"];
    private static readonly (string Total, string[] Parts)[] Sums = [("all", ["girls", "boys"]), ("all", ["disadvantaged", "other"])];

    private sealed record Fact(string Place, string Measure, int Year, string Group);

    [SkippableFact, Trait("attack", "E08"), Trait("attack", "E02")]
    public async Task Whoever_has_every_file_and_subtracts_learns_of_no_group_of_five_or_fewer()
    {
        (int Urn, string Name)[] schools = [.. Enumerable.Range(0, Schools).Select(i => (120_100 + i, $"School {(char)('A' + i)} Lower"))];
        await using var meeting = await Meeting.Of(schools, [.. schools.Select(school => $"Dunstable,{school.Urn},2010-09-01,full,")]);
        meeting.Pyramids([.. schools.Select((school, i) => $"{(i % 2 == 0 ? "Even" : "Odd")},{school.Urn},{(i % 2 == 0 ? 130_000 : 130_001)},2010-09-01")]);
        meeting.England(201516, ("eyfs.gld", 66), ("phonics.y1", 77));
        var truth = Invented(new Random(20161020), schools);
        meeting.Local([.. truth.Where(cell => cell.Value.Of > 0).Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Key.Place},{cell.Key.Year},{cell.Key.Measure},{cell.Key.Group},{cell.Value.Count},{cell.Value.Of},final"))]);
        string[] addresses = ["/clusters/dunstable/pack", .. schools.Select(school => $"/schools/{school.Urn}/report")];

        var told = new Dictionary<Fact, (double? Value, double? Count, long? Of)>();
        foreach (var address in addresses)
        {
            Merge(told, Encoding.UTF8.GetString(await meeting.File($"{address}/201516.csv")));
            foreach (var (where, number) in BasesOf(await meeting.File($"{address}?year=201516")).Concat(BasesOf(await meeting.File($"{address}/201516.html")))
                .Concat(BasesOfWorkbook(await meeting.File($"{address}/201516.xlsx"))).Concat(BasesOfDeck(await meeting.File($"{address}/201516.pptx"))))
                number.ShouldNotBeInRange(1, Floor, $"{address}: {where}");
        }

        // Nothing is told of a small group, and what is told is true.
        var small = truth.Where(cell => cell.Value.Of is > 0 and <= Floor).Select(cell => cell.Key).ToList();
        small.Count.ShouldBeGreaterThan(30);
        foreach (var fact in small)
            if (told.TryGetValue(fact, out var cell)) cell.ShouldBe((null, null, null), fact.ToString());
        foreach (var (fact, cell) in told.Where(entry => truth.ContainsKey(entry.Key) && entry.Value.Of is not null))
            (cell.Count, cell.Of).ShouldBe((truth[fact].Count, truth[fact].Of), fact.ToString());
        told.Count(entry => truth.ContainsKey(entry.Key) && entry.Value.Of is not null).ShouldBeGreaterThan(50, "holding everything back would be easy");

        // A sum is what the shown schools add up to: nothing is left when they are taken away.
        var sums = told.Where(entry => !truth.ContainsKey(entry.Key) && entry.Value.Of is not null).ToList();
        sums.Select(entry => entry.Key.Place).Distinct().Count().ShouldBeGreaterThanOrEqualTo(3, "cluster, pyramids and authority are told");
        foreach (var (fact, sum) in sums)
        {
            var parts = schools.Where((_, i) => fact.Place is not ("Even" or "Odd") || (i % 2 == 0) == (fact.Place == "Even"))
                .Select(school => told.GetValueOrDefault(fact with { Place = school.Urn.ToString(CultureInfo.InvariantCulture) })).Where(part => part.Of is not null).ToList();
            (sum.Count, sum.Of).ShouldBe((parts.Sum(part => part.Count), parts.Sum(part => part.Of)), fact.ToString());
        }

        // Whoever adds and subtracts within a school finds no small group either.
        foreach (var cell in truth.Keys.Select(fact => (fact.Place, fact.Measure, fact.Year)).Distinct())
        {
            var known = Groups.Where(group => told.GetValueOrDefault(new Fact(cell.Place, cell.Measure, cell.Year, group)).Of is not null)
                .ToDictionary(group => group, group => told[new Fact(cell.Place, cell.Measure, cell.Year, group)].Of!.Value);
            foreach (var (group, children) in Solved(known).Where(entry => !known.ContainsKey(entry.Key)))
                children.ShouldNotBeInRange(1, Floor, $"{cell}: {group} comes out by subtraction");
        }
    }

    private static Dictionary<Fact, (double Count, long Of)> Invented(Random random, (int Urn, string Name)[] schools)
    {
        var cells = new Dictionary<Fact, (double, long)>();
        foreach (var school in schools)
            foreach (var measure in Measures)
                foreach (var year in (int[])[201415, 201516])
                {
                    int all = random.Next(4, 40), girls = random.Next(0, all + 1), poor = random.Next(0, Math.Min(all, 12) + 1);
                    foreach (var (group, children) in Groups.Zip([all, girls, all - girls, poor, all - poor]))
                        cells[new Fact(school.Urn.ToString(CultureInfo.InvariantCulture), measure, year, group)] = (children / 2, children);
                }
        return cells;
    }

    private static Dictionary<string, long> Solved(Dictionary<string, long> shown)
    {
        var known = new Dictionary<string, long>(shown);
        for (var before = -1; before != known.Count;)
        {
            before = known.Count;
            foreach (var (total, parts) in Sums)
            {
                var unknown = parts.Append(total).Where(group => !known.ContainsKey(group)).ToList();
                if (unknown.Count == 1)
                    known[unknown[0]] = unknown[0] == total ? parts.Sum(part => known[part]) : known[total] - parts.Where(part => part != unknown[0]).Sum(part => known[part]);
            }
        }
        return known;
    }

    private static void Merge(Dictionary<Fact, (double?, double?, long?)> told, string csv)
    {
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        int At(string name) => Array.IndexOf(lines[0], name);
        double? Number(string[] line, string name) => double.TryParse(line[At(name) - lines[0].Length + line.Length], CultureInfo.InvariantCulture, out var number) ? number : null;
        foreach (var line in lines.Skip(1))
        {
            // A label in quotation marks has commas of its own; what stands after it is counted from the end.
            var group = line[At("group") - lines[0].Length + line.Length];
            var place = line[At("geographic_level")] == "Pyramid" ? line[At("place_name")] : line[At("place_code")];
            told[new Fact(place, line[At("measure")], int.Parse(line[At("time_period")], CultureInfo.InvariantCulture), group)] = (Number(line, "value"), Number(line, "numerator"), (long?)Number(line, "denominator"));
        }
    }

    /// <summary>Every number of children on a page: in the tables' columns and in the sentences.</summary>
    private static IEnumerable<(string, int)> BasesOf(byte[] html)
    {
        var document = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(html));
        foreach (var table in document.QuerySelectorAll("table.w-table"))
        {
            var header = table.QuerySelectorAll("thead th").Select(cell => cell.TextContent.Trim()).ToList();
            foreach (var found in BasesOf(table.QuerySelector("caption")!.TextContent, header, table.QuerySelectorAll("tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList()))) yield return found;
        }
        foreach (var sentence in document.QuerySelectorAll("main li, main p, main figcaption").Select(element => element.TextContent))
            foreach (Match match in OfSome().Matches(sentence))
                yield return (sentence, int.Parse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
    }

    private static IEnumerable<(string, int)> BasesOfWorkbook(byte[] file)
    {
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(file), false);
        return [.. workbook.WorkbookPart!.WorksheetParts.SelectMany(sheet => BasesOf(sheet, headerRow: 2))];
    }

    private static IEnumerable<(string, int)> BasesOf(WorksheetPart sheet, int headerRow)
    {
        var rows = sheet.Worksheet.Descendants<X.Row>().Select(row => row.Elements<X.Cell>().Select(cell => cell.InlineString?.InnerText ?? cell.CellValue?.Text ?? "").ToList()).ToList();
        return rows.Count <= headerRow ? [] : BasesOf(sheet.Uri.ToString(), rows[headerRow], rows.Skip(headerRow + 1));
    }

    private static List<(string, int)> BasesOfDeck(byte[] file)
    {
        using var deck = PresentationDocument.Open(new MemoryStream(file), false);
        var found = new List<(string, int)>();
        foreach (var slide in OfficeFiles.Slides(deck))
        {
            foreach (var table in slide.Slide.Descendants<A.Table>())
            {
                var rows = table.Elements<A.TableRow>().Select(row => row.Elements<A.TableCell>().Select(cell => cell.InnerText).ToList()).ToList();
                found.AddRange(BasesOf(slide.Uri.ToString(), rows[0], rows.Skip(1)));
            }
            foreach (Match match in OfSome().Matches(OfficeFiles.Text(slide.Slide))) found.Add((match.Value, int.Parse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)));
            foreach (var chart in slide.ChartParts)
            {
                using var behind = SpreadsheetDocument.Open(chart.EmbeddedPackagePart!.GetStream(), false);
                found.AddRange(behind.WorkbookPart!.WorksheetParts.SelectMany(sheet => BasesOf(sheet, headerRow: 0)));
            }
        }
        return found;
    }

    private static IEnumerable<(string, int)> BasesOf(string where, List<string> header, IEnumerable<List<string>> rows) =>
        from row in rows
        from column in Enumerable.Range(0, Math.Min(header.Count, row.Count))
        where header[column] is "Children" or "Number" or "Their children" or "Pupils on roll" && int.TryParse(row[column], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _)
        select ($"{where}: {string.Join(" | ", row)}", int.Parse(row[column], NumberStyles.AllowThousands, CultureInfo.InvariantCulture));

    /// <summary>"12 of 30", "30% of 30"; no "(1 of 2)", which numbers sides, and no "7 of our 10 schools".</summary>
    [GeneratedRegex(@"(?:\d|%) of (\d[\d,]*)\b(?! schools|\))")]
    private static partial Regex OfSome();
}
