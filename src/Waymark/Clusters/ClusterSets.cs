using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Shared.Ledger;

namespace Waymark.Clusters;

/// <summary>The front door of the room for every room above it.</summary>
public static class ClusterSets
{
    extension(WaymarkDb db)
    {
        /// <summary>The clusters there are: those made by a person, and those of files in use; in their order on pages.</summary>
        public IQueryable<Cluster> Clusters
        {
            get
            {
                var imports = db.Imports;
                return db.Set<Cluster>()
                    .Where(cluster => cluster.ImportId == null || imports.Any(import => import.Id == cluster.ImportId && import.State == ImportState.Published))
                    .OrderBy(cluster => cluster.Position).ThenBy(cluster => cluster.Name).ThenBy(cluster => cluster.Id);
            }
        }

        /// <summary>The clusters that are no part of a joint one on a day: what the partnership speaks of as its clusters.</summary>
        public IReadOnlyList<Cluster> OuterClusters(DateOnly day)
        {
            var parts = db.ClustersOfJoint().Where(containment => containment.HoldsOn(day)).Select(containment => containment.Child).ToHashSet();
            return [.. db.Clusters.AsNoTracking().AsEnumerable().Where(cluster => !parts.Contains(cluster.Place))];
        }

        public DbSet<ClusterContact> ClusterContacts => db.Set<ClusterContact>();
        public DbSet<BoundarySet> BoundarySets => db.Set<BoundarySet>();

        /// <summary>The outlines that the map is drawn over, or null while there are none.</summary>
        public BoundarySet? CurrentBoundaries() => db.BoundarySets.AsNoTracking().Include(set => set.Boundaries).Where(set => set.RemovedAt == null).OrderByDescending(set => set.Id).FirstOrDefault();

        /// <summary>By the name in addresses, or by name in any spelling of its signs; null when there is none.</summary>
        public Cluster? FindCluster(string nameOrSlug)
        {
            var slug = Cluster.SlugOf(nameOrSlug);
            return db.Clusters.FirstOrDefault(cluster => cluster.Slug == slug)
                ?? db.Clusters.AsEnumerable().FirstOrDefault(cluster => Cluster.SlugOf(cluster.Name) == slug);
        }

        /// <summary>
        /// All memberships there are and were, of one cluster or of all, by cluster, URN and day. The memberships of a joint cluster are those of
        /// its clusters while they belong to it.
        /// </summary>
        public IReadOnlyList<Membership> Memberships(Cluster? cluster = null)
        {
            var joint = db.ClustersOfJoint(cluster);
            var parents = cluster is null
                ? [.. db.Clusters.AsEnumerable().Select(each => each.Place)]
                : joint.Select(containment => containment.Child).Append(cluster.Place).Distinct().ToList();
            var own = db.Containments.AsNoTracking().Where(containment => parents.Contains(containment.Parent)).AsEnumerable()
                .Where(containment => containment.Child.Kind == PlaceKind.School)
                .Select(containment => new Membership(containment.Parent.Number, new SchoolUrn(containment.Child.Number), SpanOf(containment)))
                .ToList();
            var jointly = joint.SelectMany(containment => own
                .Where(membership => membership.ClusterId == containment.Child.Number)
                .Select(membership => membership with { ClusterId = containment.Parent.Number, Span = Common(membership.Span, SpanOf(containment)) })
                .Where(membership => membership.Span.Until is null || membership.Span.Until >= membership.Span.From));
            return [.. own.Concat(jointly)
                .Where(membership => cluster is null || membership.ClusterId == cluster.Id)
                .OrderBy(membership => membership.ClusterId).ThenBy(membership => membership.Urn).ThenBy(membership => membership.Span.From)];
        }

        /// <summary>
        /// The members of a cluster on a day, each school once: a school that was recorded under its old and its new URN is one, and it is full
        /// where it is full in any of a joint cluster's clusters.
        /// </summary>
        public IReadOnlyList<Membership> MembersOn(Cluster cluster, DateOnly day) =>
            [.. db.OncePerLine(db.Memberships(cluster).Where(membership => membership.Span.On(day)))];

