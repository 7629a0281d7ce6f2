using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Outcomes.Pupils;
using Waymark.People;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Outcomes.Pages.Pupils;

/// <summary>One pupil: results, characteristics, and who has looked.</summary>
public sealed class ShowModel(WaymarkDb db, PupilVault vault, LocalClock clock) : PageModel
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public SchoolUrn Urn { get; private set; }
    public string SchoolName { get; private set; } = "";
    public KnownPupil Known { get; private set; } = null!;
    public IReadOnlyList<(string Key, string Value)> Facts { get; private set; } = [];
    public Table Results { get; private set; } = null!;
    public Table Looks { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var place = HttpContext.Found!.Place;
        Urn = new SchoolUrn(place.Number);
        if (!db.MayBeLookedAt(Urn, clock.Today) || db.PupilOf(Urn, HttpContext.Record<Pupil>(), vault) is not { } known)
        {
            context.Result = NotFound();
            return;
        }
        (Known, SchoolName) = (known, db.NameOf(place).Name);
        if (!await HttpContext.LookAt([known.Pupil.Record]))
        {
            context.Result = StatusCode(StatusCodes.Status429TooManyRequests);
            return;
        }
        await next();
    }

    public void OnGet()
    {
        var (identity, newest) = (Known.Identity, Known.Newest);
        Facts =
        [
            ("UPN", identity?.Upn ?? ""), ("Born", identity?.BirthDate.ToString("d MMMM yyyy", CultureInfo.CurrentCulture) ?? ""), ("Sex", newest.IsGirl ? "Girl" : "Boy"),
            ("Disadvantaged", InWords(newest.IsDisadvantaged)), ("Special educational needs", newest.Sen switch { "E" => "A plan (EHCP)", "K" => "Support", "N" => "None", _ => "Not known" }),
            ("English as an additional language", InWords(newest.HasOtherLanguage)),
        ];
        Results = new Table("results", "Results, the latest year first", [new("what", "What", ColumnRole.Label), new("year", "Year", ColumnRole.Text), new("outcome", "Outcome", ColumnRole.Text), new("file", "From", ColumnRole.Text)],
            [.. Known.Results.Select(result => new Row([new(Catalogue.Measure(result.Measure).Label), new(result.Year.ToString()), new(Known.InWords(result)), new($"line {result.Line}", Href: $"/imports/{result.ImportId}")]))]);
        var looks = LooksAt().ToList();
        var who = looks.Select(look => look.PersonId ?? 0).ToHashSet();
        var names = db.People.Where(person => who.Contains(person.Id)).ToDictionary(person => person.Id, person => person.Name);
        Looks = new Table("looks", "Who has looked at this pupil, the latest first", [new("when", "When", ColumnRole.Label), new("who", "Who", ColumnRole.Text), new("how", "How", ColumnRole.Text)],
            [.. looks.Select(look => new Row([new(LocalClock.ToLondon(look.At).ToString("d MMMM yyyy, HH:mm", CultureInfo.CurrentCulture)), new(look.PersonId is { } id && names.TryGetValue(id, out var name) ? name : "somebody who is not here any more"), new(HowOf(look.Action))]))]);
    }

    public IActionResult OnPostCopy()
    {
        var all = db.PupilResults.Where(result => result.Pseudonym == Known.Pupil.Pseudonym).ToList();
        var files = all.Select(result => result.ImportId).ToHashSet();
        var imports = db.Imports.AsNoTracking().Where(import => files.Contains(import.Id)).ToDictionary(import => import.Id);
        var copy = new
        {
            pupil = Known.Identity,
            results = all.OrderBy(result => result.Year).ThenBy(result => result.Measure).Select(result => new
            {
                year = result.Year.Code,
                school = result.School.Value,
                measure = Catalogue.Measure(result.Measure).Code,
                what = Catalogue.Measure(result.Measure).Label,
                outcome = result.Outcome,
                sex = result.IsGirl ? "F" : "M",
                disadvantaged = result.IsDisadvantaged,
                sen = result.Sen,
                eal = result.HasOtherLanguage,
                loaded_at = imports[result.ImportId].ImportedAt,
                line = result.Line,
            }),
            // Who looked is told by role in the store's own page; to the pupil's family it is told that somebody did, and when.
            looks = LooksAt().Select(look => new { at = look.At, how = HowOf(look.Action) }),
        };
        return File(JsonSerializer.SerializeToUtf8Bytes(copy, Options), "application/json", $"pupil-{Known.Pupil.Id}.json");
    }

    private IEnumerable<AuditEvent> LooksAt()
    {
        var (record, values) = (Known.Pupil.Record, db.AuditValues);
        return db.AuditEvents.AsNoTracking().Where(look => look.Kind == AuditKind.Look && values.Any(value => value.EventId == look.Id && value.Record == record)).OrderByDescending(look => look.Id);
    }

    private static string HowOf(string action) => action switch
    {
        _ when action.EndsWith("handler=find", StringComparison.Ordinal) => "Searched and found",
        _ when action.EndsWith("handler=file", StringComparison.Ordinal) => "Downloaded in a list",
        _ when action.EndsWith("handler=copy", StringComparison.Ordinal) => "Downloaded by itself",
        _ when action.Contains("{id", StringComparison.Ordinal) => "Looked at its page",
        _ => "Saw it in the list",
    };

    private static string InWords(bool? known) => known switch { true => "Yes", false => "No", _ => "Not known" };
}
