using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Meetings.Pages;

/// <summary>The list at the door, on a phone: who is here for which school, who sent apologies; after the meeting, its correction.</summary>
public sealed class AttendanceModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty, Display(Name = "Organisation")] public string? Organisation { get; set; }
    [BindProperty, Display(Name = "Name")] public string? Name { get; set; }
    [BindProperty, Display(Name = "Role")] public string? Role { get; set; }

    public IReadOnlyList<SchoolAtMeeting> Rows { get; private set; } = [];
    public IReadOnlyList<Representative> Others { get; private set; } = [];
    public string Counts { get; private set; } = "";

    /// <summary>The school whose form was wrong, and what stands against it.</summary>
    public SchoolUrn? Wrong { get; private set; }
    private string rule = "";

    public string? Fault(SchoolUrn urn) => Wrong == urn ? rule : null;
    public string? Typed(SchoolUrn urn, string field) => Wrong == urn ? Request.Form[field].ToString() : null;

    public void OnGet() => Load();

    public IActionResult OnPostOpen()
    {
        if (Refuse("", Meeting.Open(Clock.Today, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))))) return Again();
        return Done("The doors are open", $"{Home}/attendance");
    }

    public IActionResult OnPostSign(int urn, string? name, string? role, string? standsInFor, string[] how)
    {
        LoadAttendance();
        if (School(urn) is not { } school) return NotFound();
        var who = new Representative
        {
            Urn = school.Urn,
            Name = name?.Trim() ?? "",
            Role = role?.Trim() ?? "",
            StandsInFor = standsInFor?.Trim() ?? "",
            Late = how.Contains("late"),
            Online = how.Contains("online"),
            At = Clock.UtcNow,
            By = Meeting.IsHeld ? SignedInBy.Afterwards : SignedInBy.List,
        };
        if (Meeting.SignIn(who, out _) is { } broken) return Again(school.Urn, broken);
        return Done($"{(who.Name.Length > 0 ? who.Name : "Somebody")} is here for {school.Name}", $"{Home}/attendance{(Q is { Length: > 0 } ? $"?q={Uri.EscapeDataString(Q)}" : "")}#school-{school.Urn}");
    }

    public IActionResult OnPostApologise(int urn, string? by, string? note)
    {
        LoadAttendance();
        if (School(urn) is not { } school) return NotFound();
        if (Meeting.Apologise(new Apology { Urn = school.Urn, By = by?.Trim() ?? "", Note = note?.Trim() ?? "" }) is { } broken) return Again(school.Urn, broken);
        return Done($"Apologies of {school.Name} are recorded", $"{Home}/attendance#school-{school.Urn}");
    }

    public IActionResult OnPostRemove(int who)
    {
        LoadAttendance();
        if (Meeting.Representatives.Find(one => one.Id == who) is not { } wrong) return NotFound();
        Db.Remove(wrong);
        return Done($"{(wrong.Name.Length > 0 ? wrong.Name : "The entry")} was removed from the list", $"{Home}/attendance");
    }

    public IActionResult OnPostOther()
    {
        LoadAttendance();
        Refuse(nameof(Organisation), string.IsNullOrWhiteSpace(Organisation) ? "Enter the organisation" : null);
        Refuse(nameof(Name), string.IsNullOrWhiteSpace(Name) ? "Enter the name" : null);
        if (!ModelState.IsValid) return Again();
        var who = new Representative { Organisation = Organisation!.Trim(), Name = Name!.Trim(), Role = Role?.Trim() ?? "", At = Clock.UtcNow, By = Meeting.IsHeld ? SignedInBy.Afterwards : SignedInBy.List };
        if (Refuse(nameof(Name), Meeting.SignIn(who, out _))) return Again();
        return Done($"{who.Name} is here for {who.Organisation}", $"{Home}/attendance");
    }

    private PageResult Again(SchoolUrn? wrong = null, string? broken = null)
    {
        if (broken is not null)
        {
            (Wrong, rule) = (wrong, broken.TrimEnd('.'));
            ModelState.AddModelError("", rule);
        }
        Load();
        return Page();
    }

    private School? School(int urn) => urn is >= 100_000 and <= 999_999 ? Db.Schools.AsNoTracking().FirstOrDefault(school => school.Urn == new SchoolUrn(urn)) : null;

    private void Load()
    {
        LoadAttendance();
        var others = Db.MeetingsWithAttendance.AsNoTracking().Where(meeting => meeting.Round == Meeting.Round && meeting.Kind == MeetingKind.Cluster && meeting.State == MeetingState.Closed && meeting.Id != Meeting.Id).ToList();
        var all = Attendances.Of(Db, [Meeting, .. others]).At(Meeting).ToList();
        var tally = Tally.Of(all);
        Counts = Meeting.Kind == MeetingKind.Cluster
            ? $"{tally.Present} of {tally.Members} members {(Meeting.IsHeld ? "were represented" : "are here")}{(tally.Guests > 0 ? $", and {tally.Guests} more {(tally.Guests == 1 ? "school" : "schools")}" : "")}; {tally.Apologies} sent apologies."
            : $"{Meeting.Representatives.Count} {(Meeting.Representatives.Count == 1 ? "person" : "people")}.";
        // Associates stand in the list at the door, expected or not.
        var listed = all.Select(of => of.School.Urn).ToHashSet();
        var associates = Clusters.SelectMany(cluster => Db.MemberSchoolsOn(Meeting.Day, cluster)).Where(member => listed.Add(member.School.Urn)).Select(member => member.School).ToList();
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var words = SearchWords.Of(Q).Take(6).ToList();
            bool Fits(School school) => words.TrueForAll(word => school.SearchText.Contains(word, StringComparison.Ordinal));
            all = all.FindAll(of => Fits(of.School));
            associates = associates.FindAll(Fits);
            var found = Db.CurrentSchools.AsNoTracking();
            foreach (var word in words) found = found.Where(school => school.SearchText.Contains(word));
            associates.AddRange(found.OrderBy(school => school.Name).Take(20).AsEnumerable().Where(school => listed.Add(school.Urn)));
        }
        Rows = [.. all, .. associates.Select(school => new SchoolAtMeeting(Meeting, school, school.Urn, Standing.Associate, [], null))];
        Others = [.. Meeting.Representatives.Where(who => who.Urn is null)];
    }
}
