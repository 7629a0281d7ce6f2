using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared;

namespace Waymark.Evidence;

internal static class FigureInvariants
{
    public static IEnumerable<string> KnownToTheCatalogue(WaymarkDb db)
    {
        var measures = Catalogue.Measures.Select(measure => measure.Number).ToHashSet();
        var groups = Catalogue.Groups.Select(group => group.Number).ToHashSet();
        return db.Database.GetDbConnection().Query<(int Measure, int Group, int Symbol, long Rows)>("select measure, pupil_group, symbol, count(*) from figure group by measure, pupil_group, symbol")
            .Where(found => !measures.Contains(found.Measure) || !groups.Contains(found.Group) || found.Symbol is < 0 or > 5)
            .Select(found => $"{found.Rows} figures of measure {found.Measure}, group {found.Group}, symbol {found.Symbol}");
    }

    public static IEnumerable<string> NumberOrSymbol(WaymarkDb db) => Broken(db, "(value is null and symbol = 0) or (value is not null and symbol <> 0)");

    public static IEnumerable<string> NumeratorWithinDenominator(WaymarkDb db)
    {
        var proportions = string.Join(',', Catalogue.Measures.Where(measure => measure.Kind == MeasureKind.Proportion).Select(measure => measure.Number));
        return Broken(db, $"numerator > denominator and measure in ({proportions})");
    }

    /// <summary>Sessions are no children.</summary>
    public static IEnumerable<string> LocalAboutEnoughChildren(WaymarkDb db)
    {
        static string Of(Func<Measure, bool> kind) => string.Join(',', Catalogue.Measures.Where(kind).Select(measure => measure.Number));
        var (sessions, counts) = (Of(measure => measure is { Kind: MeasureKind.Rate, IsPercentage: true }), Of(measure => measure.Kind == MeasureKind.Count));
        var (published, few) = ((int)FigureStatus.Published * 10, $"between 1 and {Catalogue.Disclosure.LargestHiddenGroup}");
        return Broken(db, $"precedence < {published} and ((denominator {few} and measure not in ({sessions})) or (value {few} and measure in ({counts})))");
    }

    public static IEnumerable<string> CitedKinds(WaymarkDb db) =>
        db.Set<Citation>().Select(citation => citation.Kind).Distinct().AsEnumerable().Concat(db.CitationUses.Select(use => use.Kind).Distinct()).Distinct()
            .Where(kind => Citable.Of(kind) is null).Select(kind => $"No room knows a {kind}.");

    public static IEnumerable<string> FromAnImport(WaymarkDb db) => Broken(db, "import_id not in (select id from import)");

    private static IEnumerable<string> Broken(WaymarkDb db, string condition) =>
        db.Database.GetDbConnection().Query<(int Import, int Line, int Measure)>($"select import_id, line, measure from figure where {condition} limit 100")
            .Select(row => $"import {row.Import}, line {row.Line}: {Catalogue.Measures.FirstOrDefault(measure => measure.Number == row.Measure)?.Code ?? row.Measure.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
}
