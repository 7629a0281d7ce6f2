using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Outcomes.Imports;
using Waymark.Outcomes.Pupils;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Outcomes.Pages.Agreements;

/// <summary>A school takes its agreement back: what was loaded under it goes with it.</summary>
public sealed class WithdrawModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public SharingAgreement Agreement => HttpContext.Record<SharingAgreement>();
    public string SchoolName { get; private set; } = "";
    public string Consequence { get; private set; } = "";

    public void OnGet() => (SchoolName, Consequence) = (db.NameOf(PlaceKey.School(Agreement.School)).Name, Said());

    private string Said() => Covered().Count() switch
    {
        0 => "No data about single pupils of this school are loaded. Nothing can be loaded any more.",
        1 => "1 result of a pupil of this school is taken away, and nothing more can be loaded.",
        var many => $"{many:N0} results of pupils of this school are taken away, and nothing more can be loaded.",
    };

    public IActionResult OnPost()
    {
        var rows = Covered().ExecuteDelete();
        PupilImporter.ForgetPupils(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction());
        if (Agreement.Withdraw(clock.Today, rows) is { } rule)
        {
            ModelState.AddModelError("", rule);
            OnGet();
            return Page();
        }
        TempData.Done($"The agreement was withdrawn, and {(rows == 1 ? "1 result was" : $"{rows:N0} results were")} taken away");
        return Redirect($"/schools/{Agreement.School}/agreement");
    }

    /// <summary>What no other agreement of the school covers, in files in use or not.</summary>
    private IQueryable<PupilResult> Covered()
    {
        var line = db.LineOf(Agreement.School);
        var others = db.SharingAgreements.AsNoTracking().Where(other => other.Id != Agreement.Id && line.Contains(other.School)).AsEnumerable().Where(other => other.IsInForceOn(clock.Today)).ToList();
        var years = Enumerable.Range(2000, 100).Select(AcademicYear.Ending).Where(year => others.Exists(other => Agreement.KindList.All(kind => other.Covers(kind, year, clock.Today)))).ToList();
        return db.Set<PupilResult>().Where(result => line.Contains(result.School) && !years.Contains(result.Year));
    }
}
