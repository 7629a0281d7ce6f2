using Waymark.Field;
using Waymark.Statistics;

namespace Waymark.Evidence;

/// <summary>The counts of one measure in one year: those of files before, in the order they came, then this file's. It finds what of this file stays back.</summary>
/// <param name="authorities">Which authority each school belongs to.</param>
internal sealed class ReleaseTable(Dictionary<int, int> authorities)
{
    /// <summary>From so many schools on, whoever knows the authority's total could take the shown schools from it.</summary>
    private const int WholeAuthority = 10;

    private static readonly (int Total, int[] Parts)[] Breakdowns =
        [.. Catalogue.Disclosure.Breakdowns.Select(breakdown => (Catalogue.Group(breakdown.Total).Number, breakdown.Parts.Select(part => Catalogue.Group(part).Number).ToArray()))];

    private readonly Dictionary<string, int> figures = [];
    private readonly Dictionary<string, CountCell> cells = [];
    private readonly HashSet<string> released = [];
    private readonly Dictionary<string, CountRelation> relations = [];
    /// <summary>What is known of a school: for each file in turn, the groups it tells of.</summary>
    private readonly Dictionary<int, List<Version>> schools = [];

    private sealed record Version(int Import, Dictionary<int, long> Groups);

    /// <summary>A count of an earlier file: shown, so that it is known for good, or held back.</summary>
    public void Add(int import, int place, int group, long children, bool isHeldBack)
    {
        var key = Remember(import, place, group, children);
        if (!isHeldBack) released.Add(key);
        if (!isHeldBack || !cells.ContainsKey(key)) cells[key] = new CountCell(key, children, Published: !isHeldBack);
    }

    /// <summary>A count of this file.</summary>
    /// <param name="figure">Where it stands there.</param>
    public void Add(int figure, int place, int group, long children)
    {
        var key = Remember(int.MaxValue, place, group, children);
        figures[key] = figure;
        cells[key] = new CountCell(key, children);
    }

    public IEnumerable<int> HeldBack()
    {
        if (figures.Count == 0) return [];
        foreach (var (place, versions) in schools)
            if (versions[^1].Import == int.MaxValue) AddBreakdowns(place, versions);
        var own = schools.Where(school => school.Value[^1].Import == int.MaxValue).ToList();
        foreach (var (authority, group) in own.Where(school => authorities.ContainsKey(school.Key)).SelectMany(school => school.Value[^1].Groups.Keys.Select(group => (authorities[school.Key], group))).Distinct())
            AddAuthority(authority, group);
        // Whatever is held back could still be any number from one to the largest that is hidden.
        var largest = Catalogue.Disclosure.LargestHiddenGroup;
        var summed = relations.Values.SelectMany(relation => relation.Parts.Append(relation.Total)).ToHashSet();
        var result = Disclosure.Protect([.. cells.Values.Where(cell => summed.Contains(cell.Key))], [.. relations.Values], largest, released, width: largest - 1);
        return figures.Where(figure => Release.IsTooSmall(cells[figure.Key].Count) || result.Suppressed.Contains(figure.Key)).Select(figure => figure.Value);
    }

    /// <summary>Girls and boys are all, and children in no group that anybody names are the rest. After each file the groups it did not tell of are as they were.</summary>
    private void AddBreakdowns(int place, List<Version> versions)
    {
        var told = new Dictionary<int, long>();
        foreach (var (_, groups) in versions)
        {
            foreach (var (group, children) in groups) told[group] = children;
            var known = WithWhatFollows(told);
            foreach (var (group, children) in known) Unprinted(Key(place, group, children), children);
            for (var i = 0; i < Breakdowns.Length; i++)
            {
                var (total, parts) = Breakdowns[i];
                var named = parts.Where(known.ContainsKey).ToList();
                if (!known.TryGetValue(total, out var all) || named.Count == 0) continue;
                var rest = all - named.Sum(part => known[part]);
                // Parts and total of different files need not add up.
                if (rest < 0 || (rest > 0 && parts.Length > 1 && named.Count == parts.Length && !parts.Append(total).All(groups.ContainsKey))) continue;
                List<string> keys = [.. named.Select(part => Key(place, part, known[part]))];
                if (rest > 0) keys.Add(Unprinted($"{place}/{i}/{string.Join('/', keys)}", rest));
                relations.TryAdd($"{all}={string.Join('+', keys)}", new CountRelation(Key(place, total, all), keys));
            }
        }
    }

    /// <summary>Where one group alone is missing from a breakdown, it is the difference or the sum.</summary>
    private static Dictionary<int, long> WithWhatFollows(Dictionary<int, long> told)
    {
        var known = new Dictionary<int, long>(told);
        for (var before = -1; before != known.Count;)
        {
            before = known.Count;
            foreach (var (total, parts) in Breakdowns.Where(breakdown => breakdown.Parts.Length > 1))
            {
                var missing = parts.Append(total).Where(group => !known.ContainsKey(group)).ToList();
                if (missing is not [var only]) continue;
                var sum = parts.Where(part => part != only).Sum(part => known[part]);
                if (only == total) known[total] = sum;
                else if (known[total] >= sum) known[only] = known[total] - sum;
            }
        }
        return known;
    }

    /// <summary>The schools are the authority, whose total somebody may know.</summary>
    private void AddAuthority(int authority, int group)
    {
        var keys = schools.Where(school => authorities.TryGetValue(school.Key, out var of) && of == authority)
            .Select(school => school.Value.FindLast(version => version.Groups.ContainsKey(group)) is { } latest ? Key(school.Key, group, latest.Groups[group]) : null).OfType<string>().ToList();
        if (keys.Count < WholeAuthority) return;
        var total = $"{authority}/{group}";
        cells[total] = new CountCell(total, keys.Sum(key => cells[key].Count));
        released.Add(total);
        relations[total] = new CountRelation(total, keys);
    }

    private string Remember(int import, int place, int group, long children)
    {
        if (!schools.TryGetValue(place, out var versions)) schools[place] = versions = [];
        if (versions.Count == 0 || versions[^1].Import != import) versions.Add(new Version(import, []));
        versions[^1].Groups[group] = children;
        return Key(place, group, children);
    }

    /// <summary>A count that no file gives, but everybody could work out; that nobody is in a group which is not told of is taken for known.</summary>
    private string Unprinted(string key, long children)
    {
        if (cells.TryAdd(key, new CountCell(key, children, Published: children == 0)) && children == 0) released.Add(key);
        return key;
    }

    private static string Key(int place, int group, long children) => $"{place}:{group}:{children}";
}