        internal IEnumerable<Membership> OncePerLine(IEnumerable<Membership> memberships)
        {
            var all = memberships.ToList();
            var lines = db.LinesOf([.. all.Select(membership => membership.Urn).Distinct()]);
            return all.GroupBy(membership => (membership.ClusterId, Line: lines[membership.Urn][^1]))
                .Select(of => of.OrderBy(membership => membership.Span.Kind).ThenByDescending(membership => membership.Span.From).First());
        }

        /// <summary>
        /// The schools whose figures make up the cluster's figure of a year: its full members on 31 August ending that year. Associates are never summed.
        /// A trend asks once, for the pack's year, and holds these schools constant.
        /// </summary>
        public IReadOnlyList<SchoolUrn> FullMembersFor(Cluster cluster, AcademicYear year) =>
            [.. db.MemberSchoolsOn(year.LastDay, cluster).Where(member => member.IsFull).Select(member => member.School.Urn)];

        /// <summary>The memberships of one school in any cluster, past ones included; joint clusters are left out, they follow.</summary>
        public IReadOnlyList<Membership> MembershipsOf(SchoolUrn urn)
        {
            var place = PlaceKey.School(urn);
            return [.. db.Containments.AsNoTracking().Where(containment => containment.Child == place).AsEnumerable()
                .Where(containment => containment.Parent.Kind == PlaceKind.Cluster)
                .Select(containment => new Membership(containment.Parent.Number, urn, SpanOf(containment)))
                .OrderBy(membership => membership.Span.From)];
        }

        /// <summary>The clusters of joint clusters, or of one, with their time.</summary>
        public IReadOnlyList<Containment> ClustersOfJoint(Cluster? joint = null)
        {
            var parents = joint is null
                ? [.. db.Clusters.Where(cluster => cluster.Kind == ClusterKind.Joint).AsEnumerable().Select(cluster => cluster.Place)]
                : new List<PlaceKey> { joint.Place };
            return [.. db.Containments.AsNoTracking().Where(containment => parents.Contains(containment.Parent)).AsEnumerable()
                .Where(containment => containment.Child.Kind == PlaceKind.Cluster)
                .OrderBy(containment => containment.FirstDay).ThenBy(containment => containment.Child)];
        }

        /// <summary>What holds of one school in a cluster, or of one cluster in a joint one.</summary>
        public MembershipHistory MembershipOf(Cluster cluster, PlaceKey member) => MembershipHistory.Of(db.SpansOf(new(member, cluster.Place)));

        /// <summary>What holds of all that are or were members of a cluster: schools, or the clusters of a joint one.</summary>
        public IReadOnlyDictionary<PlaceKey, MembershipHistory> MembershipHistories(Cluster cluster)
        {
            var place = cluster.Place;
            return db.LedgerHolding.Where(record => record.Parent == place).AsEnumerable().Where(record => record.Rows.Count > 0).ToDictionary(record => record.Child, record => MembershipHistory.Of(record.Spans));
        }

        /// <summary>A person states what holds from now on of a member. The cluster is kept by hand from here on, even when a file brought it.</summary>
        public void RecordMembership(Cluster cluster, PlaceKey member, MembershipHistory history, string note, DateTime utcNow)
        {
            cluster.ImportId = null;
            db.Record([(new(member, cluster.Place), history.Spans)], note, utcNow);
        }
    }

    private static Span SpanOf(Containment containment) => new(containment.FirstDay, containment.LastDay, containment.Kind);

    private static Span Common(Span span, Span time) => span with
    {
        From = span.From > time.From ? span.From : time.From,
        Until = span.Until is DateOnly a && time.Until is DateOnly b ? (a < b ? a : b) : span.Until ?? time.Until,
    };
}
