using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>What will show whether a priority moves: an indicator from its baseline, which is frozen, or a count of the cluster's own.</summary>
public sealed class NewMeasureModel(WaymarkDb db, LocalClock clock) : FormPage
{
    [BindProperty, Display(Name = "Where")] public int? Where { get; set; }
    [BindProperty, Display(Name = "What is counted")] public MeasureSource? Source { get; set; }
    [BindProperty, Display(Name = "Measure")] public string? Indicator { get; set; }
    [BindProperty, Display(Name = "Pupils")] public string? Group { get; set; }
    [BindProperty, Display(Name = "Baseline year")] public string? Year { get; set; }
    [BindProperty, Display(Name = "What you count")] public string? CountTitle { get; set; }
    [BindProperty, Display(Name = "Unit"), StringLength(30)] public string? Unit { get; set; }
    [BindProperty, Display(Name = "What share you count")] public string? ShareTitle { get; set; }
    [BindProperty, Display(Name = "Direction")] public string? Better { get; set; }
    [BindProperty, Display(Name = "Target")] public double? Target { get; set; }
    [BindProperty, Display(Name = "Day of the target")] public DateOnly? TargetOn { get; set; }

    public Priority Priority { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Indicators { get; } =
        [new("", ""), .. Catalogue.Measures.Where(measure => measure.Kind is not (MeasureKind.Grade or MeasureKind.Count)).Select(measure => new SelectListItem($"{measure.Stage}: {measure.Label}", measure.Code))];
    public IReadOnlyList<SelectListItem> Groups { get; } = [.. Catalogue.Groups.Select(group => new SelectListItem(group.Label, group.Code))];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Priority = HttpContext.Record<Priority>();
        var places = db.OuterClusters(clock.Today).Select(cluster => new SelectListItem(cluster.Name, Number(cluster.Place))).ToList();
        if (LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var authority)) places.Insert(0, new(db.NameOf(PlaceKey.Authority(authority)).Name, Number(PlaceKey.Authority(authority))));
        Places = places;
    }

    public void OnGet() => (Where, Source, Group, Better) = (Priority.Place.Kind == PlaceKind.Cluster ? Priority.Place.Value : null, MeasureSource.Indicator, Catalogue.All.Code, "higher");

    public IActionResult OnPost()
    {
        Say(nameof(Where), Where is not { } where || Places.All(place => place.Value != where.ToString(CultureInfo.InvariantCulture)) ? "Select where it is counted" : null);
        Say(nameof(Source), Source is null || !Enum.IsDefined(Source.Value) ? "Select what is counted" : null);
        Say(nameof(Better), Better is not ("higher" or "lower") ? "Select the direction" : null);
        Say(nameof(Target), Target is { } number && !double.IsFinite(number) ? "Target must be a number" : null);
        Say(nameof(TargetOn), Target is not null && TargetOn is null ? "Enter the day by which the target is to be reached" : TargetOn < clock.Today ? "The day of the target must lie ahead" : null);
        if (Source is MeasureSource.Count or MeasureSource.Share) Say(Source == MeasureSource.Count ? nameof(CountTitle) : nameof(ShareTitle), SuccessMeasure.CheckTitle(Source == MeasureSource.Count ? CountTitle : ShareTitle));
        return Source == MeasureSource.Indicator ? OfIndicator() : OfCount();
    }

    private IActionResult OfIndicator()
    {
        var (measure, group) = (Catalogue.FindMeasure(Indicator ?? ""), Catalogue.FindGroup(Group ?? ""));
        Say(nameof(Indicator), measure is null ? "Select the measure" : null);
        Say(nameof(Group), group is null ? "Select the pupils" : null);
        if (!AcademicYear.TryParse(Year, null, out var year)) Say(nameof(Year), "Enter the academic year, for example 2015/16");
        if (!ModelState.IsValid) return Page();
        var place = new PlaceKey(Where!.Value);
        if (db.FigureAt(measure!, group!, place, year) is not { } history)
        {
            Say(nameof(Year), $"There is no figure of this measure for {year} here. Choose a year that has one");
            return Page();
        }
        var citation = db.Cite("figure", history.Figure.Address()["/figures/".Length..], clock.Today, HttpContext.Caller.PersonId)!;
        return Add(new SuccessMeasure
        {
            PriorityId = Priority.Id,
            Place = place,
            Source = MeasureSource.Indicator,
            Title = $"{measure!.Label}{(group == Catalogue.All ? "" : $" ({FigureText.InSentence(group!.Label)})")}",
            Indicator = measure.Code,
            PupilGroup = group!.Code,
            Unit = measure.Unit,
            HigherIsBetter = Better == "higher",
            BaselineYear = year,
            BaselineCitationId = citation.Id,
        }, citation);
    }

    private IActionResult OfCount() => !ModelState.IsValid ? Page() : Add(new SuccessMeasure
    {
        PriorityId = Priority.Id,
        Place = new PlaceKey(Where!.Value),
        Source = Source!.Value,
        Title = (Source == MeasureSource.Count ? CountTitle : ShareTitle)!.Trim(),
        Unit = Source == MeasureSource.Share ? "%" : Unit?.Trim() ?? "",
        HigherIsBetter = Better == "higher",
        BaselineOn = clock.Today,
    }, null);

    private RedirectResult Add(SuccessMeasure success, Citation? baseline)
    {
        (success.Target, success.TargetOn) = (Target, TargetOn);
        db.Add(success);
        db.SaveChanges();
        if (baseline is not null) db.Rest("measure", PrioritySets.KeyOf(success.Id), baseline);
        TempData.Done("The measure was added");
        return Redirect($"/measures/{success.Id}");
    }

    private static string Number(PlaceKey place) => place.Value.ToString(CultureInfo.InvariantCulture);
}
