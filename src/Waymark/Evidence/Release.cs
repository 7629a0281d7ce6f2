using Dapper;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Evidence;

/// <summary>
/// Local results are counted from children and nobody has protected them yet. Before they are staged, every cell about too few children is held back,
/// and with it as many others of the same school as it takes that no subtraction reveals it, from this file or from what was released before.
/// Places are summed from shown cells only, so that no difference between a sum and its parts reveals one either.
/// </summary>
public static class Release
{
    public static void Protect(FigureBatch batch, ImportRun run)
    {
        var figures = batch.Figures;
        var byCell = new Dictionary<(int Measure, int Year, int Place), Dictionary<int, int>>();
        for (var i = 0; i < figures.Length; i++)
        {
            var cell = (figures[i].Measure, figures[i].Year, figures[i].Place);
            if (!byCell.TryGetValue(cell, out var groups)) byCell[cell] = groups = [];
            groups[figures[i].PupilGroup] = i;
        }
        var released = ReleasedBefore([.. byCell.Keys], run);
        var hidden = 0;
        foreach (var (cell, groups) in byCell)
        {
            var children = groups.ToDictionary(group => group.Key, group => batch.Figures[group.Value].Denominator);
            foreach (var number in Hide(children, released.GetValueOrDefault(cell) ?? []))
            {
                var at = groups[number];
                batch.Replace(at, batch.Figures[at] with { Value = null, Numerator = null, Denominator = null, Lower = null, Upper = null, Symbol = Symbol.Confidential });
                hidden++;
            }
        }
        if (hidden > 0) run.Remark($"{(hidden == 1 ? "1 figure is" : $"{hidden:N0} figures are")} held back. {Catalogue.Disclosure.Reason}");
    }

    /// <summary>Which groups of one school's measure to hold back.</summary>
    /// <param name="children">How many children each group of the file has.</param>
    /// <param name="released">The same of groups that other files gave; null where it is held back there.</param>
    private static HashSet<int> Hide(Dictionary<int, long?> children, Dictionary<int, long?> released)
    {
        var hidden = children.Where(group => IsTooSmall(group.Value)).Select(group => group.Key).ToHashSet();
        if (hidden.Contains(Catalogue.All.Number)) return [.. children.Keys];
        long? Of(int group) => children.TryGetValue(group, out var own) ? own : released.GetValueOrDefault(group);
        long? Shown(int group) => hidden.Contains(group) ? null : Of(group);
        bool IsNamed(int group) => children.ContainsKey(group) || released.ContainsKey(group);
        bool IsHeldBack(int group) => hidden.Contains(group) || (!children.ContainsKey(group) && released.TryGetValue(group, out var other) && other is null);

        for (var before = -1; before != hidden.Count;)
        {
            before = hidden.Count;
            foreach (var (total, parts) in Breakdowns)
            {
                var shown = parts.Where(part => Shown(part) is not null).ToList();
                // A group that nobody names counts as none where the others make up the total without it.
                var addsUp = parts.All(IsNamed) || parts.Sum(part => Of(part) ?? 0) == Of(total);
                var onlyOne = parts.Length > 1 && IsNamed(total) && addsUp && parts.Append(total).Count(IsHeldBack) == 1;
                // What is left over is one group that is held back, or so few children that they would have been.
                var isOpen = onlyOne || (Shown(total) is { } all && IsTooSmall(all - shown.Sum(Shown)));
                if (!isOpen) continue;
                // The smallest is the least loss; where other files showed all the parts, the total is held back.
                var candidates = shown.Where(children.ContainsKey).OrderBy(part => children[part]).ThenBy(part => part);
                if (candidates.Concat(children.ContainsKey(total) ? [total] : []).Where(group => !hidden.Contains(group)).Cast<int?>().FirstOrDefault() is { } next) hidden.Add(next);
            }
        }
        return hidden;
    }

    private static readonly (int Total, int[] Parts)[] Breakdowns =
        [.. Catalogue.Disclosure.Breakdowns.Select(breakdown => (Catalogue.Group(breakdown.Total).Number, breakdown.Parts.Select(part => Catalogue.Group(part).Number).ToArray()))];

    private static Dictionary<(int, int, int), Dictionary<int, long?>> ReleasedBefore(HashSet<(int Measure, int Year, int Place)> cells, ImportRun run)
    {
        var released = new Dictionary<(int, int, int), Dictionary<int, long?>>();
        foreach (var (measure, year) in cells.Select(cell => (cell.Measure, cell.Year)).Distinct())
        {
            var rows = run.Connection.Query<(int Place, int Group, long? Children, int Symbol)>(
                "select f.place, f.pupil_group, f.denominator, f.symbol from figure f join import i on i.id = f.import_id and i.state = 1 where f.measure = @measure and f.year = @year order by f.precedence, f.import_id",
                new { measure, year }, run.Transaction);
            foreach (var row in rows)
            {
                if (!cells.Contains((measure, year, row.Place)) || (row.Children is null && row.Symbol != (int)Symbol.Confidential)) continue;
                if (!released.TryGetValue((measure, year, row.Place), out var groups)) released[(measure, year, row.Place)] = groups = [];
                groups[row.Group] = row.Symbol == (int)Symbol.Confidential ? null : row.Children;
            }
        }
        return released;
    }

    private static bool IsTooSmall(long? children) => children > 0 && children <= Catalogue.Disclosure.LargestHiddenGroup;
}
