using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Ledger;
using Waymark.Shared.Web;

namespace Waymark.Schools.Pages;

/// <summary>One school's pupils go on to another: entered by a person, changed, ended, taken out.</summary>
public sealed partial class EnterFeedModel(WaymarkDb db, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "Name of the pyramid"), Required(ErrorMessage = "Enter the name of the pyramid"), StringLength(Waymark.Schools.Pyramid.LongestName, ErrorMessage = "The name of the pyramid must be 100 characters or fewer")]
    public string? Pyramid { get; set; }
    [BindProperty(SupportsGet = true), Display(Name = "School that pupils leave")] public string? Feeder { get; set; }
    [BindProperty, Display(Name = "School they go on to")] public string? Receiver { get; set; }
    [BindProperty, Display(Name = "First day"), Required(ErrorMessage = "Enter the first day")] public DateOnly? From { get; set; }
    [BindProperty, Display(Name = "Last day")] public DateOnly? Until { get; set; }

    public Feed? Old { get; private set; }
    public bool IsNew => Old is null;
    public string Words { get; private set; } = "";

    public IReadOnlyList<string> Names => [.. db.Pyramids.AsNoTracking().OrderBy(pyramid => pyramid.Name).Select(pyramid => pyramid.Name)];

    /// <summary>To choose from while one types; all others are found by URN.</summary>
    public IReadOnlyList<string> SchoolNames => LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var authority)
        ? [.. db.CurrentSchools.Where(school => school.Authority == authority && school.Status != SchoolStatus.Closed).OrderBy(school => school.SearchText).AsEnumerable().Select(NameOf)] : [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Old = HttpContext.Found?.Record as Feed;
        if (Old is null) return;
        var names = db.SchoolsOn(clock.Today, [Old.Feeder, Old.Receiver]);
        Words = $"{names.GetValueOrDefault(Old.Feeder)?.Name ?? $"School {Old.Feeder}"} to {names.GetValueOrDefault(Old.Receiver)?.Name ?? $"school {Old.Receiver}"}";
    }

    public void OnGet()
    {
        ModelState.Clear();
        if (Old is null) return;
        var schools = db.Schools.AsNoTracking().Where(school => school.Urn == Old.Feeder || school.Urn == Old.Receiver).ToDictionary(school => school.Urn, NameOf);
        (Pyramid, Feeder, Receiver) = (db.Pyramids.Single(pyramid => pyramid.Id == Old.PyramidId).Name, schools.GetValueOrDefault(Old.Feeder, Old.Feeder.ToString()), schools.GetValueOrDefault(Old.Receiver, Old.Receiver.ToString()));
        (From, Until) = (Old.Span.From, Old.Span.Until);
    }

    public IActionResult OnPost()
    {
        var (feeder, receiver) = (Find(nameof(Feeder), Feeder, "the school that pupils leave"), Find(nameof(Receiver), Receiver, "the school they go on to"));
        if (feeder is not null && receiver is not null && Feed.RuleAgainst(feeder, receiver) is { } rule) ModelState.AddModelError(nameof(Receiver), rule.TrimEnd('.'));
        if (From is not null && new Span(From.Value, Until).CheckDays() is { } wrong) ModelState.AddModelError(Until < From ? nameof(Until) : nameof(From), wrong.TrimEnd('.'));
        if (!ModelState.IsValid) return Page();

        var name = Pyramid!.Trim();
        var pyramid = db.Pyramids.AsEnumerable().FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase)) ?? db.Add(new Pyramid { Name = name }).Entity;
        db.SaveChanges();
        var feed = new Feed(pyramid.Id, feeder!.Urn, receiver!.Urn, new Span(From!.Value, Until));
        var changes = new Dictionary<Belonging, IReadOnlyList<Span>>();
        if (Old is not null) changes[Old.Belonging] = [.. db.SpansOf(Old.Belonging).Where(span => span != Old.Span)];
        var others = changes.GetValueOrDefault(feed.Belonging) ?? db.SpansOf(feed.Belonging);
        changes[feed.Belonging] = [.. others, feed.Span];
        if (others.FirstOrDefault(feed.Span.Overlaps) is { } already) ModelState.AddModelError(nameof(From), $"{feeder.Name} feeds {receiver.Name} already, {already}");
        else if (feed == Old) ModelState.AddModelError(nameof(From), "Nothing is different. Change what was wrong, or go back");
        if (!ModelState.IsValid) return Page();

        var now = $"{feeder.Name} to {receiver.Name} in {pyramid.Name}, {feed.Span}";
        db.Record(changes.Select(change => (change.Key, change.Value)), Old is null ? $"Entered: {now}" : $"Changed: {now} (was: {Words}, {Old.Span})", clock.UtcNow);
        TempData.Done(Old is null ? $"{feeder.Name} feeds {receiver.Name} {feed.Span}" : $"Changed: {feeder.Name} feeds {receiver.Name} {feed.Span}");
        return Redirect("/pyramids");
    }

    public IActionResult OnPostTakeOut()
    {
        if (Old is null) return NotFound();
        db.Record([(Old.Belonging, [.. db.SpansOf(Old.Belonging).Where(span => span != Old.Span)])], $"Taken out: {Words}, {Old.Span}", clock.UtcNow);
        TempData.Done($"{Words} was taken out");
        return Redirect("/pyramids");
    }

    private static string NameOf(School school) => $"{school.Name} ({school.Urn})";

    [GeneratedRegex(@"\b(\d{6})\)?\s*$")]
    private static partial Regex Urn { get; }

    private School? Find(string field, string? text, string which)
    {
        text = text?.Trim() ?? "";
        if (text.Length == 0)
        {
            ModelState.AddModelError(field, $"Enter the name or the URN of {which}");
            return null;
        }
        if (Urn.Match(text) is { Success: true } match && SchoolUrn.TryParse(match.Groups[1].Value, null, out var urn))
        {
            if (db.Schools.AsNoTracking().FirstOrDefault(candidate => candidate.Urn == urn) is { } school) return school;
            ModelState.AddModelError(field, $"No school here has the URN {urn}. Search for the school to find its URN");
            return null;
        }
        var words = SearchWords.Of(text);
        var found = db.CurrentSchools.Named(text).Take(200).AsEnumerable().Where(candidate => words.All(SearchWords.Fold(candidate.Name).Contains)).Take(6).ToList();
        var same = found.Where(candidate => SearchWords.Fold(candidate.Name) == SearchWords.Fold(text)).ToList();
        if (same.Count == 1 || found.Count == 1) return (same.Count == 1 ? same : found)[0];
        ModelState.AddModelError(field, found.Count == 0 ? $"No school here is called ‘{text}’. Check the spelling, or enter its URN"
            : $"Several schools fit ‘{text}’. Enter the URN of one: {string.Join(", ", found.Take(5).Select(NameOf))}{(found.Count > 5 ? " and others" : "")}");
        return null;
    }
}
