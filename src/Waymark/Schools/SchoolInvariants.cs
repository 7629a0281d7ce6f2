using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Imports;
using Waymark.Shared.Ledger;

namespace Waymark.Schools;

/// <summary>What always holds among the schools, their lines and pyramids, and in the ledger of what belongs to what.</summary>
internal static class SchoolInvariants
{
    private const string Published = "(select id from import where state = 1)";

    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("What belongs to what is as the ledger states it", NotStated),
        new("Every time in the ledger has its days in order, and no two of one belonging overlap", WrongTimes),
        new("A feed leads from one school to another, in a pyramid that is there", WrongFeeds),
        new("Every school in a register in use is a school here, and none is in the register otherwise", NotAsRegistered),
        new("The lines of schools are those that the links in use make", WrongLines),
        new("An example holds no school but its own", NotOfTheExample),
    ];

    private static IEnumerable<string> NotStated(WaymarkDb db)
    {
        db.Database.OpenConnection();
        var states = Ledger.Stated(db.Database.GetDbConnection(), null).Select(Said).ToList();
        var stands = db.Containments.AsNoTracking().ToList().Select(Said).ToList();
        return [.. states.Except(stands).Select(said => $"{said}: the ledger states it, and it does not stand."), .. stands.Except(states).Select(said => $"{said}: it stands, and the ledger does not state it."),
            .. stands.GroupBy(said => said).Where(same => same.Count() > 1).Select(same => $"{same.Key}: it stands {same.Count()} times.")];
    }

    private static string Said(Containment member) =>
        $"{member.Child.KindCode} {member.Child.Number} in {member.Parent.KindCode} {member.Parent.Number}, {(member.Kind == ContainmentKind.Full ? "full" : "associate")}, {new Span(member.FirstDay, member.LastDay)}";

    private static IEnumerable<string> WrongTimes(WaymarkDb db) =>
        from record in db.LedgerHolding.AsEnumerable()
        from wrong in record.Spans.Select(span => span.CheckDays()).Append(Span.Overlap(record.Spans) is var (earlier, later) ? $"{earlier} and {later} overlap." : null).OfType<string>()
        select $"Record {record.Id}, {record.Child.KindCode} {record.Child.Number} in {record.Parent.KindCode} {record.Parent.Number}: {wrong}";

    private static IEnumerable<string> WrongFeeds(WaymarkDb db)
    {
        var pyramids = db.Pyramids.AsNoTracking().Select(pyramid => pyramid.Id).ToHashSet();
        var schools = db.Schools.AsNoTracking().Select(school => school.Urn).ToHashSet();
        foreach (var feed in db.Feeds())
        {
            if (feed.Feeder == feed.Receiver) yield return $"School {feed.Feeder} feeds itself in pyramid {feed.PyramidId}.";
            if (!pyramids.Contains(feed.PyramidId)) yield return $"School {feed.Feeder} feeds {feed.Receiver} in pyramid {feed.PyramidId}, which is not there.";
            foreach (var urn in new[] { feed.Feeder, feed.Receiver }.Where(urn => !schools.Contains(urn))) yield return $"School {urn} of a feed in pyramid {feed.PyramidId} is not there.";
        }
    }

    private static IEnumerable<string> NotAsRegistered(WaymarkDb db)
    {
        var connection = db.Database.GetDbConnection();
        foreach (var urn in connection.Query<int>($"select distinct urn from school_record where import_id in {Published} and urn not in (select urn from school where in_register = @yes) order by urn limit 100", new { yes = true }))
            yield return $"School {urn} is in a register, and not here as a school of the register.";
        foreach (var urn in connection.Query<int>($"select urn from school where in_register = @yes and urn not in (select urn from school_record where import_id in {Published}) order by urn limit 100", new { yes = true }))
            yield return $"School {urn} is said to be in the register, and no register in use names it.";
    }

    private static IEnumerable<string> WrongLines(WaymarkDb db)
    {
        var stand = db.SchoolLines.AsNoTracking().AsEnumerable().Select(line => (line.Urn.Value, line.Line.Value, line.Position)).ToHashSet();
        var follow = SchoolLines.Of(db.Database.GetDbConnection(), null).Select(line => (line.Urn.Value, line.Line.Value, line.Position)).ToHashSet();
        return follow.Except(stand).Select(line => $"School {line.Item1} is number {line.Item3 + 1} of the line of {line.Item2} by the links, and does not stand there.")
            .Concat(stand.Except(follow).Select(line => $"School {line.Item1} stands as number {line.Item3 + 1} in the line of {line.Item2}, and no link says so."));
    }

    private static IEnumerable<string> NotOfTheExample(WaymarkDb db) =>
        db.Read(Setting.Kind) != nameof(StoreKind.Example) ? [] : db.Schools.AsNoTracking().Where(school => !school.InRegister).OrderBy(school => school.Urn).AsEnumerable().Select(school => $"{school.Name} ({school.Urn}) is not in the example's register.");
}
