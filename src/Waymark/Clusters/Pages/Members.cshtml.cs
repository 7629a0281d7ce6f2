using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Waymark.Shared.Ledger;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>Who is a member: a school is searched and added, to a joint cluster a cluster; what was changed can be undone.</summary>
public sealed class MembersModel(WaymarkDb db, LocalClock clock) : PageModel
{
    private const int MostFound = 20;
    private const int MostChanges = 20;

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    /// <summary>A URN; of a joint cluster's member the cluster's name in addresses.</summary>
    [BindProperty, Display(Name = "Which school")] public string? Member { get; set; }
    [BindProperty, Display(Name = "Kind of membership")] public ContainmentKind? Kind { get; set; }
    [BindProperty, Display(Name = "Member from")] public DateOnly? From { get; set; }

    public Cluster Cluster { get; private set; } = null!;
    public bool IsJoint => Cluster.Kind == ClusterKind.Joint;
    public IReadOnlyList<School>? Found { get; private set; }
    public bool More { get; private set; }
    /// <summary>The clusters that may meet jointly.</summary>
    public IReadOnlyList<SelectListItem> Localities { get; private set; } = [];
    public Table Now { get; private set; } = null!;
    public Table Former { get; private set; } = null!;
    public IReadOnlyList<RecordedChange> Changes { get; private set; } = [];
    private IReadOnlyDictionary<PlaceKey, MembershipHistory> held = null!;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (db.FindCluster((string)context.RouteData.Values["slug"]!) is { } cluster) Cluster = cluster;
        else context.Result = NotFound();
    }

    public void OnGet() => Load();

    public IActionResult OnPost()
    {
        Load();
        var member = db.FindMember(Cluster, Member);
        if (member is null) ModelState.AddModelError(nameof(Member), IsJoint ? "Select a cluster" : "Select a school");
        if (IsJoint) Kind = ContainmentKind.Full;
        else if (Kind is null || !Enum.IsDefined(Kind.Value)) ModelState.AddModelError(nameof(Kind), "Select full or associate");
        if (From is null) ModelState.Say(nameof(From), "Enter the day from which it is a member");
        if (ModelState.IsValid && Of(member!.Place).Join(new Span(From!.Value, null, Kind!.Value), out var changed) is var rule)
        {
            if (rule is not null) ModelState.AddModelError(nameof(From), rule.TrimEnd('.'));
            else db.RecordMembership(Cluster, member.Place, changed, $"{member.Name}: joined as {new Span(From.Value, null, Kind.Value).InWords()}", clock.UtcNow);
        }
        if (!ModelState.IsValid) return Page();
        TempData.Done($"{member!.Name} is a{(Kind == ContainmentKind.Full ? " full" : "n associate")} member from {Lists.Day(From)}");
        return Redirect($"/clusters/{Cluster.Slug}/members");
    }

    public IActionResult OnPostUndo(long id)
    {
        var place = Cluster.Place;
        if (!db.Set<LedgerRecord>().Any(record => record.Sequence == id && record.Parent == place)) return NotFound();
        if (db.Undo(id, clock.UtcNow) is { } rule)
        {
            ModelState.AddModelError("", rule.TrimEnd('.'));
            Load();
            return Page();
        }
        TempData.Done("The change was undone");
        return Redirect($"/clusters/{Cluster.Slug}/members");
    }

    /// <summary>What tells one school from another of its name.</summary>
    public string Hint(School school) => string.Join(", ", new[] { Lists.Sentence(school.Phase.InWords()), school.Town, school.Postcode, $"URN {school.Urn}", school.IsOpen ? null : school.Status.InWords(),
        Of(school.Place).On(clock.Today) is { } span ? $"is {span.InWords()}" : null }.Where(text => !string.IsNullOrEmpty(text)));

    private MembershipHistory Of(PlaceKey member) => held.GetValueOrDefault(member, MembershipHistory.None);

    private void Load()
    {
        held = db.MembershipHistories(Cluster);
        var names = db.MembersNamed(Cluster, held.Keys);
        Now = TableOf("now", "Now and in time to come", names, span => span.Until is null || span.Until >= clock.Today);
        Former = TableOf("former", "Former members", names, span => span.Until < clock.Today);
        var place = Cluster.Place;
        Changes = db.RecentChanges(record => record.Parent == place, MostChanges);
        if (IsJoint)
            Localities = [new("Choose a cluster", ""), .. db.Clusters.Where(cluster => cluster.Kind == ClusterKind.Locality).AsEnumerable().Where(cluster => Of(cluster.Place).Spans is not [.., { Until: null }]).Select(cluster => new SelectListItem(cluster.Name, cluster.Slug))];
        else if (!string.IsNullOrWhiteSpace(Q)) Search();
    }

    private void Search()
    {
        var query = db.Schools.AsNoTracking();
        foreach (var word in SearchWords.Of(Q).Take(8))
            query = query.Where(school => school.SearchText.Contains(word));
        // The authority's own schools first, then those that are open.
        var authority = LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var code) ? code : (LocalAuthorityCode?)null;
        var found = query.OrderBy(school => school.Authority == authority ? 0 : 1).ThenBy(school => school.Status == SchoolStatus.Open || school.Status == SchoolStatus.OpenProposedToClose ? 0 : 1)
            .ThenBy(school => school.Name).ThenBy(school => school.Urn).Take(MostFound + 1).ToList();
        (Found, More) = (found.Take(MostFound).ToList(), found.Count > MostFound);
    }

    private Table TableOf(string id, string caption, IReadOnlyDictionary<PlaceKey, ClusterMember> names, Func<Span, bool> shown) => new(id, caption,
        [new("member", IsJoint ? "Cluster" : "School", ColumnRole.Label), new("membership", "Membership"), new("from", "From"), new("until", "Until")],
        [.. held.SelectMany(of => of.Value.Spans.Where(shown).Select(span => (Member: names[of.Key], Span: span))).OrderBy(of => of.Member.Name, StringComparer.OrdinalIgnoreCase).ThenBy(of => of.Span.From).Select(of => new Row(
        [
            new(of.Member.Name, Href: string.Create(CultureInfo.InvariantCulture, $"/clusters/{Cluster.Slug}/members/{of.Member.Code}?from={of.Span.From:yyyy-MM-dd}")),
            new(of.Span.Kind == ContainmentKind.Full ? "Full" : "Associate"), new(Lists.Day(of.Span.From)), new(Lists.Day(of.Span.Until)),
        ]))]);
}
