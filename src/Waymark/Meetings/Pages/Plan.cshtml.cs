using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>The year's dates are proposed for those chosen; a person changes and schedules them.</summary>
public sealed class PlanModel(WaymarkDb db, LocalClock clock) : PageModel
{
    private const string Board = "board";
    public static readonly IReadOnlyList<DayOfWeek> Week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public IReadOnlyList<AcademicYear> Years { get; private set; } = [];
    public AcademicYear Year { get; private set; }
    public IReadOnlyList<string> Of { get; private set; } = [];
    public IReadOnlyList<DayOfWeek> Days { get; private set; } = [];
    public string Starts { get; private set; } = "13:30";
    public string Ends { get; private set; } = "16:00";
    public IReadOnlyList<(string Value, string Text)> Choices { get; private set; } = [];
    public IReadOnlyList<Proposal> Proposals { get; private set; } = [];
    public string Says { get; private set; } = "";
    public bool Asked => Of.Count > 0;

    private List<Cluster> clusters = [];
    private List<Containment> joint = [];
    private List<ClusterContact> contacts = [];
    private ILookup<int, SchoolUrn> members = null!;

    public int IndexOf(Proposal proposal) => Proposals.Select((each, i) => (each, i)).First(of => ReferenceEquals(of.each, proposal)).i;
    public string ValueOf(PlanSubject subject) => subject.Kind == MeetingKind.Board ? Board : string.Join(',', subject.ClusterIds);

    public void OnGet(string? year, string[] of, DayOfWeek[] days, string? starts, string? ends)
    {
        Load(year);
        (Of, Days) = ([.. of.Where(value => Choices.Any(choice => choice.Value == value))], [.. days.Where(Week.Contains)]);
        (Starts, Ends) = (starts ?? Starts, ends ?? Ends);
        if (Years.Count == 0 || Of.Count == 0) return;
        var halves = db.Set<HalfTermDates>().AsNoTracking().AsEnumerable().Where(dates => dates.HalfTerm.Year == Year && dates.Until > clock.Today).ToList();
        var planner = new Planner(halves, [.. db.Set<ClosedDays>().AsNoTracking()], Days.ToHashSet(), clock.Today);
        Proposals = planner.Propose(Subjects([.. halves.Select(dates => dates.HalfTerm)]), Standing());
        var placed = Proposals.Count(proposal => proposal.Day is not null);
        Says = $"{placed} of {Proposals.Count} meetings have a date; {Proposals.Count(proposal => proposal.Notes.Count > 0)} could not be given all that was wished for, and say why.";
    }

