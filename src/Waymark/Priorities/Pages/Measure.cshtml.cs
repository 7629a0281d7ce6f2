using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>A measure of success: from its baseline to now, beside others, or its own counts on a process chart.</summary>
public sealed class MeasureModel(WaymarkDb db, LocalClock clock) : FormPage
{
    [BindProperty, Display(Name = "Day")] public DateOnly? On { get; set; }
    [BindProperty, Display(Name = "How many")] public double? Count { get; set; }
    [BindProperty, Display(Name = "Of how many")] public long? Base { get; set; }

    public SuccessMeasure Measure { get; private set; } = null!;
    public Priority Priority { get; private set; } = null!;
    public string Where { get; private set; } = "";
    public string Verdict { get; private set; } = "";
    public string From { get; private set; } = "";
    public string Now { get; private set; } = "";
    public Citation? Baseline { get; private set; }
    public LiveRecord? Live { get; private set; }
    public bool MayDecide { get; private set; }
    public Table? Beside { get; private set; }
    public Table? Years { get; private set; }
    public Table? Counts { get; private set; }
    public Table Actions { get; private set; } = null!;
    public Table? Resting { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Measure = HttpContext.Record<SuccessMeasure>();
        Priority = db.AllPriorities.First(priority => priority.Id == Measure.PriorityId);
        MayDecide = HttpContext.May(Room.Decide, Priority.Place);
        Where = db.NameOf(Measure.Place).Name;
        (From, Now) = ImpactLists.Ends(db, Measure);
        Actions = Plans.Table(db, Plans.Of(db, actions => actions.Where(action => action.MeasureId == Measure.Id)), clock.Today);
        Resting = db.RestingTable("measure", PrioritySets.KeyOf(Measure.Id));
        if (Measure.Source == MeasureSource.Indicator) ShowImpact();
        else
        {
            var points = Points();
            (Counts, Verdict) = (ImpactLists.Chart(Measure, points), ImpactLists.Verdict(Measure, points));
        }
    }

    public void OnGet() { }

    public IActionResult OnGetCsv() => Counts is null ? NotFound() : Csv(Counts, $"measure-{Measure.Id}.csv");

    public IActionResult OnPost()
    {
        if (Measure.Source == MeasureSource.Indicator) return NotFound();
        Say(nameof(On), On is null ? "Enter the day" : On > clock.Today ? "The day must not lie ahead" : null);
        var rule = MeasurePoint.Check(Measure.Source, Count, Base);
        Say(Count is not null && Measure.Source == MeasureSource.Share && rule is not null ? nameof(Base) : nameof(Count), rule);
        if (!ModelState.IsValid) return Page();
        if (db.MeasurePoints.FirstOrDefault(point => point.MeasureId == Measure.Id && point.On == On) is { } there) (there.Count, there.Base) = (Count!.Value, Base);
        else db.Add(new MeasurePoint { MeasureId = Measure.Id, On = On!.Value, Count = Count!.Value, Base = Base });
        db.SaveChanges();
        TempData.Done($"The count of {Day(On!.Value)} was saved");
        return Redirect($"/measures/{Measure.Id}");
    }

    private List<MeasurePoint> Points() => [.. db.MeasurePoints.AsNoTracking().Where(point => point.MeasureId == Measure.Id).OrderBy(point => point.On)];

    private void ShowImpact()
    {
        Baseline = db.Citations.FirstOrDefault(citation => citation.Id == Measure.BaselineCitationId);
        Live = Baseline is null ? null : db.LiveOf(Baseline);
        if (Impact.Of(db, Measure) is not { } impact)
        {
            Verdict = "The measure is not in the catalogue any more.";
            return;
        }
        Verdict = ImpactWords.Tell(impact);
        if (impact.Places.Count > 1)
            Beside = new("beside", $"{impact.Baseline} to {impact.Latest}",
                [new("place", "Place", ColumnRole.Label), new("earlier", impact.Baseline.ToString()), new("later", impact.Latest.ToString()), new("moved", "Moved"), new("against", "Ours against it")],
                [.. impact.Places.Select(place => new Row([new(place.Name), new(place.Earlier.WithBase()), new(place.Later.WithBase()), new(place.By is { } by ? ImpactWords.Size(impact.Measure, by) : "Not known"), new(place.Own ? "" : ImpactWords.Against(impact, place))]))]);
        if (impact.History is { Years.Count: > 1 } history)
        {
            var (unit, decimals) = (impact.Measure.IsPercentage ? "%" : impact.Measure.Unit, FigureText.Decimals(impact.Measure));
            Years = new("years", $"{impact.Measure.Short}, by year",
                [new("series", "Where", ColumnRole.Series), new("year", "Year", ColumnRole.Period), new("value", impact.Measure.Short, ColumnRole.Value, unit, decimals), new("lower", "From", ColumnRole.Lower, unit, decimals), new("upper", "To", ColumnRole.Upper, unit, decimals), new("base", "Children", ColumnRole.Base)],
                [.. history.Years.Select(figure => new Row([new(Where), new(figure.Year.ToString()), figure.Value is { } value ? new(figure.Show(), FigureText.Round(figure.Measure, value), Href: figure.Address()) : new(figure.Symbol.Code(), null, figure.Symbol.Code()), Bound(figure, figure.Interval?.Lower), Bound(figure, figure.Interval?.Upper), figure.Denominator is { } all ? new(all.ToString("N0", Lists.English), all) : new("")]))],
                new Chart(ChartKind.Trend, $"{impact.Measure.Label} over the years, with 95% intervals.", References: Measure.Target is { } target ? [new Reference("Target", target)] : null,
                    Breaks: [.. Catalogue.Breaks(impact.Measure).Where(note => note.Year > history.Years[0].Year.Code && note.Year <= history.Years[^1].Year.Code).Select(note => new Break(AcademicYear.FromCode(note.Year).EndYear, note.Reason))]));
        }

        static Cell Bound(Figure figure, double? bound) => bound is { } value ? new(FigureText.Show(figure.Measure, value), FigureText.Round(figure.Measure, value)) : new("");
    }
}
