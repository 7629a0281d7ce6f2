using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;

namespace Waymark.Meetings.Pages;

/// <summary>Minutes by item while the meeting runs; afterwards circulated, corrected, agreed at the next meeting, published.</summary>
public sealed class MinutesModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    public IReadOnlyList<AgendaItem> Items => Meeting.Items;
    public IReadOnlyList<SelectListItem> Later { get; private set; } = [];
    /// <summary>What looks as if it should not be public.</summary>
    public IReadOnlyList<string> Hits { get; private set; } = [];
    private (int Item, string Field, string Rule) wrong;

    public string? Fault(AgendaItem item, string field) => wrong.Item == item.Id && wrong.Field == field ? wrong.Rule : null;
    public string Text(AgendaItem item, string field, string saved) => wrong.Item == item.Id ? Request.Form[field].ToString() : saved;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        LoadAgenda();
        Later = [.. Db.Meetings.AsNoTracking().Where(other => other.Day > Meeting.Day && other.Kind == Meeting.Kind && (other.State == MeetingState.Closed || other.State == MeetingState.Open)).OrderBy(other => other.Day).AsEnumerable()
            .Select(other => new SelectListItem($"{other.Title}, {MeetingWords.Day(other.Day)}", other.Id.ToString(CultureInfo.InvariantCulture)))];
        Hits = PublicationScan.Hits(Meeting);
    }

    public void OnGet() { }

    public IActionResult OnPostItem(int item, string? discussion, string? decision, int seen, Resonance? resonates, string? what, string? owner, DateOnly? due)
    {
        if (Meeting.Items.Find(each => each.Id == item) is not { } of) return NotFound();
        if (Meeting.MayMinute is { } rule) return Wrong(of, "discussion", rule);
        if (AgendaItem.CheckText(discussion) is { } longer) return Wrong(of, "discussion", longer);
        if (AgendaItem.CheckText(decision) is { } longest) return Wrong(of, "decision", longest);
        if (seen != of.Version) return Wrong(of, "discussion", $"Somebody else saved this item meanwhile: {(of.Discussion.Length > 0 ? of.Discussion : "no discussion")} Yours stands below; save it again to put it in its place.");
        var hasAction = !string.IsNullOrWhiteSpace(what) || !string.IsNullOrWhiteSpace(owner) || due is not null;
        if (hasAction && MeetingAction.Check(what, owner, due, Meeting.Day) is { } action) return Wrong(of, "what", action);
        (of.Discussion, of.Decision, of.Resonates) = (discussion?.Trim() ?? "", decision?.Trim() ?? "", resonates is { } answer && Enum.IsDefined(answer) ? answer : of.Resonates);
        if (hasAction) of.Actions.Add(new MeetingAction { What = what!.Trim(), Owner = owner!.Trim(), Due = due!.Value });
        if (Meeting.Minutes is MinutesState.Circulated or MinutesState.Corrected) Meeting.MinutesBecome(MinutesState.Corrected);
        of.Version++;
        return Done($"{of.Title} was saved", $"{Home}/minutes#item-{of.Id}");
    }

    public IActionResult OnPostOutcome(int action, string? outcome)
    {
        if (Meeting.Items.SelectMany(item => item.Actions).FirstOrDefault(each => each.Id == action) is not { } of) return NotFound();
        if (Refuse("", outcome?.Length > 500 ? "What came of it must be 500 characters or fewer." : null)) return Page();
        of.Outcome = outcome?.Trim() ?? "";
        of.DoneOn = of.Outcome.Length > 0 ? Clock.Today : null;
        return Done("What came of it was saved", $"{Home}/minutes");
    }

    public IActionResult OnPostState(MinutesState next, int? at)
    {
        // What looks private is made public by two people, never by one.
        if (next == MinutesState.Published && Meeting.Minutes == MinutesState.Agreed && Hits.Count > 0 && (Meeting.PublishAskedBy is null || Meeting.PublishAskedBy == HttpContext.Caller.PersonId))
        {
            Meeting.PublishAskedBy = HttpContext.Caller.PersonId;
            return Done("A second person must now confirm that the minutes may be public", $"{Home}/minutes");
        }
        var later = at is null ? null : Db.Meetings.AsNoTracking().FirstOrDefault(meeting => meeting.Id == at);
        if (Refuse("", Meeting.MinutesBecome(next, later))) return Page();
        return Done($"The minutes are {next.InWords().ToLowerInvariant()}", Home);
    }

    private PageResult Wrong(AgendaItem item, string field, string rule)
    {
        wrong = (item.Id, field, rule.TrimEnd('.'));
        ModelState.AddModelError("", wrong.Rule);
        return Page();
    }
}
