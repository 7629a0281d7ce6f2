using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>The versions of the cluster meetings' agenda: drafted in workshops, approved by the board.</summary>
public sealed class TemplateModel(WaymarkDb db, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "The items")] public string? Items { get; set; }

    public IReadOnlyList<AgendaTemplate> Versions { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Boards { get; private set; } = [];

    public static Table TableOf(AgendaTemplate template) => new($"template-{template.Number}", $"{template.Items.Count} items, {template.Items.Sum(item => item.Minutes)} minutes",
        [new("item", "Item", ColumnRole.Label), new("purpose", "Purpose"), new("owner", "Who leads"), new("question", "Question"), new("minutes", "Minutes", ColumnRole.Number)],
        [.. template.Items.OrderBy(item => item.Position).Select(item => new Row([new($"{item.Position}. {item.Title}"), new(item.Purpose.InWords()), new(item.Owner), new(item.Question), new($"{item.Minutes}", item.Minutes)]))]);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Versions = [.. db.Set<AgendaTemplate>().Include(template => template.Items).Where(template => template.Kind == MeetingKind.Cluster).OrderByDescending(template => template.Number)];
        Boards = [new("Choose the meeting", ""), .. db.Meetings.AsNoTracking().Where(meeting => meeting.Kind == MeetingKind.Board && meeting.State != MeetingState.Cancelled).OrderByDescending(meeting => meeting.Day).AsEnumerable()
            .Where(meeting => meeting.Day <= clock.Today).Select(meeting => new SelectListItem(MeetingWords.Day(meeting.Day), meeting.Id.ToString(CultureInfo.InvariantCulture)))];
    }

    public void OnGet() => Items = Versions.Count == 0 ? null : string.Join('\n', Versions[0].Items.OrderBy(item => item.Position).Select(item => $"{item.Minutes}; {item.Purpose.InWords()}; {item.Title}; {item.Owner}; {item.Question}"));

    public IActionResult OnPost()
    {
        var template = new AgendaTemplate { Kind = MeetingKind.Cluster, Number = Versions.Select(each => each.Number).DefaultIfEmpty(0).Max() + 1, DraftedOn = clock.Today };
        foreach (var (line, i) in (Items ?? "").ReplaceLineEndings("\n").Split('\n').Select((line, i) => (line, i)).Where(of => of.line.Trim().Length > 0))
        {
            var parts = line.Split(';', StringSplitOptions.TrimEntries);
            Purpose? purpose = Enum.GetValues<Purpose>().Where(each => parts.Length > 1 && each.InWords().Equals(parts[1], StringComparison.OrdinalIgnoreCase)).Select(each => (Purpose?)each).FirstOrDefault();
            var minutes = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
            var rule = parts.Length is < 3 or > 5 ? "write minutes; purpose; what it is about" : AgendaItem.CheckMinutes(minutes) is not null ? "the minutes must be a number from 1 to 480" : purpose is null ? "the purpose must be to know, to discuss or to decide" : AgendaItem.CheckTitle(parts[2]) is { } title ? title.TrimEnd('.') : null;
            if (rule is not null) ModelState.AddModelError(nameof(Items), $"Line {i + 1}: {rule}");
            else template.Items.Add(new TemplateItem { Position = template.Items.Count + 1, Title = parts[2], Purpose = purpose!.Value, Minutes = minutes!.Value, Owner = parts.ElementAtOrDefault(3) ?? "", Question = parts.ElementAtOrDefault(4) ?? "" });
        }
        if (ModelState.IsValid && template.Items.Count == 0) ModelState.AddModelError(nameof(Items), "Enter the items, one a line");
        if (!ModelState.IsValid) return Page();
        db.Add(template);
        return Done($"Version {template.Number} is drafted");
    }

    public IActionResult OnPostApprove(int template, int? at)
    {
        if (Versions.FirstOrDefault(each => each.Id == template) is not { } found) return NotFound();
        if (found.Approve(at is null ? null : db.Meetings.FirstOrDefault(meeting => meeting.Id == at)) is { } rule)
        {
            ModelState.AddModelError("", rule.TrimEnd('.'));
            return Page();
        }
        return Done($"Version {found.Number} is approved: new meetings start from it");
    }

    private RedirectResult Done(string sentence)
    {
        TempData.Done(sentence);
        return Redirect("/agenda-template");
    }
}
