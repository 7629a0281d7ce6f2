using System.Globalization;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Outcomes;
using Waymark.Shared.CommandLine;
using Waymark.Shared.Imports;
using Waymark.Shared.Ledger;

namespace Waymark.Example;

/// <summary>
/// The Central Bedfordshire example of 2016-17: fictional schools in the real clusters, loaded through the same importers as real files.
/// </summary>
internal sealed class Room : Shared.Room
{
    public override void FillExample(Store store)
    {
        using (var db = store.Open())
        {
            db.Write(Setting.Today, ExampleCalendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            db.Write(Setting.Authority, "823");
            db.Write(Setting.AuthorityName, "Central Bedfordshire");
            db.AddRange(ExampleChildren.Schools.Select((school, i) => new SharingAgreement
            {
                School = new(school.Urn),
                Kinds = string.Join(' ', DataKind.All.Select(kind => kind.Code)),
                FirstYear = AcademicYear.Ending(2016),
                LastYear = AcademicYear.Ending(2018),
                From = new DateOnly(2016, 6, 1),
                Until = new DateOnly(2018, 8, 31),
                SignedBy = i == 0 ? "Hetty Longstaff" : "Nadia Okafor",
                SignedAs = "Headteacher",
                Reference = "Partnership office, agreements 2016",
            }));
            db.SaveChanges();
        }
        var clock = new LocalClock(TimeProvider.System, ExampleCalendar.Today);
        var desk = new ImportDesk(store, All.SelectMany(room => room.Importers), clock);
        using var progress = new Output.Progress();
        foreach (var file in ExampleFiles.All())
        {
            progress.Report($"Making the example: {file.Name}");
            var outcome = desk.Stage(file.Name, file.Content);
            if (outcome.Refused)
                throw new InvalidOperationException($"The example's own {file.Name} was refused: {outcome.Notes.First(note => note.Kind == NoteKind.Fault)}");
            if (!outcome.AlreadyHere && desk.Publish(outcome.Import.Id) is { } rule)
                throw new InvalidOperationException($"The example's own {file.Name} was not published: {rule}");
        }
        FillClusters(store, clock);
        using (var db = store.Open())
        {
            ExamplePeople.Fill(db, clock);
            db.Write(Setting.Filled, ExampleCalendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            db.SaveChanges();
        }
    }

    /// <summary>What no file holds: the clusters that meet jointly, and the people of each.</summary>
    private static void FillClusters(Store store, LocalClock clock)
    {
        using var db = store.Open();
        foreach (var (name, from, of) in ExampleSchools.Joint)
        {
            var parts = of.Select(part => db.FindCluster(part)!).ToList();
            var joint = new Cluster { Slug = Cluster.SlugOf(name), Name = name, Kind = ClusterKind.Joint, Position = parts.Min(part => part.Position) };
            db.Add(joint);
            db.SaveChanges();
            db.Record(parts.Select(part => (new Belonging(part.Place, joint.Place), (IReadOnlyList<Span>)[new Span(from, null)])), $"{string.Join(" and ", of)}: meet jointly", clock.UtcNow);
        }
        db.AddRange(ExampleSchools.Embedded("contacts.csv", cell => new ClusterContact
        {
            ClusterId = db.FindCluster(cell("cluster"))!.Id,
            Capacity = Enum.Parse<ContactCapacity>(cell("capacity")),
            Name = cell("name"),
            Role = cell("role"),
            Email = cell("email"),
            Telephone = cell("telephone"),
            From = new DateOnly(2015, 9, 1),
        }));
        db.SaveChanges();
    }
}
