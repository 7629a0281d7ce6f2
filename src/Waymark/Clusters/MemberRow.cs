using Waymark.Data;
using Waymark.Field;

namespace Waymark.Clusters;

/// <summary>One school's membership of one cluster, as it is given out.</summary>
public sealed record MemberRow(string Cluster, int Urn, string School, string Phase, string Membership, DateOnly From, DateOnly? Until)
{
    /// <summary>The memberships that hold on a day, joint clusters' included.</summary>
    public static IEnumerable<MemberRow> On(WaymarkDb db, DateOnly day)
    {
        var clusters = db.Clusters.ToDictionary(cluster => cluster.Id, cluster => cluster.Name);
        return db.MemberSchoolsOn(day).Select(member => new MemberRow(clusters[member.Membership.ClusterId], member.School.Urn.Value, member.School.Name, member.School.Phase.InWords(),
            member.IsFull ? "full" : "associate", member.Membership.Span.From, member.Membership.Span.Until));
    }
}
