using Waymark.Field;

namespace Waymark.Schools;

/// <param name="Pyramid">The school at the top.</param>
/// <param name="Kilometres">As the crow flies.</param>
public sealed record ProposedFeed(School Feeder, School Receiver, School Pyramid, double Kilometres);

/// <summary>
/// Which school probably feeds which, from ages and places alone: the nearest school that takes the pupils when they leave, with no school
/// given more than half as many feeders again as its share. Parents choose otherwise, so a person confirms it.
/// </summary>
public static class PyramidProposal
{
    public static IReadOnlyList<ProposedFeed> For(IEnumerable<School> schools)
    {
        var mainstream = schools.Where(school => school is { IsOpen: true, IsIndependent: false, LowestAge: not null, HighestAge: not null, Easting: not null, Northing: not null }
            && school.Phase is not (Phase.Unknown or Phase.Nursery or Phase.Special or Phase.AlternativeProvision or Phase.SixteenPlus)).OrderBy(school => school.Urn).ToList();
        var receiverOf = new Dictionary<SchoolUrn, (School Receiver, double Kilometres)>();
        foreach (var leavers in mainstream.Where(school => school.HighestAge < 16).GroupBy(school => school.HighestAge!.Value))
        {
            var receivers = Receivers(mainstream, leavers.Key);
            var most = receivers.Count == 0 ? 0 : (int)Math.Ceiling(1.5 * leavers.Count() / receivers.Count);
            var given = receivers.ToDictionary(receiver => receiver.Urn, _ => 0);
            var pairs = from feeder in leavers
                        from receiver in receivers
                        where receiver.Urn != feeder.Urn && receiver.LowestAge > feeder.LowestAge
                        orderby Distance(feeder, receiver), feeder.Urn, receiver.Urn
                        select (feeder, receiver);
            foreach (var (feeder, receiver) in pairs)
                if (given[receiver.Urn] < most && receiverOf.TryAdd(feeder.Urn, (receiver, Distance(feeder, receiver) / 1000)))
                    given[receiver.Urn]++;
        }
        return [.. mainstream.Where(school => receiverOf.ContainsKey(school.Urn)).Select(feeder =>
        {
            var (receiver, kilometres) = receiverOf[feeder.Urn];
            var top = receiver;
            // Each step leads to older pupils, so that this ends.
            while (receiverOf.TryGetValue(top.Urn, out var next)) top = next.Receiver;
            return new ProposedFeed(feeder, receiver, top, kilometres);
        }).OrderBy(feed => feed.Pyramid.Name, StringComparer.CurrentCulture).ThenBy(feed => feed.Receiver.Name, StringComparer.CurrentCulture).ThenBy(feed => feed.Kilometres)];
    }

    /// <summary>The schools that pupils of this age go on to: those that start at it, or else a year earlier or later.</summary>
    private static List<School> Receivers(List<School> schools, int age)
    {
        var older = schools.Where(school => school.HighestAge > age && school.LowestAge >= 7).ToList();
        var exact = older.Where(school => school.LowestAge == age).ToList();
        return exact.Count > 0 ? exact : [.. older.Where(school => Math.Abs(school.LowestAge!.Value - age) == 1)];
    }

    private static double Distance(School a, School b) => Math.Sqrt(Math.Pow(a.Easting!.Value - b.Easting!.Value, 2) + Math.Pow(a.Northing!.Value - b.Northing!.Value, 2));
}
