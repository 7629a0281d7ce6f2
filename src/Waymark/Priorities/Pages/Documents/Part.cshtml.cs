using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>One element, principle or section of a draft: written, changed, taken out.</summary>
public sealed class PartModel(WaymarkDb db, LocalClock clock) : DocumentPage(db, clock)
{
    [BindProperty, Display(Name = "Kind")] public PartKind? Kind { get; set; }
    [BindProperty, Display(Name = "What it says")] public string? Title { get; set; }
    [BindProperty, Display(Name = "More"), StringLength(10_000)] public string? Text { get; set; }
    [BindProperty, Display(Name = "Place among its kind"), Range(0, 999)] public int Position { get; set; }

    public DocumentPart? Existing { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        var code = (string)context.RouteData.Values["part"]!;
        Existing = Parts.FirstOrDefault(part => part.Code == code);
        if (Existing is null && code != "new") context.Result = NotFound();
    }

    public void OnGet()
    {
        if (Existing is { } part) (Kind, Title, Text, Position) = (part.Kind, part.Title, part.Text, part.Position);
        else Position = Parts.Count + 1;
    }

    public IActionResult OnPost()
    {
        Say(nameof(Kind), Kind is null || !Enum.IsDefined(Kind.Value) ? "Select the kind" : null);
        Say(nameof(Title), DocumentPart.CheckTitle(Title) ?? Frozen);
        if (!ModelState.IsValid) return Page();
        if (Existing is { } part) (part.Kind, part.Title, part.Text, part.Position) = (Kind!.Value, Title!.Trim(), Text?.Trim() ?? "", Position);
        else Db.Add(new DocumentPart { VersionId = Of.Version.Id, Code = NewCode(), Kind = Kind!.Value, Title = Title!.Trim(), Text = Text?.Trim() ?? "", Position = Position });
        return Saved("The part was saved");
    }

    public IActionResult OnPostRemove()
    {
        if (Existing is null) return NotFound();
        ModelState.Clear();
        Say(nameof(Title), Frozen);
        if (!ModelState.IsValid)
        {
            OnGet();
            return Page();
        }
        Db.Remove(Existing);
        return Saved("The part was removed");
    }

    private string? Frozen => Of.Version.State switch
    {
        VersionState.Approved => "This version is approved and stays as it is. Begin the next one",
        VersionState.Consulted when Of.Version.TakesAnswers(Today) => "People are being asked about these words. Change them when the consultation is over",
        _ => null,
    };

    /// <summary>From its first words, told apart from the others by a number; "new" is an address.</summary>
    private string NewCode()
    {
        var slug = Cluster.SlugOf(string.Join(' ', Title!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(5)));
        slug = slug.Length is 0 or > 60 ? "part" : slug;
        return Enumerable.Range(1, 1_000).Select(number => number == 1 && slug != "new" ? slug : $"{slug}-{number}").First(code => Parts.All(part => part.Code != code));
    }

    private RedirectResult Saved(string sentence)
    {
        Db.SaveChanges();
        TempData.Done(sentence);
        return Redirect(Of.Address);
    }
}
