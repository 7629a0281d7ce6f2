using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Clusters;

/// <summary>A member as the school that it was on that day: after a conversion the new URN stands for the old one.</summary>
public sealed record MemberSchool(Membership Membership, School School)
{
    public bool IsFull => Membership.Span.Kind == ContainmentKind.Full;
}

public static class MemberSchools
{
    extension(WaymarkDb db)
    {
        /// <summary>The members of a cluster on a day, or of all clusters, in the cluster's own order: by phase from the youngest, then by name.</summary>
        public IReadOnlyList<MemberSchool> MemberSchoolsOn(DateOnly day, Cluster? cluster = null)
        {
            var memberships = cluster is not null ? db.MembersOn(cluster, day) : [.. db.OncePerLine(db.Memberships().Where(membership => membership.Span.On(day)))];
            var schools = db.SchoolsOn(day, [.. memberships.Select(membership => membership.Urn).Distinct()]);
            return [.. memberships.Where(membership => schools.ContainsKey(membership.Urn))
                .Select(membership => new MemberSchool(membership, schools[membership.Urn]))
                .OrderBy(member => member.School.Phase).ThenBy(member => member.School.Name, StringComparer.OrdinalIgnoreCase).ThenBy(member => member.School.Urn)];
        }

        /// <summary>The open schools of the authority that are in no cluster on a day.</summary>
        public IReadOnlyList<School> SchoolsWithoutCluster(DateOnly day)
        {
            if (!LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var authority)) return [];
            var members = db.Memberships().Where(membership => membership.Span.On(day)).Select(membership => membership.Urn).Distinct().ToList();
            var lines = db.LinesOf(members).Values.SelectMany(line => line).ToHashSet();
            return [.. db.CurrentSchools.Where(school => school.Authority == authority && school.InRegister).AsEnumerable()
                .Where(school => school.IsOpen && !school.IsIndependent && !lines.Contains(school.Urn))
                .OrderBy(school => school.Phase).ThenBy(school => school.Name, StringComparer.OrdinalIgnoreCase)];
        }
    }
}
