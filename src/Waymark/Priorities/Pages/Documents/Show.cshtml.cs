using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>One version as it reads; its approval is recorded here, and the next version begun.</summary>
public sealed class ShowModel(WaymarkDb db, LocalClock clock) : DocumentPage(db, clock)
{
    [BindProperty, Display(Name = "Approved on")] public DateOnly? On { get; set; }
    [BindProperty, Display(Name = "Approved by")] public string? By { get; set; }
    [BindProperty, Display(Name = "Launched on")] public DateOnly? Launched { get; set; }

    public IReadOnlyList<VersionOf> Versions { get; private set; } = [];
    public IReadOnlyList<ConsultationOutcome> Outcomes { get; private set; } = [];
    public Pledges Pledges { get; private set; } = null!;
    public bool HasQuestions { get; private set; }
    public Table? Resting { get; private set; }

    public Table SaidAndDone => new("outcomes", "You said, we did", [new("said", "You said", ColumnRole.Label), new("did", "We did")], [.. Outcomes.Select(outcome => new Row([new(outcome.Said), new(outcome.Did)]))]);

    public Table Signed => new("signed", "Who has signed the pledge", [new("name", "School or organisation", ColumnRole.Label), new("by", "Signed by"), new("on", "On")],
        [.. Pledges.All.Select(pledge => new Row([new(pledge.Name, Href: pledge.Urn is { } urn ? $"/schools/{urn}" : null), new(pledge.Capacity), new(Day(pledge.On))]))]);

    protected override void Load()
    {
        (Versions, Outcomes, Pledges) = (Db.VersionsOf(Of.Document), ReadOutcomes(), Db.PledgesFor(Of.Version, Today));
        HasQuestions = Db.ConsultationQuestions.Any(question => question.VersionId == Of.Version.Id);
        Resting = Db.RestingTable("document", $"{Of.Document.Slug}/{Of.Version.Number}");
    }

    public void OnGet() { }

    public IActionResult OnPostApprove()
    {
        Say(nameof(On), On is null ? "Enter the day of approval" : null);
        if (On is not null && ModelState.IsValid)
        {
            var rule = Of.Version.Approve(On.Value, By, Today, Parts.Count, ReadQuestions().Sum(question => question.Answers.Count), Outcomes.Count);
            Say(rule?.StartsWith("Enter who", StringComparison.Ordinal) == true || rule?.StartsWith("Who", StringComparison.Ordinal) == true ? nameof(By) : nameof(On), rule);
        }
        Say(nameof(Launched), Launched < On ? "It is launched on the day of approval or later" : null);
        if (!ModelState.IsValid) return Page();
        Of.Version.LaunchedOn = Launched;
        Db.SaveChanges();
        TempData.Done($"{Of.Title} is approved");
        return Redirect(Of.Address);
    }

    public IActionResult OnPostNext()
    {
        if (Versions[0].Version.Id != Of.Version.Id || Of.Version.State != VersionState.Approved)
        {
            ModelState.AddModelError("", "There is a later version already");
            return Page();
        }
        var next = DocumentSets.NextVersion(Db, Of.Document);
        TempData.Done($"Version {next.Number} was begun as a copy");
        return Redirect($"/documents/{Of.Document.Slug}/{next.Number}");
    }
}
