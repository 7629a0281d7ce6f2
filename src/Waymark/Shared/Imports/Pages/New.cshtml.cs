using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Shared.Imports.Pages;

/// <summary>Takes uploaded files to the desk.</summary>
[UploadLimit(MostBytes)]
public sealed class NewModel(ImportDesk desk) : PageModel
{
    public const int MostMegabytes = TabularFile.MaxBytes / 1024 / 1024;
    private const long MostBytes = TabularFile.MaxBytes + 1024 * 1024L;

    /// <summary>What became of one file.</summary>
    public sealed record Result(string File, Import? Import, bool AlreadyHere, string Sentence, IReadOnlyList<ImportNote> Faults, string? MapAt);

    [BindProperty] public List<IFormFile> Files { get; set; } = [];
    [BindProperty, Display(Name = "Academic year")] public string? Year { get; set; }

    public IReadOnlyList<Result> Results { get; private set; } = [];

    public void OnGet() { }

    public IActionResult OnPost()
    {
        AcademicYear? year = null;
        if (!string.IsNullOrWhiteSpace(Year))
        {
            if (AcademicYear.TryParse(Year, null, out var stated)) year = stated;
            else ModelState.AddModelError(nameof(Year), "Enter an academic year, like 2015/16");
        }
        // A browser sends one nameless empty part when nothing was chosen.
        Files.RemoveAll(file => file.FileName.Length == 0 && file.Length == 0);
        if (Files.Count == 0 && ModelState[nameof(Files)]?.Errors is not { Count: > 0 }) ModelState.AddModelError(nameof(Files), "Select a file");
        if (!ModelState.IsValid) return Page();

        // What was read well waits to be confirmed, whatever becomes of the other files.
        HttpContext.Keep();
        Results = [.. Files.Select(file => Read(file, year))];
        if (Results is [{ Import: { } only, Faults.Count: 0, AlreadyHere: false }]) return Redirect($"/imports/{only.Id}");
        foreach (var result in Results.Where(result => result.Sentence.Length > 0)) ModelState.AddModelError(nameof(Files), result.Sentence);
        if (ModelState.IsValid && Results.All(result => !result.AlreadyHere))
        {
            TempData.Done($"{Results.Count} files were read. Look at each and confirm it");
            return Redirect("/imports");
        }
        return Page();
    }

    private Result Read(IFormFile file, AcademicYear? year)
    {
        var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
        try
        {
            var content = new byte[file.Length];
            using (var stream = file.OpenReadStream()) stream.ReadExactly(content);
            var outcome = desk.Stage(name, content, year, stop: HttpContext.RequestAborted);
            var faults = outcome.Notes.Where(note => note.Kind == NoteKind.Fault).ToList();
            var sentence = faults.Count == 0 ? "" : faults.Count == 1 ? $"{name}, {faults[0]}" : $"{name} has {faults.Count:N0} faults, listed below. Correct them in the file and load it again.";
            return new Result(name, outcome.Import, outcome.AlreadyHere, sentence, faults, null);
        }
        catch (UnknownTableException unknown)
        {
            desk.SetAside(unknown.File);
            return new Result(name, null, false, unknown.Sentence, [], $"/imports/map/{unknown.File.Sha256}");
        }
        catch (ImportRefusedException refused)
        {
            return new Result(name, null, false, refused.Message, [], null);
        }
    }
}
