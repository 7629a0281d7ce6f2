using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;

namespace Waymark.Priorities;

/// <summary>The example's priorities, plans and measures of autumn 2016, from Example/priorities.json.</summary>
internal static class PriorityExample
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private sealed record File(Dictionary<string, DateOnly> Meetings, ExamplePriority[] Priorities, ExampleDriver[] Drivers, ExampleMeasure[] Measures, ExampleAction[] Actions);

    /// <param name="Clusters">Slugs; "*" is all, and so is nothing for the long term.</param>
    private sealed record ExamplePriority(string Title, Horizon Horizon, string Detail = "", string[]? Clusters = null, string[]? Evidence = null);

    private sealed record ExampleDriver(string Priority, string Text, string[] Inner);

    /// <param name="Shares">One a week, how many of how many.</param>
    private sealed record ExampleMeasure(string Priority, string Cluster, string? Indicator = null, string Group = "all", string? Year = null, bool Better = true, string? Title = null, DateOnly? From = null, double? Target = null, DateOnly? TargetOn = null, int[][]? Shares = null);

    private sealed record ExampleAction(string Cluster, string Priority, string Title, DateOnly Starts, DateOnly Due, string? Driver = null, string? Measure = null, string? Indicator = null, double? Expected = null, string Partners = "", decimal? Money = null, string[][]? Reports = null);

    public static void Fill(Store store)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Waymark.Priorities.Example.priorities.json")!;
        var file = JsonSerializer.Deserialize<File>(stream, Options)!;
        using var db = store.Open();
        var clusters = file.Meetings.Keys.ToDictionary(slug => slug, slug => db.FindCluster(slug) ?? throw new InvalidOperationException($"The example has no cluster {slug}."));
        var first = file.Meetings.Values.Min();
        var priorities = new Dictionary<string, Priority>();
        foreach (var of in file.Priorities)
        {
            var by = of.Clusters is null or ["*"] ? file.Meetings.Keys.ToArray() : of.Clusters;
            var priority = new Priority { Place = PlaceKey.Partnership, Title = of.Title, Detail = of.Detail, Horizon = of.Horizon, ProposedOn = by.Min(slug => file.Meetings[slug]) };
            db.Add(priority);
            db.SaveChanges();
            db.AddRange(by.Select(slug => new Adoption { PriorityId = priority.Id, ClusterId = clusters[slug].Id, Since = file.Meetings[slug] }));
            db.SaveChanges();
            foreach (var key in of.Evidence ?? []) db.Rest("priority", PrioritySets.KeyOf(priority.Id), Cite(db, key, first));
            priorities[of.Title] = priority;
        }
        var drivers = new Dictionary<string, int>();
        foreach (var of in file.Drivers)
        {
            var outer = Driver(db, priorities[of.Priority].Id, null, of.Text, drivers.Count);
            drivers[of.Text] = outer;
            foreach (var text in of.Inner) drivers[text] = Driver(db, priorities[of.Priority].Id, outer, text, drivers.Count);
        }
        var measures = new Dictionary<(string Cluster, string What), int>();
        foreach (var of in file.Measures) measures[(of.Cluster, of.Title ?? of.Indicator!)] = Measure(db, of, priorities[of.Priority].Id, clusters[of.Cluster].Place, file.Meetings[of.Cluster]);
        foreach (var of in file.Actions) Action(db, of, priorities[of.Priority].Id, clusters[of.Cluster], drivers, measures);
    }

    private static Citation Cite(WaymarkDb db, string key, DateOnly day) => db.Cite("figure", key, day) ?? throw new InvalidOperationException($"The example has no figure {key}.");

    private static int Driver(WaymarkDb db, int priority, int? through, string text, int position)
    {
        var driver = new Driver { PriorityId = priority, ParentId = through, Text = text, Position = position };
        db.Add(driver);
        db.SaveChanges();
        return driver.Id;
    }

    private static int Measure(WaymarkDb db, ExampleMeasure of, int priority, PlaceKey place, DateOnly day)
    {
        Citation? baseline = null;
        SuccessMeasure measure;
        if (of.Indicator is { } code)
        {
            baseline = Cite(db, $"{code}/{of.Year}/cluster/{place.Number}/{of.Group}", day);
            measure = new() { PriorityId = priority, Place = place, Source = MeasureSource.Indicator, Title = Catalogue.Measure(code).Label, Indicator = code, PupilGroup = of.Group, Unit = Catalogue.Measure(code).Unit, HigherIsBetter = of.Better, BaselineYear = AcademicYear.Parse(of.Year!, CultureInfo.InvariantCulture), BaselineCitationId = baseline.Id };
        }
        else measure = new() { PriorityId = priority, Place = place, Source = MeasureSource.Share, Title = of.Title!, Unit = "%", HigherIsBetter = of.Better, BaselineOn = of.From };
        (measure.Target, measure.TargetOn) = (of.Target, of.TargetOn);
        db.Add(measure);
        db.SaveChanges();
        if (baseline is not null) db.Rest("measure", PrioritySets.KeyOf(measure.Id), baseline);
        db.AddRange((of.Shares ?? []).Select((share, week) => new MeasurePoint { MeasureId = measure.Id, On = of.From!.Value.AddDays(7 * week), Count = share[0], Base = share[1] }));
        db.SaveChanges();
        return measure.Id;
    }

    private static void Action(WaymarkDb db, ExampleAction of, int priority, Cluster cluster, Dictionary<string, int> drivers, Dictionary<(string, string), int> measures)
    {
        var led = db.ClustersOfJoint(cluster).Select(containment => containment.Child.Number).Append(cluster.Id).ToList();
        var lead = db.ClusterContacts.First(contact => led.Contains(contact.ClusterId) && contact.Capacity == ContactCapacity.Lead);
        var action = new PlannedAction
        {
            Place = cluster.Place,
            PriorityId = priority,
            Title = of.Title,
            Owner = $"{lead.Name}, {lead.Role}",
            OwnerPlace = cluster.Place,
            Partners = of.Partners,
            Starts = of.Starts,
            Due = of.Due,
            Money = of.Money,
            DriverId = of.Driver is { } driver ? drivers[driver] : null,
            MeasureId = (of.Measure ?? of.Indicator) is { } what ? measures[(cluster.Slug, what)] : null,
            Expected = of.Expected,
        };
        db.Add(action);
        db.SaveChanges();
        foreach (var report in of.Reports ?? [])
            db.Add(ProgressReport.Of(action, Enum.Parse<Going>(report[1]), report[2], report[3], DateOnly.ParseExact(report[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), null));
        db.SaveChanges();
    }
}
