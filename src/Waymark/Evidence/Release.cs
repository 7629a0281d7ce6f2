using Dapper;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Evidence;

/// <summary>
/// Local results are counted from children, and nobody has protected them yet. Before they are staged, every figure about too few children is held back, and as many
/// others as it takes that nobody works it out by adding and subtracting: by Waymark.Statistics.Disclosure, together with all that any file ever gave, confirmed,
/// waiting or taken back. Places are summed from shown cells only, so that no difference between a sum and its parts reveals one either.
/// </summary>
public static class Release
{
    private static readonly DisclosureRule Rule = Catalogue.Disclosure;

    public static void Protect(FigureBatch batch, ImportRun run)
    {
        // Of two files at once, the second has to see what the first gives away.
        if (!run.IsSqlite) run.Connection.Execute("select pg_advisory_xact_lock(825)", transaction: run.Transaction);
        batch.Settle();
        var authorities = run.Connection.Query<(int Urn, int Authority)>("select urn, authority from school where authority is not null", transaction: run.Transaction)
            .ToDictionary(school => PlaceKey.School(new SchoolUrn(school.Urn)).Value, school => school.Authority);
        var (small, unsized) = (0, 0);
        foreach (var cells in Enumerable.Range(0, batch.Count).GroupBy(i => (batch.Figures[i].Measure, batch.Figures[i].Year)).ToList())
        {
            var measure = Catalogue.Measure(cells.Key.Measure);
            var before = Before(cells.Key.Measure, cells.Key.Year, [.. Neighbours(cells.Select(i => batch.Figures[i].Place).ToHashSet(), authorities)], run);
            var hidden = new HashSet<int>();
            foreach (var counted in CountsIn(measure))
            {
                var table = new ReleaseTable(authorities);
                foreach (var (import, figure, isHeldBack) in before)
                    if (counted(figure) is { } children) table.Add(import, figure.Place, figure.PupilGroup, children, isHeldBack);
                foreach (var i in cells)
                    if (counted(batch.Figures[i]) is { } children) table.Add(i, batch.Figures[i].Place, batch.Figures[i].PupilGroup, children);
                hidden.UnionWith(table.HeldBack());
            }
            foreach (var i in cells)
            {
                if (batch.Figures[i] is { Value: null, Denominator: null }) continue;
                if (hidden.Contains(i)) small++;
                else if (IsUnsized(measure, batch.Figures[i])) unsized++;
                else continue;
                HoldBack(batch, i, measure, run);
            }
        }
        if (small > 0) run.Remark($"{(small == 1 ? "1 figure is" : $"{small:N0} figures are")} held back. {Rule.Reason}");
        if (unsized > 0) run.Remark($"{(unsized == 1 ? "1 figure is" : $"{unsized:N0} figures are")} held back, because nobody says how many pupils {(unsized == 1 ? "it is" : "they are")} about. {Rule.UnsizedReason}");
    }

    /// <summary>A number whose base nobody says may be about one child; only the sessions of a whole school are taken for many.</summary>
    public static bool NeedsBase(Measure measure, PupilGroup group) => measure.Kind switch
    {
        MeasureKind.Count or MeasureKind.Grade => false,
        MeasureKind.Rate when measure.IsPercentage => group != Catalogue.All,
        _ => true,
    };

    internal static bool IsTooSmall(long children) => children > 0 && children <= Rule.LargestHiddenGroup;

    private static void HoldBack(FigureBatch batch, int i, Measure measure, ImportRun run)
    {
        var figure = batch.Figures[i];
        if (Children(measure, figure) is { } children)
            run.Connection.Execute("insert into held_back (measure, year, place, pupil_group, import_id, numerator, denominator) values (@Measure, @Year, @Place, @PupilGroup, @ImportId, @Numerator, @children)",
                new { figure.Measure, figure.Year, figure.Place, figure.PupilGroup, run.ImportId, figure.Numerator, children }, run.Transaction);
        batch.Replace(i, figure with { Value = null, Numerator = null, Denominator = null, Lower = null, Upper = null, Symbol = Symbol.Confidential });
    }

    /// <summary>How many children a figure is about; sessions are no children.</summary>
    private static long? Children(Measure measure, StagedFigure figure) =>
        measure.Kind == MeasureKind.Count ? (long?)figure.Value : measure is { Kind: MeasureKind.Rate, IsPercentage: true } ? null : figure.Denominator;

    /// <summary>The numbers of children that a figure of this measure gives away: those it is about; and where it counts who is what, also those who are and those who are not.</summary>
    private static IEnumerable<Func<StagedFigure, long?>> CountsIn(Measure measure)
    {
        yield return figure => Children(measure, figure);
        if (!Rule.NumeratorsOf.Any(measure.IsOneOf)) yield break;
        yield return figure => (long?)figure.Numerator;
        yield return figure => figure.Denominator - (long?)figure.Numerator;
    }

    /// <summary>Sessions of a group are no base: they may be one child's.</summary>
    private static bool IsUnsized(Measure measure, StagedFigure figure) =>
        figure.Value is not null && NeedsBase(measure, Catalogue.Group(figure.PupilGroup)) && Children(measure, figure) is null;

    /// <summary>These schools and the others of their authorities.</summary>
    private static IEnumerable<int> Neighbours(HashSet<int> places, Dictionary<int, int> authorities)
    {
        var theirs = places.Where(authorities.ContainsKey).Select(place => authorities[place]).ToHashSet();
        return places.Concat(authorities.Where(school => theirs.Contains(school.Value)).Select(school => school.Key)).Distinct();
    }

    /// <summary>What every import says of this measure and year, in the order they came, whether it is in use or not: somebody has seen it.</summary>
    private static List<(int Import, StagedFigure Figure, bool IsHeldBack)> Before(int measure, int year, int[] places, ImportRun run)
    {
        IEnumerable<(int Import, int Place, int Group, double? Value, double? Numerator, long? Denominator, int Symbol)> Read(string columns, string table) => places.Chunk(1_000).SelectMany(some =>
            run.Connection.Query<(int, int, int, double?, double?, long?, int)>(
                $"select import_id, place, pupil_group, {columns} from {table} where measure = @measure and year = @year and place in ({string.Join(',', some)})", new { measure, year }, run.Transaction));
        return
        [
            .. Read("value, numerator, denominator, symbol", "figure").Select(row => (row, IsHeldBack: row.Symbol == (int)Symbol.Confidential))
                .Concat(Read("cast(denominator as double precision), numerator, denominator, import_id", "held_back").Select(row => (row, IsHeldBack: true)))
                .OrderBy(of => of.row.Import)
                .Select(of => (of.row.Import, new StagedFigure(measure, year, of.row.Place, of.row.Group, 0, 0, of.row.Value, of.row.Numerator, of.row.Denominator, null, null, Symbol.None), of.IsHeldBack)),
        ];
    }
}
