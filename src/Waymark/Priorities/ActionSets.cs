using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Priorities;

/// <summary>An action with what its plan says of it.</summary>
/// <param name="Of">Whose plan it stands in.</param>
/// <param name="Last">Its latest report; null while there is none.</param>
public sealed record ActionInPlan(PlannedAction Action, string Of, string? Priority, string? Measure, ProgressReport? Last, IReadOnlyList<SchoolUrn> Schools)
{
    /// <summary>What is wrong with it on a day, in words; empty where nothing is.</summary>
    public IReadOnlyList<string> Troubles(DateOnly today) =>
    [
        .. new[]
        {
            Action.IsLate(today) ? "late" : null, Action.IsOpen && Last?.Going == Going.Stuck ? "stuck" : null,
            Action.IsOpen && Action.MeasureId is null ? "no measure" : null, IsDue(today) ? "no report this half term" : null,
        }.OfType<string>(),
    ];

    /// <summary>Whether its owner has to report in the half term of this day and has not.</summary>
    public bool IsDue(DateOnly today) => Action.IsOpen && Action.Starts <= today && (Last is null || Last.HalfTerm < HalfTerm.Of(today).Code);
}

public static class ActionSets
{
    extension(WaymarkDb db)
    {
        /// <summary>Those that people entered, and those of files in use.</summary>
        public IQueryable<PlannedAction> PlannedActions
        {
            get
            {
                var imports = db.Imports;
                return db.Set<PlannedAction>().Where(action => action.ImportId == null || imports.Any(import => import.Id == action.ImportId && import.State == ImportState.Published));
            }
        }

        public DbSet<ActionSchool> ActionSchools => db.Set<ActionSchool>();
        public DbSet<ProgressReport> ProgressReports => db.Set<ProgressReport>();
        public DbSet<ProgressAsk> ProgressAsks => db.Set<ProgressAsk>();
        public DbSet<SuccessMeasure> SuccessMeasures => db.Set<SuccessMeasure>();
        public DbSet<MeasurePoint> MeasurePoints => db.Set<MeasurePoint>();
        public DbSet<Driver> Drivers => db.Set<Driver>();

        internal LiveRecord? ActionToCite(string key) =>
            int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Plans.Of(db, actions => actions.Where(action => action.Id == id)) is [var found] ? Plans.LiveOf(found) : null;
    }
}

/// <summary>Plans: the actions of a cluster, a school or all, with what is late, stuck or without a measure.</summary>
public static class Plans
{
    public static IReadOnlyList<ActionInPlan> Of(WaymarkDb db, Func<IQueryable<PlannedAction>, IQueryable<PlannedAction>>? which = null)
    {
        var actions = (which ?? (all => all))(db.PlannedActions.AsNoTracking()).OrderBy(action => action.Due).ThenBy(action => action.Id).ToList();
        var ids = actions.Select(action => action.Id).ToList();
        var last = db.ProgressReports.AsNoTracking().Where(report => ids.Contains(report.ActionId)).ToList().GroupBy(report => report.ActionId).ToDictionary(of => of.Key, of => of.MaxBy(report => report.Id)!);
        var schools = db.ActionSchools.AsNoTracking().Where(school => ids.Contains(school.ActionId)).ToList().ToLookup(school => school.ActionId, school => school.Urn);
        var priorities = db.AllPriorities.AsNoTracking().ToDictionary(priority => priority.Id, priority => priority.Title);
        var measures = db.SuccessMeasures.AsNoTracking().ToDictionary(measure => measure.Id, measure => measure.Title);
        var names = NamesOf(db, [.. actions.Select(action => action.Place).Distinct()]);
        return [.. actions.Select(action => new ActionInPlan(action, names[action.Place],
            action.PriorityId is { } priority ? priorities.GetValueOrDefault(priority) : null, action.MeasureId is { } measure ? measures.GetValueOrDefault(measure) : null,
            last.GetValueOrDefault(action.Id), [.. schools[action.Id].Order()]))];
    }

    public static IReadOnlyDictionary<PlaceKey, string> NamesOf(WaymarkDb db, IReadOnlyCollection<PlaceKey> places)
    {
        var named = db.NamesOf([.. places.Where(place => place.Kind is PlaceKind.Cluster or PlaceKind.School)]);
        return places.Distinct().ToDictionary(place => place, place => named.TryGetValue(place, out var name) ? name.Name : "The partnership");
    }

    public static Table Table(WaymarkDb db, IReadOnlyList<ActionInPlan> actions, DateOnly today, string id = "actions", string caption = "Actions") => new(id, caption,
        [new("action", "Action", ColumnRole.Label), new("of", "Whose plan"), new("priority", "For"), new("owner", "Owner"), new("due", "Due"), new("state", "State"), new("last", "Last report"), new("trouble", "Look at")],
        [.. actions.Select(of => new Row(
        [
            new(of.Action.Title, Href: $"/actions/{of.Action.Id}"), new(of.Of), new(of.Priority ?? ""), new(of.Action.Owner), new(Day(of.Action.Due)), new(of.Action.State.InWords()),
            new(of.Last is { } last ? $"{last.Going.InWords()}, {Day(last.On)}" : "None yet"), new(string.Join(", ", of.Troubles(today))),
        ]))]);

    internal static LiveRecord LiveOf(ActionInPlan of) => new(PrioritySets.KeyOf(of.Action.Id), of.Action.Title,
        $"{of.Action.State.InWords()}; due on {Day(of.Action.Due)}; {of.Action.Owner}{(of.Last is { } last ? $"; {last.Going.InWords().ToLowerInvariant()} on {Day(last.On)}" : "")}", of.Action.Place, false)
    { On = of.Action.Due };

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
}
