using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Outcomes.Pages.Agreements;

/// <summary>What a school has agreed to share, and a new agreement.</summary>
public sealed class RecordModel(WaymarkDb db, LocalClock clock) : PageModel
{
    private const int Longest = 200;

    [BindProperty, Display(Name = "What the school shares")] public string[] Kinds { get; set; } = [];
    [BindProperty, Display(Name = "First academic year of the data")] public string? FirstYear { get; set; }
    [BindProperty, Display(Name = "Last academic year of the data")] public string? LastYear { get; set; }
    [BindProperty, Display(Name = "Day from which it holds")] public DateOnly? From { get; set; }
    [BindProperty, Display(Name = "Last day")] public DateOnly? Until { get; set; }
    [BindProperty, Display(Name = "Who gave it for the school")] public string? SignedBy { get; set; }
    [BindProperty, Display(Name = "In which capacity")] public string? SignedAs { get; set; }
    [BindProperty, Display(Name = "Reference")] public string? Reference { get; set; }

    public School School => HttpContext.Record<School>();
    public DateOnly Today => clock.Today;
    public IReadOnlyList<SharingAgreement> Before { get; private set; } = [];

    public IEnumerable<string> LabelsOf(SharingAgreement agreement) => agreement.KindList.Select(code => DataKind.All.First(kind => kind.Code == code).Label);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var line = db.LineOf(School.Urn);
        Before = [.. db.SharingAgreements.AsNoTracking().Where(agreement => line.Contains(agreement.School)).OrderByDescending(agreement => agreement.Id)];
    }

    public void OnGet()
    {
        var year = AcademicYear.Of(clock.Today);
        (FirstYear, LastYear, From, Until) = ($"{year.Code}", $"{year.Code}", clock.Today, year.LastDay);
    }

    public IActionResult OnPost()
    {
        if (Kinds.Length == 0 || Kinds.Except(DataKind.All.Select(kind => kind.Code)).Any()) ModelState.Say(nameof(Kinds), "Select what the school shares");
        var (first, last) = (YearOf(nameof(FirstYear), FirstYear), YearOf(nameof(LastYear), LastYear));
        if (first is { } begins && last is { } ends && ends.Code < begins.Code) ModelState.Say(nameof(LastYear), "The last year must be the same as or after the first");
        if (From is null) ModelState.Say(nameof(From), "Enter the day from which it holds");
        if (Until is null) ModelState.Say(nameof(Until), "Enter the last day");
        if (Until < From) ModelState.Say(nameof(Until), "The last day must be the same as or after the first");
        foreach (var (field, value, missing) in new[] { (nameof(SignedBy), SignedBy, "Enter the name of who gave it"), (nameof(SignedAs), SignedAs, "Enter the capacity, for example Headteacher"), (nameof(Reference), Reference, "Enter where the signed paper lies") })
            if (string.IsNullOrWhiteSpace(value)) ModelState.Say(field, missing);
            else if (value.Trim().Length > Longest) ModelState.Say(field, $"It must be {Longest} characters or fewer");
        if (!ModelState.IsValid) return Page();
        db.Add(new SharingAgreement
        {
            School = School.Urn,
            Kinds = string.Join(' ', DataKind.All.Select(kind => kind.Code).Where(Kinds.Contains)),
            FirstYear = first!.Value,
            LastYear = last!.Value,
            From = From!.Value,
            Until = Until!.Value,
            SignedBy = SignedBy!.Trim(),
            SignedAs = SignedAs!.Trim(),
            Reference = Reference!.Trim(),
        });
        db.SaveChanges();
        TempData.Done($"The agreement of {School.Name} was recorded");
        return Redirect($"/schools/{School.Urn}/agreement");
    }

    private AcademicYear? YearOf(string field, string? text)
    {
        if (AcademicYear.TryParse(text, null, out var year)) return year;
        ModelState.Say(field, "Enter an academic year of six digits, for example 201617");
        return null;
    }
}
