using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;

namespace Waymark.Clusters.Pages;

/// <summary>The first page: the partnership's clusters and the map; an empty system opens on what to do first.</summary>
public sealed class StartModel(WaymarkDb db, LocalClock clock) : PageModel
{
    /// <param name="Parts">The clusters that also meet on their own, of a joint one.</param>
    public sealed record Card(Cluster Cluster, int Full, string Members, IReadOnlyList<string> Leads, int Pupils, int PupilsUnknown, IReadOnlyList<Card> Parts);

    public string? AuthorityName { get; private set; }
    public IReadOnlyList<Card> Cards { get; private set; } = [];
    public Checklist Checklist { get; private set; } = null!;
    public ClusterMap? Map { get; private set; }
    public Table? Members { get; private set; }
    public int Without { get; private set; }

    public void OnGet()
    {
        AuthorityName = db.Read(Setting.AuthorityName);
        Checklist = Checklist.Of(db, clock.Today);
        var clusters = db.Clusters.AsNoTracking().ToDictionary(cluster => cluster.Place);
        if (clusters.Count == 0) return;
        var outer = db.OuterClusters(clock.Today);
        var parts = db.ClustersOfJoint().Where(containment => containment.HoldsOn(clock.Today) && clusters.ContainsKey(containment.Child)).ToLookup(containment => containment.Parent, containment => clusters[containment.Child]);
        var members = db.MemberSchoolsOn(clock.Today);
        var leads = db.ClusterContacts.AsNoTracking().Where(contact => contact.Capacity == ContactCapacity.Lead).AsEnumerable().Where(contact => contact.On(clock.Today)).ToLookup(contact => contact.ClusterId);
        Cards = [.. outer.Select(CardOf)];
        var names = outer.ToDictionary(cluster => cluster.Id, cluster => cluster.Name);
        var shown = members.Where(member => names.ContainsKey(member.Membership.ClusterId)).ToList();
        Map = ClusterMap.Of(shown, names, db.CurrentBoundaries());
        Members = Lists.Members("The schools of the clusters", shown, clusters: names);
        Without = db.SchoolsWithoutCluster(clock.Today).Count;

        Card CardOf(Cluster cluster)
        {
            var own = members.Where(member => member.Membership.ClusterId == cluster.Id).ToList();
            return new Card(cluster, own.Count(member => member.IsFull), InWords(own), [.. leads[cluster.Id].Select(contact => contact.Role.Length > 0 ? $"{contact.Name}, {contact.Role}" : contact.Name)],
                own.Where(member => member.IsFull).Sum(member => member.School.Pupils ?? 0), own.Count(member => member.IsFull && member.School.Pupils is null), [.. parts[cluster.Place].OrderBy(part => part.Position).Select(CardOf)]);
        }
    }

    /// <summary>clusters.csv as it is read back: every membership there is and was.</summary>
    public IActionResult OnGetExport()
    {
        var clusters = db.Clusters.AsNoTracking().Where(cluster => cluster.Kind == ClusterKind.Locality).ToDictionary(cluster => cluster.Id, cluster => cluster.Name);
        var memberships = db.Memberships().Where(membership => clusters.ContainsKey(membership.ClusterId)).ToList();
        var names = db.SchoolsOn(clock.Today, [.. memberships.Select(membership => membership.Urn).Distinct()]);
        return Lists.Csv(new Table("clusters", "Clusters and their members",
            [new("cluster", "Cluster"), new("urn", "URN"), new("school", "School"), new("from", "From"), new("membership", "Membership"), new("until", "Until")],
            [.. memberships.Select(membership => new Row(
            [
                new(clusters[membership.ClusterId]), new(membership.Urn.ToString()), new(names.TryGetValue(membership.Urn, out var school) ? school.Name : ""),
                new(Iso(membership.Span.From)), new(membership.Span.Kind == ContainmentKind.Full ? "full" : "associate"), new(membership.Span.Until is DateOnly last ? Iso(last) : ""),
            ]))]), "clusters.csv");
    }

    public IActionResult OnGetTemplate() => File(System.Text.Encoding.UTF8.GetBytes(Imports.ClustersCsv.Header + "\r\n"), "text/csv; charset=utf-8", "clusters-template.csv");

    /// <summary>"21 full members: 14 lower, 5 middle and 2 upper; 1 associate".</summary>
    private static string InWords(List<MemberSchool> members)
    {
        if (members.Count == 0) return "No members now.";
        var full = members.Where(member => member.IsFull).ToList();
        var phases = full.GroupBy(member => member.School.Phase).OrderBy(of => of.Key).Select(of => $"{of.Count()} {of.Key.InWords()}").ToList();
        var associates = members.Count - full.Count;
        return $"{full.Count} full member{(full.Count == 1 ? "" : "s")}{(full.Count > 0 ? ": " : "")}{Listed(phases)}{(associates > 0 ? $"; {associates} associate{(associates == 1 ? "" : "s")}" : "")}";
    }

    private static string Listed(List<string> words) => words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
