using System.Globalization;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Imports;

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
            db.SaveChanges();
        }
        var clock = new LocalClock(TimeProvider.System, ExampleCalendar.Today);
        var desk = new ImportDesk(store, All.SelectMany(room => room.Importers), clock);
        foreach (var file in ExampleFiles.All())
        {
            var outcome = desk.Stage(file.Name, file.Content);
            if (outcome.Refused)
                throw new InvalidOperationException($"The example's own {file.Name} was refused: {outcome.Notes.First(note => note.Kind == NoteKind.Fault)}");
            if (!outcome.AlreadyHere && desk.Publish(outcome.Import.Id) is { } rule)
                throw new InvalidOperationException($"The example's own {file.Name} was not published: {rule}");
        }
        using (var db = store.Open())
        {
            ExamplePeople.Fill(db, clock);
            db.Write(Setting.Filled, ExampleCalendar.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            db.SaveChanges();
        }
    }
}
