using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Shared.Web.Pages;

/// <summary>Every component and every kind of chart on one page, for whoever builds pages; only in Development.</summary>
public sealed class GalleryModel(IHostEnvironment environment) : PageModel
{
    [BindProperty, Display(Name = "School name"), StringLength(60)] public string SchoolName { get; set; } = "";
    [BindProperty, Display(Name = "Number of pupils"), Range(1, 5000)] public int? Pupils { get; set; }
    [BindProperty, Display(Name = "What was agreed")] public string? Agreed { get; set; }
    [BindProperty, Display(Name = "Cluster"), Required(ErrorMessage = "Select a cluster")] public string? Cluster { get; set; }
    [BindProperty, Display(Name = "Kind of member"), Required(ErrorMessage = "Select a kind of member")] public string? Membership { get; set; }
    [BindProperty, Display(Name = "Which phases does it concern?")] public List<string> Phases { get; set; } = [];
    [BindProperty, Display(Name = "Member from")] public DateOnly From { get; set; }

    public IReadOnlyList<SelectListItem> Clusters { get; } = [new("Choose a cluster", ""), new("Dunstable", "dunstable"), new("Houghton Regis", "houghton-regis")];

    public Report Sample { get; } = SampleReport();

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context)
    {
        if (!environment.IsDevelopment()) context.Result = NotFound();
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        if (!ModelState.IsValid) return Page();
        TempData.Done($"{SchoolName} is a member from {From:d MMMM yyyy}");
        return RedirectToPage();
    }

    /// <summary>Answers the search box: names that hold what was typed.</summary>
    public IActionResult OnGetSuggest(string q) => new JsonResult(Names.Where(n => n.Contains(q, StringComparison.OrdinalIgnoreCase))
        .Select(n => new { text = n, hint = "Lower school, Houghton Regis", href = "/gallery?q=" + Uri.EscapeDataString(n) }));

    private static readonly int[] Years = [2015, 2016, 2017, 2018, 2019, 2022, 2023];
    private static readonly int[] Sizes = [28, 61, 118, 14, 30, 96, 45, 22];
    private static readonly string[] Names =
        ["Appletree Lower School", "Bramble Hill Primary School", "Chalk Down Academy", "Dovecote Lower School", "Elm Bank Church of England Voluntary Aided Primary School", "Fallow Field Middle School", "Greenway Primary School", "Hawthorn Lower School"];

    private static Report SampleReport()
    {
        var trend = new Table("trend", "Reading, writing and maths together at key stage 2, share reaching the expected standard",
            [new("year", "Year", ColumnRole.Period), new("place", "Place", ColumnRole.Series), new("share", "Reached it", ColumnRole.Value, "%"), new("lower", "From", ColumnRole.Lower, "%"), new("upper", "To", ColumnRole.Upper, "%"), new("pupils", "Pupils", ColumnRole.Base, "pupils")],
            [.. from place in new[] { ("Houghton Regis", 7, 0, 210.0), ("Central Bedfordshire", 2, 3, 2900.0), ("England", 1, 6, 600000.0) }
                from year in Years
                let value = (year < 2016 ? 80 : 51 + (year - 2016) * 2.1) + place.Item3 + (year % 3 - 1) * (place.Item2 > 5 ? 3.5 : 0.6)
                select new Row([new(AcademicYear.Ending(year).ToString()), new(place.Item1), Percent(value), Percent(value - place.Item2), Percent(value + place.Item2), Count(place.Item4)])],
            new Chart(ChartKind.Trend, "The share rose in the cluster from 2016 and stays below England’s.", 0, 100, Breaks: [new(2016, "new tests, not comparable with earlier years"), new(2022, "no tests were held in 2020 and 2021")]));

        var schools = Names.Select((name, i) => (name, value: 44 + i * 37 % 41, pupils: Sizes[i])).ToArray();
        var interval = new Table("schools", "The cluster’s schools in 2018/19",
            [new("school", "School", ColumnRole.Label), new("share", "Reached it", ColumnRole.Value, "%"), new("lower", "From", ColumnRole.Lower, "%"), new("upper", "To", ColumnRole.Upper, "%"), new("pupils", "Pupils", ColumnRole.Base, "pupils")],
            [.. schools.Select((s, i) => i == 3
                ? new Row([new(s.name, Href: "/gallery"), new("c", null, "c"), new("c", null, "c"), new("c", null, "c"), new("c", null, "c")])
                : new Row([new(s.name, Href: "/gallery"), Percent(s.value), Percent(s.value - 90 / Math.Sqrt(s.pupils)), Percent(s.value + 90 / Math.Sqrt(s.pupils)), Count(s.pupils)]))],
            new Chart(ChartKind.Interval, "Each school’s share with its 95% interval, in the cluster’s own order; most intervals reach across England’s figure.", 0, 100, References: [new("England", 65), new("Cluster", 61.4)]),
            "Schools stand in the order in which the cluster lists them; this is not a ranking.");

        var dots = Enumerable.Range(0, 40).Select(i => (name: $"{(char)('A' + i % 26)}{(i < 26 ? "sh" : "ven")} School", pupils: 12 + i * 29 % 140, value: 62 + (i * 53 % 29 - 14) * (i is 7 or 21 ? 2.4 : 0.9))).ToArray();
        var funnel = new Table("funnel", "All primary and middle schools in 2018/19",
            [new("school", "School", ColumnRole.Label), new("share", "Reached it", ColumnRole.Value, "%"), new("pupils", "Pupils", ColumnRole.Base, "pupils")],
            [.. dots.Select(d => new Row([new(d.name), Percent(d.value), Count(d.pupils)]))],
            new Chart(ChartKind.Funnel, "Two of the 40 schools lie outside the limits that chance alone would give.", 0, 100, References: [new("Authority", 62)],
                Limits: [.. Enumerable.Range(1, 40).Select(i => i * 4.0).Select(n => new Limit(n, 62 - 1.96 * 48.5 / Math.Sqrt(n), 62 + 1.96 * 48.5 / Math.Sqrt(n), 62 - 3.09 * 48.5 / Math.Sqrt(n), 62 + 3.09 * 48.5 / Math.Sqrt(n)))]));

        var bars = new Table("gap", "Disadvantaged children and others in 2018/19",
            [new("subject", "Subject", ColumnRole.Label), new("group", "Group", ColumnRole.Series), new("share", "Reached it", ColumnRole.Value, "%"), new("lower", "From", ColumnRole.Lower, "%"), new("upper", "To", ColumnRole.Upper, "%"), new("pupils", "Pupils", ColumnRole.Base, "pupils")],
            [.. from subject in new[] { ("Reading", 66), ("Writing", 71), ("Maths", 69) }
                from side in new[] { ("Disadvantaged", -14, 9.0, 58), ("Others", 6, 4.0, 152) }
                select new Row([new(subject.Item1), new(side.Item1), Percent(subject.Item2 + side.Item2), Percent(subject.Item2 + side.Item2 - side.Item3), Percent(subject.Item2 + side.Item2 + side.Item3), Count(side.Item4)])],
            new Chart(ChartKind.Bars, "Disadvantaged children reached the standard less often in all three subjects.", 0, 100));

        return new Report("sample", "Houghton Regis", "Cluster pack 2018/19", new DateOnly(2019, 9, 20), ["Example data about fictional schools.", "Contains provisional results."],
        [
            new("in-short", "In short",
            [
                new Sentences("What stands out",
                [
                    new("62% of 210 pupils reached the expected standard in reading, writing and maths together; nationally 65%.", "#trend"),
                    new("Disadvantaged children reached it less often: 52% of 58, against 72% of 152 others.", "#gap"),
                ]),
                new Sentences("Questions to discuss", [new("What do the two schools outside the limits do differently?"), new("Who will look at the gap in writing, and by when?")], Numbered: true),
                new Sentences("What is not known", [new("One school’s results are held back because fewer than 11 pupils took the tests.")]),
            ]),
            new("results", "Results at key stage 2", [new Paragraph("A line joins years that can be compared."), trend]),
            new("side-by-side", "Schools side by side", [interval, funnel]),
            new("gaps", "The gap for disadvantaged children", [bars, new Paragraph("Disadvantaged: eligible for free school meals in the last six years, or looked after.", IsNote: true)]),
        ]);

        static Cell Percent(double value) => new($"{Math.Round(value):0}%", Math.Round(value, 1));
        static Cell Count(double value) => new($"{value:N0}", value);
    }
}
