using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;

namespace Waymark.Priorities.Pages;

/// <summary>What an action's form asks, new or changed.</summary>
public abstract class ActionForm(WaymarkDb db, LocalClock clock) : FormPage
{
    [BindProperty, Display(Name = "What is to be done")] public string? Title { get; set; }
    [BindProperty, Display(Name = "Priority")] public int? PriorityId { get; set; }
    [BindProperty, Display(Name = "Part of the cluster’s action")] public int? ParentId { get; set; }
    [BindProperty, Display(Name = "Owner")] public string? Owner { get; set; }
    [BindProperty, Display(Name = "Where the owner is from")] public int? OwnerPlace { get; set; }
    [BindProperty, Display(Name = "Partners"), StringLength(PlannedAction.LongestText)] public string? Partners { get; set; }
    [BindProperty, Display(Name = "Schools that take part")] public List<int> Schools { get; set; } = [];
    [BindProperty, Display(Name = "Starts")] public DateOnly? Starts { get; set; }
    [BindProperty, Display(Name = "Due")] public DateOnly? Due { get; set; }
    [BindProperty, Display(Name = "Resources"), StringLength(PlannedAction.LongestText)] public string? Resources { get; set; }
    [BindProperty, Display(Name = "Money")] public decimal? Money { get; set; }
    [BindProperty, Display(Name = "The measure it should move")] public int? MeasureId { get; set; }
    [BindProperty, Display(Name = "By how much")] public double? Expected { get; set; }
    [BindProperty, Display(Name = "The driver it works on")] public int? DriverId { get; set; }

    protected DateOnly Today => clock.Today;

    public PlaceKey Place { get; protected set; }
    public string Of { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Priorities { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Parents { get; private set; } = [];
    public IReadOnlyList<SelectListItem> OwnerPlaces { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Members { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Measures { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Drivers { get; private set; } = [];

    protected void Load(int? own)
    {
        Of = Plans.NamesOf(db, [Place])[Place];
        var open = db.SharedPriorities(clock.Today).Where(shared => shared.Priority.IsOpen || shared.Priority.Id == PriorityId).ToList();
        Priorities = [new("None", ""), .. open.Select(shared => new SelectListItem(shared.Priority.Title, PrioritySets.KeyOf(shared.Priority.Id)))];
        var titles = open.ToDictionary(shared => shared.Priority.Id, shared => shared.Priority.Title);
        Measures = [new("None yet", ""), .. db.SuccessMeasures.AsNoTracking().OrderBy(measure => measure.PriorityId).AsEnumerable().Where(measure => titles.ContainsKey(measure.PriorityId)).Select(measure => new SelectListItem($"{measure.Title} ({titles[measure.PriorityId]})", PrioritySets.KeyOf(measure.Id)))];
        Drivers = [new("None", ""), .. db.Drivers.AsNoTracking().OrderBy(driver => driver.PriorityId).ThenBy(driver => driver.Position).AsEnumerable().Where(driver => titles.ContainsKey(driver.PriorityId)).Select(driver => new SelectListItem($"{driver.Text} ({titles[driver.PriorityId]})", PrioritySets.KeyOf(driver.Id)))];
        var clusters = Place.Kind == PlaceKind.School ? db.Containments.On(clock.Today).Where(of => of.Child == Place).Select(of => of.Parent).ToList().Where(parent => parent.Kind == PlaceKind.Cluster).ToList() : [];
        Parents = [new("None", ""), .. db.PlannedActions.AsNoTracking().Where(action => clusters.Contains(action.Place) && action.Id != own).OrderBy(action => action.Title).AsEnumerable().Select(action => new SelectListItem(action.Title, PrioritySets.KeyOf(action.Id)))];
        var members = Place.Kind switch
        {
            PlaceKind.Cluster => db.MemberSchoolsOn(clock.Today, db.Clusters.First(cluster => cluster.Id == Place.Number)),
            PlaceKind.Partnership => [.. db.MemberSchoolsOn(clock.Today).DistinctBy(member => member.School.Urn)],
            _ => [],
        };
        Members = [.. members.Select(member => new SelectListItem(member.School.Name, member.School.Urn.ToString()))];
        OwnerPlaces = [new(Of, Place.Value.ToString(CultureInfo.InvariantCulture)), .. members.Select(member => new SelectListItem(member.School.Name, member.School.Place.Value.ToString(CultureInfo.InvariantCulture)))];
    }

    protected void Check()
    {
        Say(nameof(Title), PlannedAction.CheckTitle(Title));
        Say(nameof(Owner), PlannedAction.CheckOwner(Owner));
        Say(nameof(Starts), Starts is null ? "Enter the day on which it starts" : null);
        Say(nameof(Due), Due is null ? "Enter the day by which it is done" : Starts is { } starts ? PlannedAction.CheckDays(starts, Due.Value) : null);
        Say(nameof(Money), PlannedAction.CheckMoney(Money));
        Say(nameof(Expected), Expected is { } size && !double.IsFinite(size) ? "By how much must be a number" : Expected is not null && MeasureId is null ? "Select the measure first that it should move" : null);
        Among(nameof(PriorityId), PriorityId, Priorities, "priority");
        Among(nameof(ParentId), ParentId, Parents, "action");
        Among(nameof(MeasureId), MeasureId, Measures, "measure");
        Among(nameof(DriverId), DriverId, Drivers, "driver");
        Among(nameof(OwnerPlace), OwnerPlace, OwnerPlaces, "place");
        if (Schools.Any(urn => Members.All(member => member.Value != urn.ToString(CultureInfo.InvariantCulture)))) ModelState.AddModelError(nameof(Schools), "Select schools from the list");
    }

    private void Among(string field, int? chosen, IReadOnlyList<SelectListItem> choices, string what)
    {
        if (chosen is { } value && choices.All(choice => choice.Value != value.ToString(CultureInfo.InvariantCulture))) Say(field, $"Select the {what} from the list");
    }

    protected void Show(PlannedAction action)
    {
        (Title, PriorityId, ParentId, Owner, OwnerPlace, Partners, Starts, Due) = (action.Title, action.PriorityId, action.ParentId, action.Owner, action.OwnerPlace.Value, action.Partners, action.Starts, action.Due);
        (Resources, Money, MeasureId, Expected, DriverId) = (action.Resources, action.Money, action.MeasureId, action.Expected, action.DriverId);
        Schools = [.. db.ActionSchools.Where(school => school.ActionId == action.Id).AsEnumerable().Select(school => school.Urn.Value)];
    }

    protected void Take(PlannedAction action)
    {
        (action.Title, action.PriorityId, action.ParentId, action.Owner, action.OwnerPlace) = (Title!.Trim(), PriorityId, ParentId, Owner!.Trim(), OwnerPlace is { } place ? new PlaceKey(place) : Place);
        (action.Partners, action.Starts, action.Due, action.Resources, action.Money) = (string.Join('\n', (Partners ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)), Starts!.Value, Due!.Value, Resources?.Trim() ?? "", Money);
        (action.MeasureId, action.Expected, action.DriverId, action.ImportId) = (MeasureId, Expected, DriverId, null);
        if (action.Id == 0) db.Add(action);
        db.SaveChanges();
        var held = db.ActionSchools.Where(school => school.ActionId == action.Id).ToList();
        db.RemoveRange(held.Where(school => !Schools.Contains(school.Urn.Value)));
        db.AddRange(Schools.Distinct().Where(urn => held.All(school => school.Urn.Value != urn)).Select(urn => new ActionSchool { ActionId = action.Id, Urn = new SchoolUrn(urn) }));
        db.SaveChanges();
    }
}
