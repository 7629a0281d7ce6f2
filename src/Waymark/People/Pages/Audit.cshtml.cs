using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.People.Pages;

/// <summary>The audit trail, by record and by person: who looked at this, what did they do.</summary>
public sealed class AuditModel(WaymarkDb db) : PageModel
{
    private const int Most = 200, LongestQuestion = 254;

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public bool Looks { get; set; }

    public string Found { get; private set; } = "";
    public Table Table { get; private set; } = null!;

    public IActionResult OnGet()
    {
        if (Q?.Length > LongestQuestion) return BadRequest();
        var (events, values) = (db.AuditEvents.AsNoTracking(), db.AuditValues.AsNoTracking());
        if (Looks) events = events.Where(audit => audit.Kind == AuditKind.Look);
        if (Q?.Trim() is { Length: > 0 } asked)
        {
            var key = Person.KeyOf(asked);
            var people = db.People.Where(person => person.EmailKey == key || person.Name == asked).Select(person => (int?)person.Id).ToList();
            // A record is meant by what an event is about, and by every field of it that changed.
            events = events.Where(audit => people.Contains(audit.PersonId) || audit.Subject == asked || values.Any(value => value.EventId == audit.Id && value.Record == asked));
        }
        var (all, shown) = (events.Count(), events.OrderByDescending(audit => audit.Id).Take(Most).ToList());
        Found = all == 0 ? "Nothing is found." : $"{all:N0} {(all == 1 ? "entry" : "entries")}{(all > Most ? $", of which the latest {Most} are shown" : "")}.";
        var who = shown.Select(audit => audit.PersonId ?? 0).Distinct().ToList();
        var names = db.People.Where(person => who.Contains(person.Id)).ToDictionary(person => person.Id, person => person.Name);
        var numbers = shown.Select(audit => audit.Id).ToList();
        var fields = values.Where(value => numbers.Contains(value.EventId)).Select(value => new { value.EventId, value.Record, value.Field }).AsEnumerable().ToLookup(value => value.EventId);
        Table = new Table("audit", "What was done, the latest first",
            [new("at", "When", ColumnRole.Label), new("who", "Who", ColumnRole.Text), new("what", "What", ColumnRole.Text), new("record", "Which record", ColumnRole.Text), new("fields", "Fields changed", ColumnRole.Text)],
            [.. shown.Select(audit => new Row([
                new(LocalClock.ToLondon(audit.At).ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.CurrentCulture)),
                new(audit.PersonId is not { } id ? "nobody signed in" : names.TryGetValue(id, out var name) ? name : $"person {id}"),
                new($"{(audit.Kind == AuditKind.Look ? "looked: " : "")}{audit.Action}"), new(audit.Subject),
                new(string.Join(", ", fields[audit.Id].Select(value => $"{value.Record}: {value.Field}").Take(10)))]))]);
        return Page();
    }
}
