using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Evidence;

/// <summary>
/// Local results are counted from children and nobody has protected them yet. Before they are staged, every cell about too few children is held back,
/// and with it the group that makes up the rest, so that no subtraction reveals it. Places are summed from shown cells only,
/// so that no difference between a sum and its parts reveals one either.
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
        var hidden = 0;
        foreach (var groups in byCell.Values)
        {
            var all = groups.TryGetValue(Catalogue.All.Number, out var index) ? batch.Figures[index].Denominator : null;
            var hide = groups.Where(group => IsTooSmall(batch.Figures[group.Value])).Select(group => group.Key).ToHashSet();
            if (all is > 0 && all <= Catalogue.Disclosure.LargestHiddenGroup) hide.UnionWith(groups.Keys);
            foreach (var (number, at) in groups)
            {
                // A group whose rest is too small gives that rest away, named in the file or not.
                var rest = all - batch.Figures[at].Denominator;
                if (number != Catalogue.All.Number && rest is > 0 && rest <= Catalogue.Disclosure.LargestHiddenGroup) hide.Add(number);
            }
            foreach (var number in hide.ToList())
                if (Catalogue.Group(number).Complement is { } complement)
                    hide.Add(Catalogue.Group(complement).Number);
            foreach (var number in hide)
            {
                if (!groups.TryGetValue(number, out var at)) continue;
                batch.Replace(at, batch.Figures[at] with { Value = null, Numerator = null, Denominator = null, Lower = null, Upper = null, Symbol = Symbol.Confidential });
                hidden++;
            }
        }
        if (hidden > 0) run.Remark($"{hidden:N0} figures are held back. {Catalogue.Disclosure.Reason}");
    }

    private static bool IsTooSmall(in StagedFigure figure) => figure.Denominator is > 0 && figure.Denominator <= Catalogue.Disclosure.LargestHiddenGroup;
}
