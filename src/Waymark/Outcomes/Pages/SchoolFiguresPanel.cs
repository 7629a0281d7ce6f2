using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Waymark.Data;
using Waymark.Field;
using Waymark.Outcomes.Packs;

namespace Waymark.Outcomes.Pages;

/// <summary>A school's figures on its page: what stands out, and the ways to its reports.</summary>
public sealed class SchoolFiguresPanel(WaymarkDb db, LocalClock clock) : ViewComponent
{
    public IViewComponentResult Invoke(PlaceKey place)
    {
        if (PackYears.Choose(db, clock.Today, null) is not { } years || years.All.Count == 0) return new HtmlContentViewComponentResult(HtmlString.Empty);
        var summary = new Pack(PackData.OfSchool(db, new SchoolUrn(place.Number), years.Chosen, clock.Today)).Overview();
        return View("/Outcomes/Pages/_SchoolFigures.cshtml", (place.Number, years.Chosen, summary));
    }
}
