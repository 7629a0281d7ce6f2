using System.Data.Common;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Schools;

/// <summary>Which schools are in which pyramid, and when: both ends of every confirmed feed, kept in the containment table for figures to read.</summary>
public static class PyramidMembers
{
    /// <summary>A school belongs to a pyramid from the first to the last day of its feeds there; times that touch are one.</summary>
    public static IEnumerable<Containment> Of(IEnumerable<Feed> feeds) =>
        from feed in feeds
        from school in new[] { feed.Feeder, feed.Receiver }
        group feed by (school, feed.PyramidId) into times
        from span in Joined(times)
        select Member(times.Key.school, times.Key.PyramidId, span.First, span.Last);

    /// <summary>Saves a change of feeds together with the memberships that follow from it.</summary>
    public static void SaveFeeds(this WaymarkDb db)
    {
        using var transaction = db.Database.CurrentTransaction is null ? db.Database.BeginTransaction() : null;
        db.SaveChanges();
        Refresh(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction());
        transaction?.Commit();
    }

    internal static void Refresh(DbConnection connection, DbTransaction transaction)
    {
        var feeds = connection.Query("select id, pyramid_id, feeder, receiver, first_day, last_day from feed where state = @confirmed", new { confirmed = (int)FeedState.Confirmed }, transaction)
            .Select(row =>
            {
                var feed = new Feed { PyramidId = (int)row.pyramid_id, Feeder = new((int)row.feeder), Receiver = new((int)row.receiver), FirstDay = SchoolProjection.Day(row.first_day), State = FeedState.Confirmed };
                if (row.last_day is not null) feed.End(SchoolProjection.Day(row.last_day));
                return feed;
            }).ToList();
        connection.Execute("delete from containment where parent >= @from and parent < @to", new { from = PlaceKey.Pyramid(0).Value, to = PlaceKey.Authority(new(1)).Value - 1 }, transaction);
        connection.Execute("insert into containment (child, parent, kind, first_day, last_day) values (@Child, @Parent, @Kind, @FirstDay, @LastDay)",
            Of(feeds).Select(member => new { Child = member.Child.Value, Parent = member.Parent.Value, Kind = (int)member.Kind, member.FirstDay, member.LastDay }), transaction);
    }

    private static IEnumerable<(DateOnly First, DateOnly? Last)> Joined(IEnumerable<Feed> feeds)
    {
        (DateOnly First, DateOnly? Last)? open = null;
        foreach (var feed in feeds.OrderBy(feed => feed.FirstDay))
        {
            if (open is not { } span) open = (feed.FirstDay, feed.LastDay);
            else if (span.Last is { } last && feed.FirstDay > last.AddDays(1))
            {
                yield return span;
                open = (feed.FirstDay, feed.LastDay);
            }
            else open = (span.First, span.Last is null || feed.LastDay is null ? null : span.Last > feed.LastDay ? span.Last : feed.LastDay);
        }
        if (open is { } rest) yield return rest;
    }

    private static Containment Member(SchoolUrn school, int pyramid, DateOnly first, DateOnly? last)
    {
        var member = new Containment { Child = PlaceKey.School(school), Parent = PlaceKey.Pyramid(pyramid), Kind = ContainmentKind.Full, FirstDay = first };
        if (last is { } day) member.End(day);
        return member;
    }
}
