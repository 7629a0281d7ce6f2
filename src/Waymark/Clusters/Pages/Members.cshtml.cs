using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>Who is a member: a school is searched and added; what was changed can be undone.</summary>
public sealed class MembersModel(WaymarkDb db, LocalClock clock) : PageModel
{
    private const int MostFound = 20;
    private const int MostChanges = 20;

    public sealed record Change(int Id, string School, string Says, string When, string Source, bool CanUndo);

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty, Display(Name = "Which school")] public string? Urn { get; set; }
    [BindProperty, Display(Name = "Kind of membership")] public MembershipKind? Kind { get; set; }
    [BindProperty, Display(Name = "Member from")] public DateOnly? From { get; set; }

    public Cluster Cluster { get; private set; } = null!;
    public IReadOnlyList<School>? Found { get; private set; }
    public bool More { get; private set; }
    public Table Now { get; private set; } = null!;
    public Table Former { get; private set; } = null!;
    public IReadOnlyList<Change> Changes { get; private set; } = [];
    private Dictionary<SchoolUrn, MembershipHistory> held = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (db.FindCluster((string)context.RouteData.Values["slug"]!) is { Kind: ClusterKind.Locality } cluster) Cluster = cluster;
        else context.Result = NotFound();
    }

    public void OnGet() => Load();

    public IActionResult OnPost()
    {
        Load();
        var school = SchoolUrn.TryParse(Urn, null, out var urn) ? db.Schools.AsNoTracking().FirstOrDefault(each => each.Urn == urn) : null;
        if (school is null) ModelState.AddModelError(nameof(Urn), "Select a school");
        if (Kind is null) ModelState.AddModelError(nameof(Kind), "Select full or associate");
        if (From is null && ModelState.IsFree(nameof(From))) ModelState.AddModelError(nameof(From), "Enter the day from which it is a member");
        if (ModelState.IsValid && Of(urn).Join(new MembershipSpan(From!.Value, null, Kind!.Value), out var changed) is var rule)
        {
            if (rule is not null) ModelState.AddModelError(nameof(From), rule.TrimEnd('.'));
            else db.RecordMembership(Cluster, urn, changed, $"Joined as {changed.Spans[^1]}", clock.UtcNow);
        }
        if (!ModelState.IsValid) return Page();
        TempData.Done($"{school!.Name} is a{(Kind == MembershipKind.Full ? " full" : "n associate")} member from {Lists.Day(From)}");
        return Redirect($"/clusters/{Cluster.Slug}/members");
    }

    public IActionResult OnPostUndo(int id)
    {
        if (!db.Set<MembershipRecord>().Any(record => record.Id == id && record.ClusterId == Cluster.Id)) return NotFound();
        if (db.UndoMembership(id, clock.UtcNow) is { } rule)
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
        Of(school.Urn).On(clock.Today) is { } span ? $"is {span}" : null }.Where(text => !string.IsNullOrEmpty(text)));

    private MembershipHistory Of(SchoolUrn urn) => held.GetValueOrDefault(urn, MembershipHistory.None);

    private void Load()
    {
        var memberships = db.Memberships(Cluster);
        held = memberships.GroupBy(membership => membership.Urn).ToDictionary(of => of.Key, of => MembershipHistory.Of(of.Select(membership => membership.Span)));
        var names = db.Schools.AsNoTracking().Where(school => memberships.Select(membership => membership.Urn).Contains(school.Urn)).ToDictionary(school => school.Urn, school => school.Name);
        Now = TableOf("now", "Now and in time to come", memberships.Where(membership => membership.Span.Until is null || membership.Span.Until >= clock.Today), names);
        Former = TableOf("former", "Former members", memberships.Where(membership => membership.Span.Until < clock.Today), names);
        LoadChanges();
        if (string.IsNullOrWhiteSpace(Q)) return;
        var query = db.Schools.AsNoTracking();
        foreach (var word in SearchWords.Of(Q).Take(8))
            query = query.Where(school => school.SearchText.Contains(word));
        // The authority's own schools first, then those that are open.
        var authority = LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var code) ? code : (LocalAuthorityCode?)null;
        var found = query.OrderBy(school => school.Authority == authority ? 0 : 1).ThenBy(school => school.Status == SchoolStatus.Open || school.Status == SchoolStatus.OpenProposedToClose ? 0 : 1)
            .ThenBy(school => school.Name).ThenBy(school => school.Urn).Take(MostFound + 1).ToList();
        (Found, More) = (found.Take(MostFound).ToList(), found.Count > MostFound);
    }

    private void LoadChanges()
    {
        var records = db.Set<MembershipRecord>().AsNoTracking().Include(record => record.Rows).Where(record => record.ClusterId == Cluster.Id && record.ImportId == null)
            .OrderByDescending(record => record.Sequence).Take(MostChanges).ToList();
        var urns = records.Select(record => record.Urn).Distinct().ToList();
        var latest = db.MembershipRecordsStanding.Where(record => record.ClusterId == Cluster.Id && urns.Contains(record.Urn)).GroupBy(record => record.Urn).Select(of => of.Max(record => record.Sequence)).ToHashSet();
        var schools = db.Schools.AsNoTracking().Where(school => urns.Contains(school.Urn)).ToDictionary(school => school.Urn, school => school.Name);
        Changes = [.. records.Select(record => new Change(record.Id, schools.GetValueOrDefault(record.Urn, $"School {record.Urn}"), record.Note,
            LocalClock.ToLondon(record.RecordedAt).ToString("d MMMM yyyy, HH:mm", CultureInfo.GetCultureInfo("en-GB")),
            record.UndoneAt is DateTime undone ? $"; undone {LocalClock.ToLondon(undone).ToString("d MMMM yyyy, HH:mm", CultureInfo.GetCultureInfo("en-GB"))}" : "",
            record.UndoneAt is null && latest.Contains(record.Sequence)))];
    }

    private Table TableOf(string id, string caption, IEnumerable<Membership> memberships, Dictionary<SchoolUrn, string> names) => new(id, caption,
        [new("school", "School", ColumnRole.Label), new("membership", "Membership"), new("from", "From"), new("until", "Until")],
        [.. memberships.OrderBy(membership => names.GetValueOrDefault(membership.Urn), StringComparer.OrdinalIgnoreCase).ThenBy(membership => membership.Span.From).Select(membership => new Row(
        [
            new(names.GetValueOrDefault(membership.Urn, $"School {membership.Urn}"), Href: string.Create(CultureInfo.InvariantCulture, $"/clusters/{Cluster.Slug}/members/{membership.Urn}?from={membership.Span.From:yyyy-MM-dd}")),
            new(membership.Span.Kind == MembershipKind.Full ? "Full" : "Associate"), new(Lists.Day(membership.Span.From)), new(Lists.Day(membership.Span.Until)),
        ]))]);
}
