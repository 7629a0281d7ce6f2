using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>One item of an agenda: what, what for, how long, by whom.</summary>
public sealed class ItemModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    [BindProperty, Display(Name = "What it is about")] public string? Title { get; set; }
    [BindProperty, Display(Name = "What it is for")] public Purpose? Purpose { get; set; }
    [BindProperty, Display(Name = "How long it takes")] public int? Minutes { get; set; }
    [BindProperty, Display(Name = "Who leads it")] public string? Owner { get; set; }
    [BindProperty, Display(Name = "The question to the meeting")] public string? Question { get; set; }
    [BindProperty, Display(Name = "A finding that is put to the meeting")] public string? Finding { get; set; }
    [BindProperty, Display(Name = "Confidential")] public bool Confidential { get; set; }

    public AgendaItem? Existing { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        LoadAgenda();
        var item = (string)context.RouteData.Values["item"]!;
        Existing = Meeting.Items.Find(each => each.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == item);
        if (Existing is null && item != "new") context.Result = NotFound();
    }

    public void OnGet()
    {
        if (Existing is { } item) (Title, Purpose, Minutes, Owner, Question, Finding, Confidential) = (item.Title, item.Purpose, item.Minutes, item.Owner, item.Question, item.Finding, item.Confidential);
    }

    public IActionResult OnPost()
    {
        Refuse(nameof(Title), AgendaItem.CheckTitle(Title));
        Refuse(nameof(Purpose), Purpose is null || !Enum.IsDefined(Purpose.Value) ? "Select what it is for" : null);
        Refuse(nameof(Minutes), AgendaItem.CheckMinutes(Minutes));
        Refuse(nameof(Owner), Owner?.Length > 100 ? "Who leads it must be 100 characters or fewer" : null);
        Refuse(nameof(Question), Question?.Length > 500 ? "The question must be 500 characters or fewer" : null);
        Refuse(nameof(Finding), Finding?.Length > 500 ? "The finding must be 500 characters or fewer" : null);
        Refuse(nameof(Title), Meeting.MayMinute);
        if (!ModelState.IsValid) return Page();
        var item = Existing ?? new AgendaItem { Position = Meeting.Items.Count + 1, Title = Title!, Purpose = Purpose!.Value, Minutes = Minutes!.Value };
        (item.Title, item.Purpose, item.Minutes, item.Owner, item.Question, item.Finding, item.Confidential) = (Title!.Trim(), Purpose!.Value, Minutes!.Value, Owner?.Trim() ?? "", Question?.Trim() ?? "", Finding?.Trim() ?? "", Confidential);
        if (Existing is null) Meeting.Items.Add(item);
        item.Version++;
        return Done($"{item.Title} was saved", $"{Home}/agenda");
    }

    public IActionResult OnPostRemove()
    {
        if (Existing is not { } item) return NotFound();
        if (Refuse("", item.Discussion.Length + item.Decision.Length + item.Actions.Count > 0 ? "Something is minuted of this item. It stays." : Meeting.MayMinute)) return Page();
        Db.Remove(item);
        foreach (var later in Meeting.Items.Where(each => each.Position > item.Position)) later.Position--;
        return Done($"{item.Title} was taken off the agenda", $"{Home}/agenda");
    }
}
