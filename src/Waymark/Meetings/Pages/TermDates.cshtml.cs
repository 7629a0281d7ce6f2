using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>The authority's half terms and holidays, entered or loaded from a calendar file.</summary>
[UploadLimit(2 * 1024 * 1024)]
public sealed class TermDatesModel(WaymarkDb db, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "What it is")] public string? Why { get; set; }
    [BindProperty, Display(Name = "First day")] public DateOnly? First { get; set; }
    [BindProperty, Display(Name = "Last day")] public DateOnly? Last { get; set; }
    [BindProperty, Display(Name = "Who cannot")] public string? Who { get; set; }
    [BindProperty, Display(Name = "Calendar file")] public IFormFile? Calendar { get; set; }

    public AcademicYear Year { get; private set; }
    public string[] From { get; private set; } = new string[6];
    public string[] Until { get; private set; } = new string[6];
    public IReadOnlyList<ClosedDays> Closed { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Year = AcademicYear.TryParseCode(Request.Query["year"], out var wanted) ? wanted : AcademicYear.Of(clock.Today);
        var (first, last) = (Year.FirstDay, Year.LastDay);
        foreach (var dates in Known()) (From[dates.HalfTerm.Number - 1], Until[dates.HalfTerm.Number - 1]) = (Iso(dates.From), Iso(dates.Until));
        Closed = [.. db.Set<ClosedDays>().AsNoTracking().Where(days => days.Until >= first && days.From <= last).OrderBy(days => days.From)];
    }

    public void OnGet() { }

    public IActionResult OnPost(string?[] from, string?[] until)
    {
        if (from.Length != 6 || until.Length != 6) return NotFound();
        // A box that was left empty comes as nothing.
        (From, Until) = ([.. from.Select(text => text ?? "")], [.. until.Select(text => text ?? "")]);
        var read = new List<HalfTermDates>();
        for (var i = 0; i < 6; i++)
        {
            var half = new HalfTerm(Year, i + 1);
            if (From[i].Length + Until[i].Length == 0) continue;
            if (Day(From[i]) is not { } first || Day(Until[i]) is not { } last) ModelState.AddModelError("", $"Enter the first and the last day of the {half}");
            else if (AcademicYear.Of(first) != Year || AcademicYear.Of(last) != Year) ModelState.AddModelError("", $"The {half} must lie in {Year}");
            else read.Add(new HalfTermDates { HalfTerm = half, From = first, Until = last });
        }
        if (ModelState.IsValid && HalfTermDates.Check(read) is { } rule) ModelState.AddModelError("", rule.TrimEnd('.'));
        if (!ModelState.IsValid) return Page();
        var known = Known();
        foreach (var dates in read)
        {
            if (known.Find(each => each.HalfTerm == dates.HalfTerm) is { } there) (there.From, there.Until, there.Version) = (dates.From, dates.Until, there.Version + 1);
            else db.Add(dates);
        }
        db.RemoveRange(known.Where(there => !read.Exists(dates => dates.HalfTerm == there.HalfTerm)));
        return Done("The half terms are saved");
    }

    public IActionResult OnPostAdd()
    {
        if (string.IsNullOrWhiteSpace(Why) || Why.Length > 100) ModelState.AddModelError(nameof(Why), "Enter what it is, in 100 characters or fewer");
        if (Who?.Length > 100) ModelState.AddModelError(nameof(Who), "The name must be 100 characters or fewer");
        if (First is null && ModelState.GetFieldValidationState(nameof(First)) != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid) ModelState.AddModelError(nameof(First), "Enter the first day");
        if (Last < First) ModelState.AddModelError(nameof(Last), "The last day must be the same as or after the first day");
        if (!ModelState.IsValid) return Page();
        db.Add(new ClosedDays { From = First!.Value, Until = Last ?? First.Value, Why = Why!.Trim(), Who = Who?.Trim() ?? "" });
        return Done($"{Why.Trim()} is entered");
    }

    public IActionResult OnPostRemove(int days)
    {
        if (db.Set<ClosedDays>().Find(days) is not { } found) return NotFound();
        db.Remove(found);
        return Done($"{found.Why} was removed");
    }

    public IActionResult OnPostCalendar()
    {
        var read = Calendar is { Length: > 0 } ? ICalendarReader.Read(Text(Calendar)) : null;
        if (Calendar is not { Length: > 0 }) ModelState.AddModelError(nameof(Calendar), "Select a calendar file");
        else if (read is null) ModelState.AddModelError(nameof(Calendar), "The file is no calendar: it must be an iCalendar file (.ics)");
        if (!ModelState.IsValid) return Page();
        var known = db.Set<ClosedDays>().Select(days => days.Uid).Where(uid => uid != "").ToHashSet();
        var added = 0;
        foreach (var holiday in read!.All("VEVENT"))
        {
            if (holiday.Line("DTSTART") is not { Day: { } first } starts) continue;
            // The end of whole days is the day after the last.
            var last = holiday.Line("DTEND") is { Day: { } end } ends && end > first ? ends.IsWholeDay ? end.AddDays(-1) : end : first;
            var uid = $"{holiday.Text("UID")} {starts.Value}";
            if (!known.Add(uid)) continue;
            var why = holiday.Text("SUMMARY") is { Length: > 0 } summary ? summary.Length > 100 ? summary[..100] : summary : "Holiday";
            db.Add(new ClosedDays { From = first, Until = last, Why = why, Uid = uid });
            added++;
        }
        return Done(added == 1 ? "1 time of holidays was loaded" : $"{added} times of holidays were loaded");
    }

    private RedirectResult Done(string sentence)
    {
        TempData.Done(sentence);
        return Redirect($"/term-dates?year={Year.Code}");
    }

    private List<HalfTermDates> Known() => [.. db.Set<HalfTermDates>().AsEnumerable().Where(dates => dates.HalfTerm.Year == Year)];

    private static string Text(IFormFile file)
    {
        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
