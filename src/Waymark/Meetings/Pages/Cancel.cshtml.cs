using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>A meeting is called off.</summary>
public sealed class CancelModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    [BindProperty, Display(Name = "Why it is cancelled")] public string? Because { get; set; }

    public void OnGet() { }

    public IActionResult OnPost() => Refuse(nameof(Because), Meeting.Cancel(Because)) ? Page() : Done("The meeting is cancelled", Home);
}
