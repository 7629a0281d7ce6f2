using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>On the page of a school or a cluster: the way to its people, for who may change them.</summary>
public sealed class PeoplePanel(WaymarkDb db) : ViewComponent
{
    public IViewComponentResult Invoke(PlaceKey place) => new HtmlContentViewComponentResult(!HttpContext.May(Room.OwnSchool, place) ? HtmlString.Empty
        : new Element("p", [("class", "govuk-body")], new Element("a", [("class", "govuk-link"), ("href", PlaceModel.Address(db.NamePlace(place)))], place.Kind == PlaceKind.School ? "People of this school: head, governors, access" : "People of this cluster: who has access")));
}
