using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Statistics;

namespace Waymark.Evidence;

/// <summary>What a place's figures are set beside: a cluster, a pyramid, an authority, its statistical neighbours, the nation.</summary>
/// <param name="Place">Where its figures stand.</param>
/// <param name="Named">What it is called ("Dunstable", "Statistical neighbours of Central Bedfordshire") and its code in files.</param>
/// <param name="Parts">The places whose figures make it up where none is published for it as a whole: schools, or authorities. Empty for the nation.</param>
public sealed record Benchmark(PlaceKey Place, Place Named, IReadOnlyList<PlaceKey> Parts)
{
    public string Name => Named.Name;

    /// <summary>For the head of a column.</summary>
    public string Heading => Place.Kind == PlaceKind.National ? "England" : Place.Kind.ToString();
}

public static class Benchmarks
{
    /// <summary>The authority that most of these schools belong to, as of a cluster over a border; of two equals the lower code.</summary>
    public static LocalAuthorityCode? AuthorityOf(IEnumerable<School> schools) => schools.Select(school => school.Authority).OfType<LocalAuthorityCode>()
        .GroupBy(code => code).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => (LocalAuthorityCode?)group.Key).FirstOrDefault();

    extension(WaymarkDb db)
    {
        /// <summary>A place with what it is made of in a year: a cluster and a pyramid of their full members on its last day. Null for a place that does not exist, and for a school.</summary>
        public Benchmark? BenchmarkAt(PlaceKey place, AcademicYear year)
        {
            if (place.Kind is PlaceKind.Authority or PlaceKind.Neighbours && place.Number is < 1 or > 999) return null;
            switch (place.Kind)
            {
                case PlaceKind.Cluster:
                    return db.Clusters.AsNoTracking().FirstOrDefault(cluster => cluster.Id == place.Number) is { } found ? Of([.. db.FullMembersFor(found, year).Select(PlaceKey.School)]) : null;
                case PlaceKind.Pyramid:
                    return db.Pyramids.Any(pyramid => pyramid.Id == place.Number)
                        ? Of(db.NewestOf([.. db.FullMembersOn(place, year.LastDay).AsEnumerable().Select(child => new SchoolUrn(child.Number)).Distinct()])) : null;
                case PlaceKind.Authority:
                    var code = new LocalAuthorityCode(place.Number);
                    return Of(db.NewestOf([.. db.Schools.AsNoTracking().Where(school => school.Authority == code).Select(school => school.Urn)]));
                case PlaceKind.Neighbours:
                    return db.NeighboursOf(new LocalAuthorityCode(place.Number), year.LastDay) is { } list ? Of([.. list.Neighbours.Select(PlaceKey.Authority)]) : null;
                case PlaceKind.National:
                    return Of([]);
                default:
                    return null;
            }
            Benchmark Of(IReadOnlyList<PlaceKey> parts) => new(place, db.NameOf(place), parts);
        }

        /// <summary>What a place is set beside in a year, the nearest first.</summary>
        /// <param name="schools">The school itself, or the schools that make up the place.</param>
        /// <param name="authority">The authority they belong to.</param>
        public IReadOnlyList<Benchmark> BenchmarksOf(PlaceKey place, IReadOnlyList<SchoolUrn> schools, LocalAuthorityCode? authority, AcademicYear year)
        {
            var beside = new List<PlaceKey>();
            if (place.Kind == PlaceKind.School) beside.AddRange(db.ClustersWith(place, year));
            if (place.Kind is PlaceKind.School or PlaceKind.Cluster) beside.AddRange(db.PyramidsWith(schools, year));
            if (authority is { } code) beside.AddRange([PlaceKey.Authority(code), PlaceKey.NeighboursOf(code)]);
            beside.Add(PlaceKey.England);
            return [.. beside.Where(other => other != place).Select(other => db.BenchmarkAt(other, year)).OfType<Benchmark>()];
        }

        /// <summary>The locality clusters that a school is a full member of on a year's last day.</summary>
        private IEnumerable<PlaceKey> ClustersWith(PlaceKey school, AcademicYear year)
        {
            var clusters = db.LineOf(new SchoolUrn(school.Number)).SelectMany(urn => db.MembershipsOf(urn))
                .Where(membership => membership.Span.Kind == ContainmentKind.Full && membership.Span.On(year.LastDay)).Select(membership => membership.ClusterId).Distinct().ToList();
            return [.. db.Clusters.AsNoTracking().Where(cluster => clusters.Contains(cluster.Id)).AsEnumerable().Select(cluster => cluster.Place)];
        }

        /// <summary>The pyramids that any of these schools is in on a year's last day, by name.</summary>
        private IEnumerable<PlaceKey> PyramidsWith(IReadOnlyList<SchoolUrn> schools, AcademicYear year)
        {
            var children = db.LinesOf(schools).Values.SelectMany(line => line).Select(PlaceKey.School).Distinct().ToList();
            var pyramids = db.Containments.AsNoTracking().On(year.LastDay).Where(containment => children.Contains(containment.Child)).AsEnumerable()
                .Select(containment => containment.Parent).Where(parent => parent.Kind == PlaceKind.Pyramid).Distinct().ToList();
            var names = db.NamesOf(pyramids);
            return pyramids.OrderBy(pyramid => names[pyramid].Name, StringComparer.OrdinalIgnoreCase);
        }

        /// <summary>Each school once, as its newest URN among these: its figures follow it back.</summary>
        private IReadOnlyList<PlaceKey> NewestOf(IReadOnlyList<SchoolUrn> urns)
        {
            var positions = db.SchoolLines.AsNoTracking().Where(line => urns.Contains(line.Urn)).ToDictionary(line => line.Urn, line => (line.Line, line.Position));
            return [.. urns.GroupBy(urn => positions.TryGetValue(urn, out var at) ? at.Line : urn)
                .Select(line => PlaceKey.School(line.MaxBy(urn => positions.TryGetValue(urn, out var at) ? at.Position : 0)))];
        }
    }

    /// <summary>The figures of places from those of their parts: counts added where there are counts. Nothing for a measure that no part has.</summary>
    public static IReadOnlyList<Figure> Sum(Cube cube, IReadOnlyList<Benchmark> benchmarks, IReadOnlyCollection<Measure> measures, IReadOnlyCollection<AcademicYear> years, PupilGroup? group = null)
    {
        PlaceKey[] places = [.. benchmarks.SelectMany(benchmark => benchmark.Parts).Distinct()];
        var byPlace = cube.ReadWithPupils(measures, years, places, [group ?? Catalogue.All]).ToLookup(figure => figure.Place);
        return [.. benchmarks.SelectMany(benchmark => benchmark.Parts.SelectMany(part => byPlace[part]).GroupBy(figure => (figure.Measure, figure.Year, figure.Group)).Select(cell =>
            benchmark.Place.Kind == PlaceKind.Neighbours
                ? Figure.OfAuthorities(cell.Key.Measure, cell.Key.Year, benchmark.Place, cell.Key.Group, [.. cell], benchmark.Parts.Count)
                : Figure.Sum(cell.Key.Measure, cell.Key.Year, benchmark.Place, cell.Key.Group, [.. cell], cell.Count())))];
    }

    /// <summary>
    /// Where an authority's figure stands among those of all authorities that have one: 1 is best by the measure's polarity.
    /// Null where there is no better or worse, or nobody to stand among.
    /// </summary>
    public static Ranking? Among(Figure own, IEnumerable<Figure> authorities) =>
        own.Measure is { Polarity: not Polarity.None, IsRanked: true }
        && Ranking.Among(own.Value, authorities.Where(other => other.Measure == own.Measure && other.Year == own.Year && other.Place != own.Place).Select(other => other.Value), own.Measure.Polarity == Polarity.Higher) is { Of: > 1 } ranking ? ranking : null;
}
