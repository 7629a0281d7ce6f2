using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>Signing in by the code on the wall, on one's own phone, without an account; only while the meeting is under way.</summary>
public sealed class SignInModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    [BindProperty, Display(Name = "Your school")] public int? Urn { get; set; }
    [BindProperty, Display(Name = "Another school or organisation")] public string? Organisation { get; set; }
    [BindProperty, Display(Name = "Your name")] public string? Name { get; set; }
    [BindProperty, Display(Name = "What you are there")] public string? Role { get; set; }
    [BindProperty, Display(Name = "Whom you stand in for, if anybody")] public string? StandsInFor { get; set; }

    public IReadOnlyList<SelectListItem> Schools { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        LoadAttendance();
        var members = Clusters.SelectMany(cluster => Db.MemberSchoolsOn(Meeting.Day, cluster)).Select(member => member.School).DistinctBy(school => school.Urn).ToList();
        var here = members.Select(school => school.Urn).ToHashSet();
        // Schools of other clusters come, too; they stand after the members.
        var others = Db.MemberSchoolsOn(Meeting.Day).Select(member => member.School).DistinctBy(school => school.Urn).Where(school => !here.Contains(school.Urn)).OrderBy(school => school.Name, StringComparer.OrdinalIgnoreCase);
        Schools = [new("Choose your school", ""), .. members.OrderBy(school => school.Name, StringComparer.OrdinalIgnoreCase).Concat(others).Select(school => new SelectListItem(school.Name, school.Urn.ToString()))];
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        var isListed = Urn is { } number && Schools.Any(school => school.Value == number.ToString(CultureInfo.InvariantCulture));
        Refuse(nameof(Urn), Urn is not null && !isListed ? "Select your school" : Urn is null && string.IsNullOrWhiteSpace(Organisation) ? "Select your school, or enter your organisation" : null);
        Refuse(nameof(Name), string.IsNullOrWhiteSpace(Name) ? "Enter your name" : null);
        if (!ModelState.IsValid) return Page();
        var who = new Representative
        {
            Urn = isListed ? new SchoolUrn(Urn!.Value) : null,
            Organisation = isListed ? "" : Organisation!.Trim(),
            Name = Name!.Trim(),
            Role = Role?.Trim() ?? "",
            StandsInFor = StandsInFor?.Trim() ?? "",
            At = Clock.UtcNow,
            By = SignedInBy.Code,
        };
        if (Refuse(nameof(Name), Meeting.SignIn(who, out _))) return Page();
        return Done($"You are in the list: {AttendanceWords.One(who)}", $"/door/{Meeting.DoorKey}");
    }
}
