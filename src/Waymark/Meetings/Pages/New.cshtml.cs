using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>A meeting is put into the year; its agenda is the one that the board approved for its kind.</summary>
public sealed class NewModel(WaymarkDb db, LocalClock clock) : MeetingForm(db, clock)
{
    [BindProperty, Display(Name = "What kind of meeting it is")] public MeetingKind? Kind { get; set; }
    [BindProperty, Display(Name = "Whose meeting it is")] public List<string> Of { get; set; } = [];
    [BindProperty, Display(Name = "What it is called")] public string? Title { get; set; }

    public IReadOnlyList<SelectListItem> AllClusters => [.. Db.Clusters.AsNoTracking().AsEnumerable().Select(cluster => new SelectListItem(cluster.Name, cluster.Slug))];

    public void OnGet() => (Kind, Starts, Ends) = (MeetingKind.Cluster, "13:30", "16:00");

    public IActionResult OnPost()
    {
        var clusters = Of.Select(slug => Db.FindCluster(slug)).OfType<Cluster>().ToList();
        Refuse(nameof(Kind), Kind is null || !Enum.IsDefined(Kind.Value) ? "Select what kind of meeting it is" : null);
        Refuse(nameof(Of), Kind == MeetingKind.Cluster && clusters.Count == 0 ? "Select the cluster whose meeting it is" : null);
        if (Kind == MeetingKind.Cluster && string.IsNullOrWhiteSpace(Title)) Title = string.Join(" and ", clusters.Select(cluster => cluster.Name));
        Refuse(nameof(Title), Waymark.Meetings.Meeting.CheckTitle(Title));
        if (ReadTimes() is not var (starts, ends)) return Page();
        var meeting = Db.NewMeeting(Kind!.Value, Title!.Trim(), Day!.Value, starts, ends, Venue?.Trim() ?? "", JoiningLink?.Trim() ?? "", Kind == MeetingKind.Cluster ? clusters : []);
        Db.SaveChanges();
        return Done($"{meeting.Title} is scheduled for {MeetingWords.Day(meeting.Day)}", $"/meetings/{meeting.Id}");
    }
}
