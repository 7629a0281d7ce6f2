using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared;

namespace Waymark.Clusters;

/// <summary>What always holds among the clusters, their members and their people.</summary>
internal static class ClusterInvariants
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("No two clusters have one name or one address", SameName),
        new("A locality's cluster has schools that are there, a joint one has locality's clusters", WrongMembers),
        new("A person or partner belongs to a cluster that is there, for days in order", WrongContacts),
        new("One set of boundaries at most is on the map, and names its source", WrongBoundaries),
    ];

    private static IEnumerable<string> SameName(WaymarkDb db) =>
        db.Clusters.AsNoTracking().AsEnumerable().SelectMany(cluster => new[] { cluster.Slug, Cluster.SlugOf(cluster.Name) }.Distinct().Select(name => (name, cluster)))
            .GroupBy(of => of.name).Where(of => of.Count() > 1).Select(of => $"{string.Join(" and ", of.Select(named => $"cluster {named.cluster.Id} ({named.cluster.Name})"))} are both {of.Key}.");

    private static IEnumerable<string> WrongMembers(WaymarkDb db)
    {
        var clusters = db.Set<Cluster>().AsNoTracking().ToDictionary(cluster => cluster.Place);
        var schools = db.Schools.AsNoTracking().Select(school => school.Urn).ToHashSet();
        foreach (var member in db.Containments.AsNoTracking().AsEnumerable().Where(member => member.Parent.Kind == PlaceKind.Cluster))
        {
            if (!clusters.TryGetValue(member.Parent, out var cluster)) yield return $"Cluster {member.Parent.Number} has members and is not there.";
            else if (cluster.Kind == ClusterKind.Locality && (member.Child.Kind != PlaceKind.School || !schools.Contains(new SchoolUrn(member.Child.Number))))
                yield return $"{cluster.Name} has a member, {member.Child.KindCode} {member.Child.Number}, that is no school here.";
            else if (cluster.Kind == ClusterKind.Joint && (!clusters.TryGetValue(member.Child, out var joined) || joined.Kind != ClusterKind.Locality || member.Kind != ContainmentKind.Full))
                yield return $"{cluster.Name} has a member, {member.Child.KindCode} {member.Child.Number}, that is no locality's cluster.";
        }
    }

    private static IEnumerable<string> WrongContacts(WaymarkDb db)
    {
        var clusters = db.Set<Cluster>().AsNoTracking().Select(cluster => cluster.Id).ToHashSet();
        foreach (var contact in db.ClusterContacts.AsNoTracking())
        {
            if (!clusters.Contains(contact.ClusterId)) yield return $"{contact.Name} belongs to cluster {contact.ClusterId}, which is not there.";
            if (contact.Until < contact.From) yield return $"{contact.Name} leaves on {contact.Until:d MMMM yyyy}, before the first day, {contact.From:d MMMM yyyy}.";
        }
    }

    private static IEnumerable<string> WrongBoundaries(WaymarkDb db)
    {
        var shown = db.BoundarySets.AsNoTracking().Where(set => set.RemovedAt == null).ToList();
        if (shown.Count > 1) yield return $"{string.Join(" and ", shown.Select(set => set.FileName))} are on the map at once.";
        foreach (var set in shown.Where(set => string.IsNullOrWhiteSpace(set.Attribution))) yield return $"{set.FileName} is on the map without its source.";
    }
}
