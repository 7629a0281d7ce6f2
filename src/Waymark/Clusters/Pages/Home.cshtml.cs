using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>A cluster's home: who it is, its people, its members on a day, the map, and what other rooms have to say of it.</summary>
public sealed class HomeModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Cluster Cluster { get; private set; } = null!;
    public DateOnly Today { get; private set; }
    public string WhoWeAre { get; private set; } = "";
    public IReadOnlyList<Cluster> Joint { get; private set; } = [];
    /// <summary>Its own people, then those of the clusters it meets jointly with, each of these with the cluster's name.</summary>
    public IReadOnlyList<(ClusterContact Contact, string? Of)> Contacts { get; private set; } = [];
    public Table Members { get; private set; } = null!;
    public Table ByPhase { get; private set; } = null!;
    public Table History { get; private set; } = null!;
    public ClusterMap? Map { get; private set; }
    public IReadOnlyList<Panel> Panels { get; } = [.. Waymark.Shared.Room.All.SelectMany(room => room.Panels).Where(panel => panel.On == PlaceKind.Cluster).OrderBy(panel => panel.Order)];

    public IActionResult OnGet(string slug, string? on)
    {
        if (db.FindCluster(slug) is not { } cluster) return NotFound();
        Cluster = cluster;
        // A day that is none shows today: the box is a help, not a question.
        Today = DateOnly.TryParseExact(on, "yyyy-MM-dd", out var day) ? day : clock.Today;
        var members = db.MemberSchoolsOn(Today, cluster);
        var clusters = db.Clusters.AsNoTracking().ToDictionary(each => each.Place);
        Joint = [.. db.ClustersOfJoint().Where(containment => containment.HoldsOn(Today)).Select(containment =>
            containment.Parent == cluster.Place ? clusters.GetValueOrDefault(containment.Child) : containment.Child == cluster.Place ? clusters.GetValueOrDefault(containment.Parent) : null).OfType<Cluster>()];
        var ids = Joint.Select(other => other.Id).Append(cluster.Id).ToList();
        Contacts = [.. db.ClusterContacts.AsNoTracking().Where(contact => ids.Contains(contact.ClusterId)).AsEnumerable().Where(contact => contact.On(Today))
            .OrderBy(contact => contact.ClusterId != cluster.Id).ThenBy(contact => contact.Capacity).ThenBy(contact => contact.Id)
            .Select(contact => (contact, contact.ClusterId == cluster.Id ? null : Joint.First(other => other.Id == contact.ClusterId).Name))];
        Members = Lists.Members($"Members on {Lists.Day(Today)}", members, PyramidsOf(members) is { Count: > 0 } pyramids ? pyramids : null);
        ByPhase = PhasesOf(members);
        Map = ClusterMap.Of(members, new Dictionary<int, string>(), db.CurrentBoundaries());
        History = HistoryOf(cluster);
        WhoWeAre = InWords(members);
        return Page();
    }

    public IActionResult OnGetCsv(string slug, string? on) => OnGet(slug, on) is PageResult ? Lists.Csv(Members, $"members-{Cluster.Slug}-{Today:yyyy-MM-dd}.csv") : NotFound();

    private string InWords(IReadOnlyList<MemberSchool> members)
    {
        var full = members.Where(member => member.IsFull).ToList();
        var associates = members.Count - full.Count;
        var unknown = full.Count(member => member.School.Pupils is null);
        if (full.Count == 0) return $"No full members on {Lists.Day(Today)}.";
        var who = $"{full.Count} full member{(full.Count == 1 ? "" : "s")}{(associates > 0 ? $" and {associates} associate{(associates == 1 ? "" : "s")}" : "")}";
        return unknown == full.Count ? $"{who}. The register does not tell how many pupils they have."
            : $"{who}. The full members have {full.Sum(member => member.School.Pupils ?? 0):N0} pupils{(unknown > 0 ? $" (not known for {unknown})" : "")}.";
    }

    private static Table PhasesOf(IReadOnlyList<MemberSchool> members) => new("phases", "Members by phase",
        [new("phase", "Phase", ColumnRole.Label), new("full", "Full members", ColumnRole.Number), new("pupils", "Their pupils", ColumnRole.Number, "pupils"), new("associate", "Associates", ColumnRole.Number)],
        [.. members.GroupBy(member => member.School.Phase).OrderBy(of => of.Key).Select(of => new Row(
        [
            new(Lists.Sentence(of.Key.InWords())), Lists.Number(of.Count(member => member.IsFull)),
            Lists.Number(of.Any(member => member.IsFull && member.School.Pupils is null) ? null : of.Where(member => member.IsFull).Sum(member => member.School.Pupils!.Value)), Lists.Number(of.Count(member => !member.IsFull)),
        ]))], Note: "Pupils as in the register; associates’ pupils are counted in their own clusters.");

    private Dictionary<SchoolUrn, string> PyramidsOf(IReadOnlyList<MemberSchool> members)
    {
        var lines = db.LinesOf([.. members.Select(member => member.School.Urn).Distinct()]);
        var places = lines.Values.SelectMany(line => line).Select(PlaceKey.School).Distinct().ToList();
        var names = db.Pyramids.AsNoTracking().ToDictionary(pyramid => pyramid.Place, pyramid => pyramid.Name);
        var of = db.Containments.AsNoTracking().Where(containment => places.Contains(containment.Child)).On(Today).AsEnumerable()
            .Where(containment => names.ContainsKey(containment.Parent)).ToLookup(containment => new SchoolUrn(containment.Child.Number), containment => names[containment.Parent]);
        return lines.Select(line => (line.Key, Names: line.Value.SelectMany(urn => of[urn]).Distinct().Order(StringComparer.Ordinal).ToList())).Where(line => line.Names.Count > 0)
            .ToDictionary(line => line.Key, line => string.Join(", ", line.Names));
    }

    private Table HistoryOf(Cluster cluster)
    {
        var memberships = db.Memberships(cluster);
        var names = db.Schools.AsNoTracking().Where(school => memberships.Select(membership => membership.Urn).Contains(school.Urn)).ToDictionary(school => school.Urn, school => school.Name);
        return new Table("history", "Every membership there is and was",
            [new("school", "School", ColumnRole.Label), new("membership", "Membership"), new("from", "From"), new("until", "Until")],
            [.. memberships.OrderByDescending(membership => membership.Span.From).ThenBy(membership => names.GetValueOrDefault(membership.Urn)).Select(membership => new Row(
            [
                new(names.GetValueOrDefault(membership.Urn, membership.Urn.ToString()), Href: $"/schools/{membership.Urn}"), new(membership.Span.Kind == ContainmentKind.Full ? "Full" : "Associate"), new(Lists.Day(membership.Span.From)), new(Lists.Day(membership.Span.Until)),
            ]))]);
    }
}
