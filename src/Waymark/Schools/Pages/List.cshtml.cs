using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Schools.Pages;

/// <summary>Schools by name, place or number; those of the authority unless all of England is asked for.</summary>
public sealed class ListModel(WaymarkDb db, LocalClock clock) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Phase { get; set; }
    /// <summary>Empty: open; "all": closed ones too.</summary>
    [BindProperty(SupportsGet = true)] public string? Status { get; set; }
    /// <summary>Empty: of the authority; "all": of all.</summary>
    [BindProperty(SupportsGet = true)] public string? Area { get; set; }
    /// <summary>"without": only those in no cluster today.</summary>
    [BindProperty(SupportsGet = true)] public string? Cluster { get; set; }
    [BindProperty(SupportsGet = true)] public int P { get; set; } = 1;

    public LocalAuthorityCode? Authority { get; private set; }
    public string AuthorityName { get; private set; } = "";
    public int Total { get; private set; }
    public int PageCount => Math.Max(1, (Total + PageSize - 1) / PageSize);
    public Table Schools { get; private set; } = null!;
    public bool AnySchool { get; private set; }

    /// <summary>"142 schools", "1 school for “oak”".</summary>
    public string Found => $"{Total:N0} {(Total == 1 ? "school" : "schools")}{(string.IsNullOrWhiteSpace(Q) ? "" : $" for “{Q}”")}";
    public bool IsFiltered => !string.IsNullOrEmpty(Phase + Status + Area + Cluster);

    public static IEnumerable<SelectListItem> PhaseChoices { get; } =
        [new("All phases", ""), .. Enum.GetValues<Phase>().Where(phase => phase != Field.Phase.Unknown).Select(phase => new SelectListItem(Sentence(phase.InWords()), phase.InWords()))];

    public void OnGet()
    {
        var found = Find();
        Total = found.Count();
        P = Math.Clamp(P, 1, PageCount);
        Schools = Show(found.Skip((P - 1) * PageSize).Take(PageSize), Found);
        AnySchool = Total > 0 || db.Schools.Any();
    }

    /// <summary>What the list shows, all pages of it, as a CSV file.</summary>
    public IActionResult OnGetCsv()
    {
        using var csv = new MemoryStream();
        TableCsv.Write(Show(Find(), "Schools"), csv);
        return File(csv.ToArray(), "text/csv; charset=utf-8", "schools.csv");
    }

    /// <summary>This list at another page or as a file.</summary>
    public string Address(string? page = null, string? handler = null)
    {
        (string, string?)[] parts = [("handler", handler), ("q", Q), ("phase", Phase), ("status", Status), ("area", Area), ("cluster", Cluster)];
        var query = string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Item2)).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}"));
        return "/schools?" + (page is null ? query : $"{query}{(query.Length > 0 ? "&" : "")}p={page}");
    }

    private IQueryable<School> Find()
    {
        Authority = LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var code) ? code : null;
        AuthorityName = db.Read(Setting.AuthorityName) ?? $"authority {Authority}";
        // A closed school is found by its name, and an earlier number of a school by that number.
        var schools = (Status == "all" || SchoolUrn.TryParse(Q, null, out _) ? db.Schools.AsNoTracking() : db.CurrentSchools).Named(Q);
        if (Status != "all" && string.IsNullOrWhiteSpace(Q)) schools = schools.Where(school => school.Status == SchoolStatus.Open || school.Status == SchoolStatus.OpenProposedToClose);
        if (Authority is { } authority && Area != "all") schools = schools.Where(school => school.Authority == authority);
        if (Phases.FromWords(Phase) is { } phase) schools = schools.Where(school => school.Phase == phase);
        if (Cluster == "without")
        {
            var members = db.Containments.On(clock.Today).Select(containment => new { containment.Child, containment.Parent }).AsEnumerable()
                .Where(pair => pair.Parent.Kind == PlaceKind.Cluster && pair.Child.Kind == PlaceKind.School).Select(pair => new SchoolUrn(pair.Child.Number)).ToList();
            schools = schools.Where(school => !members.Contains(school.Urn));
        }
        return schools;
    }

    private static Table Show(IQueryable<School> schools, string caption) => new("schools", caption,
        [new("school", "School", ColumnRole.Label), new("urn", "URN"), new("laestab", "LAESTAB"), new("phase", "Phase"), new("ages", "Ages"), new("town", "Town"), new("postcode", "Postcode"), new("status", "Status")],
        [.. schools.AsEnumerable().Select(school => new Row([
            new(school.Name, Href: $"/schools/{school.Urn}"), new(school.Urn.ToString()), new(school.Laestab?.ToString() ?? ""), new(Sentence(school.Phase.InWords())),
            new(school.AgesInWords is { } ages ? ages["ages ".Length..] : ""), new(school.Town ?? ""), new(school.Postcode ?? ""), new(school.InRegister ? Sentence(school.Status.InWords()) : "Not in the register")]))]);

    internal static string Sentence(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
}
