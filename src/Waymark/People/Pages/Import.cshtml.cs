using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Imports;
using Waymark.People.Invitations;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>A list of people is read, shown, and invited when it is confirmed. Nothing is kept in between: what was shown comes back with the form and is read again.</summary>
[UploadLimit(4 * 1024 * 1024), RequestSizeLimit(4 * 1024 * 1024)]
public sealed class ImportModel(WaymarkDb db, InvitationDesk letters) : PageModel
{
    [BindProperty] public IFormFile? Upload { get; set; }
    [BindProperty] public string? Rows { get; set; }

    public string FileName => System.IO.Path.GetFileName(Upload?.FileName ?? "people.csv");
    public IReadOnlyList<PeopleRow> Read { get; private set; } = [];
    public IReadOnlyList<ImportNote> Faults { get; private set; } = [];
    public int New { get; private set; }
    public int Known { get; private set; }
    public Table Table { get; private set; } = null!;

    public void OnGet() { }

    public IActionResult OnGetTemplate() => File(Encoding.UTF8.GetBytes(PeopleCsv.Heading), "text/csv; charset=utf-8", "people.csv");

    public IActionResult OnPost()
    {
        if (Upload is null || Upload.Length == 0) ModelState.AddModelError(nameof(Upload), "Select a file");
        else
        {
            var content = new byte[Upload.Length];
            using var stream = Upload.OpenReadStream();
            stream.ReadExactly(content);
            Take(content);
        }
        return Page();
    }

    public IActionResult OnPostConfirm()
    {
        if (string.IsNullOrEmpty(Rows)) return Redirect("/people/import");
        Take(Encoding.UTF8.GetBytes(Rows));
        if (Read.Count == 0) return Page();
        foreach (var row in Read)
        {
            var invited = letters.Invite(row.Name, row.Email, row.Role, row.Place?.Key ?? letters.OrganisationCalled(row.PlaceText).Place, row.From, null, HttpContext.Caller.PersonId);
            if (invited.Rule is { } rule) ModelState.AddModelError(nameof(Upload), $"Line {row.Line}: {rule}");
        }
        if (!ModelState.IsValid) return Page();
        TempData.Done($"{New} {(New == 1 ? "person is" : "people are")} invited{(Known > 0 ? $"; {Known} have another role" : "")}");
        return Redirect("/people/invitations");
    }

    private void Take(byte[] content)
    {
        try
        {
            (Read, Faults) = PeopleCsv.Read(TabularFile.Open(FileName, content), db);
        }
        catch (ImportRefusedException refused)
        {
            ModelState.AddModelError(nameof(Upload), refused.Message);
            return;
        }
        if (Faults.Count > 0) Read = [];
        if (Faults.Count > 0) ModelState.AddModelError(nameof(Upload), Faults.Count == 1 ? $"{FileName}, {Faults[0]}" : $"{FileName} has {Faults.Count:N0} faults, listed below");
        else if (Read.Count == 0) ModelState.AddModelError(nameof(Upload), $"{FileName} has no rows after its heading");
        if (Read.Count == 0) return;
        var keys = Read.Select(row => Person.KeyOf(row.Email)).Distinct().ToList();
        var known = db.People.Where(person => keys.Contains(person.EmailKey)).Select(person => person.EmailKey).ToHashSet();
        (New, Known, Rows) = (keys.Count - known.Count, known.Count, PeopleCsv.Write(Read));
        Table = new Table("people", "Who is in the file", [new("name", "Name", ColumnRole.Label), new("email", "E-mail address"), new("role", "Role"), new("place", "Where"), new("from", "From")],
            [.. Read.Select(row => new Row([new(row.Name), new(row.Email), new(row.Role.InWords()), new(row.Place?.Name ?? $"{row.PlaceText} (a new organisation)"), new($"{row.From:d MMMM yyyy}")]))]);
    }
}
