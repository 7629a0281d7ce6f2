using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared;
using Waymark.Shared.Documents;

namespace Waymark.Outcomes.Pages.Agreements;

/// <summary>Which schools share data about single pupils: all schools of the authority, with or without an agreement.</summary>
public sealed class ListModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public string Summary { get; private set; } = "";
    public Table Table { get; private set; } = null!;

    public void OnGet()
    {
        var agreements = db.SharingAgreements.AsNoTracking().ToList();
        // The newest number of a school speaks for all that it had.
        var latest = agreements.GroupBy(agreement => db.GoesOnAs(agreement.School) ?? agreement.School).ToDictionary(of => of.Key, of => of.OrderByDescending(agreement => agreement.IsInForceOn(clock.Today)).ThenByDescending(agreement => agreement.Id).First());
        var schools = db.PlacesOffered(PlaceKind.School).Select(place => (Urn: new SchoolUrn(place.Key.Number), place.Name)).ToList();
        schools.AddRange(latest.Keys.Except(schools.Select(school => school.Urn)).ToList().Select(urn => (urn, db.NameOf(PlaceKey.School(urn)).Name)));
        Summary = $"{latest.Values.Count(agreement => agreement.IsInForceOn(clock.Today)):N0} of {schools.Count:N0} schools have an agreement in force.";
        Table = new Table("agreements", "Schools by name", [new("school", "School", ColumnRole.Label), new("state", "Agreement", ColumnRole.Text), new("kinds", "What it covers", ColumnRole.Text), new("years", "Years", ColumnRole.Text), new("signed", "Given by", ColumnRole.Text)],
            [.. schools.OrderBy(school => school.Name, StringComparer.CurrentCulture).Select(school => latest.TryGetValue(school.Urn, out var agreement)
                ? new Row([new(school.Name, Href: $"/schools/{school.Urn}/agreement"), new(agreement.StateOn(clock.Today)), new(string.Join("; ", agreement.KindList.Select(code => DataKind.All.First(kind => kind.Code == code).Label))), new($"{agreement.FirstYear} to {agreement.LastYear}"), new($"{agreement.SignedBy}, {agreement.SignedAs}")])
                : new Row([new(school.Name, Href: $"/schools/{school.Urn}/agreement"), new("None"), new(""), new(""), new("")]))]);
    }
}