    public IActionResult OnPost(string[] subject, DateOnly[] day, string[] take, string? starts, string? ends)
    {
        Load(null);
        var (from, until) = (MeetingForm.Read(starts), MeetingForm.Read(ends));
        if (from is null || until is null || until <= from) ModelState.AddModelError("", "Enter when they start and end, like 13:30 and 16:00");
        else if (subject.Length != day.Length || day.Length != take.Length) ModelState.AddModelError("", "A day is missing or is none: write each as 2016-10-12");
        if (!ModelState.IsValid) return Page();
        var scheduled = 0;
        foreach (var (who, when) in subject.Zip(day).Where((_, i) => take[i] == "yes"))
        {
            var ids = who == Board ? [] : who.Split(',').Select(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
            var of = clusters.FindAll(cluster => ids.Contains(cluster.Id));
            if (who != Board && of.Count == 0) return NotFound();
            db.NewMeeting(who == Board ? MeetingKind.Board : MeetingKind.Cluster, who == Board ? "Board" : string.Join(" and ", of.Select(cluster => cluster.Name)), when, from!.Value, until!.Value, "", "", of);
            scheduled++;
        }
        db.SaveChanges();
        TempData.Done(scheduled == 1 ? "1 meeting is scheduled" : $"{scheduled} meetings are scheduled");
        return Redirect("/meetings");
    }

    private void Load(string? year)
    {
        Years = [.. db.Set<HalfTermDates>().AsNoTracking().AsEnumerable().Where(dates => dates.Until > clock.Today).Select(dates => dates.HalfTerm.Year).Distinct().Order()];
        Year = AcademicYear.TryParseCode(year, out var wanted) && Years.Contains(wanted) ? wanted : Years.Count > 0 ? Years[0] : AcademicYear.Of(clock.Today);
        clusters = [.. db.Clusters.AsNoTracking()];
        joint = [.. db.ClustersOfJoint().Where(of => of.HoldsOn(clock.Today))];
        contacts = [.. db.ClusterContacts.AsNoTracking().Where(contact => contact.Capacity == ContactCapacity.Officer || contact.Capacity == ContactCapacity.Lead).AsEnumerable().Where(contact => contact.On(clock.Today))];
        members = db.MemberSchoolsOn(clock.Today).Where(member => member.IsFull).ToLookup(member => member.Membership.ClusterId, member => member.School.Urn);
        Choices = [(Board, "The board"), .. clusters.Select(cluster => (cluster.Slug, cluster.Kind == ClusterKind.Joint ? $"{cluster.Name}: jointly in every second half of a term, by themselves in the first" : cluster.Name))];
    }

    private List<PlanSubject> Subjects(IReadOnlyList<HalfTerm> rounds)
    {
        var subjects = new List<PlanSubject>();
        if (Of.Contains(Board)) subjects.Add(new("Board", [], MeetingKind.Board, new HashSet<string>(), new HashSet<SchoolUrn>(), rounds));
        var chosen = clusters.Where(cluster => Of.Contains(cluster.Slug)).ToList();
        // Clusters that also meet jointly do so in the second half of each term, and by themselves in the first.
        var parts = joint.Where(of => chosen.Exists(cluster => cluster.Place == of.Parent)).Select(of => of.Child).ToHashSet();
        var (first, second) = (rounds.Where(round => round.Number % 2 == 1).ToList(), rounds.Where(round => round.Number % 2 == 0).ToList());
        subjects.AddRange(chosen.Union(clusters.Where(cluster => parts.Contains(cluster.Place))).Select(cluster => new PlanSubject(cluster.Name, [cluster.Id], MeetingKind.Cluster, PeopleOf([cluster.Id]), SchoolsOf([cluster]),
            cluster.Kind == ClusterKind.Joint ? second : parts.Contains(cluster.Place) ? first : rounds)));
        return subjects;
    }

    private IReadOnlyList<Fixed> Standing()
    {
        var meetings = db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).Where(meeting => meeting.State != MeetingState.Cancelled).ToList().Where(meeting => meeting.Round.Year == Year);
        return [.. meetings.Select(meeting => (meeting, ids: meeting.Clusters.Select(of => of.ClusterId).ToList())).Select(of =>
            new Fixed(of.meeting.Kind == MeetingKind.Board ? "Board" : of.meeting.Title, of.meeting.Day, PeopleOf(of.ids), SchoolsOf([.. clusters.Where(cluster => of.ids.Contains(cluster.Id))]), of.ids, of.meeting.Round))];
    }

    /// <summary>The officer and the lead of a cluster; those of the joint one for its parts, and of the parts for the joint one.</summary>
    private HashSet<string> PeopleOf(IReadOnlyCollection<int> ids)
    {
        var around = joint.Where(of => ids.Contains(of.Parent.Number) || ids.Contains(of.Child.Number)).Select(of => ids.Contains(of.Parent.Number) ? of.Child.Number : of.Parent.Number).ToHashSet();
        return [.. contacts.Where(contact => ids.Contains(contact.ClusterId) || (around.Contains(contact.ClusterId) && contact.Capacity == ContactCapacity.Officer)).Select(contact => contact.Name)];
    }

    private HashSet<SchoolUrn> SchoolsOf(IReadOnlyCollection<Cluster> of) => [.. of.SelectMany(cluster => members[cluster.Id])];
}
