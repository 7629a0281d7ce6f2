using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Clusters;

/// <summary>Who can be a member of a cluster: a school, of a joint cluster another cluster.</summary>
/// <param name="Code">In addresses: a school's URN, a cluster's own name there.</param>
public sealed record ClusterMember(PlaceKey Place, string Code, string Name);

public static class ClusterMembers
{
    extension(WaymarkDb db)
    {
        /// <summary>By its code; null where there is none or it cannot be a member.</summary>
        public ClusterMember? FindMember(Cluster cluster, string? code)
        {
            if (cluster.Kind == ClusterKind.Joint)
                return db.Clusters.AsNoTracking().FirstOrDefault(other => other.Slug == code && other.Kind == ClusterKind.Locality) is { } joined ? new(joined.Place, joined.Slug, joined.Name) : null;
            return SchoolUrn.TryParse(code, null, out var urn) && db.Schools.AsNoTracking().FirstOrDefault(school => school.Urn == urn) is { } found ? new(found.Place, urn.ToString(), found.Name) : null;
        }

        /// <summary>What the members of a cluster are called.</summary>
        public IReadOnlyDictionary<PlaceKey, ClusterMember> MembersNamed(Cluster cluster, IEnumerable<PlaceKey> places)
        {
            if (cluster.Kind == ClusterKind.Joint)
                return db.Set<Cluster>().AsNoTracking().AsEnumerable().Where(other => other.Kind == ClusterKind.Locality).ToDictionary(other => other.Place, other => new ClusterMember(other.Place, other.Slug, other.Name));
            var urns = places.Select(place => new SchoolUrn(place.Number)).ToList();
            var names = db.Schools.AsNoTracking().Where(school => urns.Contains(school.Urn)).ToDictionary(school => school.Urn, school => school.Name);
            return urns.ToDictionary(PlaceKey.School, urn => new ClusterMember(PlaceKey.School(urn), urn.ToString(), names.GetValueOrDefault(urn, $"School {urn}")));
        }
    }
}
