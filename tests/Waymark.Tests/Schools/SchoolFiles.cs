using System.Text;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Schools;

/// <summary>Takes files through the import desk as a person does.</summary>
internal static class SchoolFiles
{
    public static ImportDesk Desk(this TestStore store) => new(store.Store, Room.All.SelectMany(room => room.Importers), new LocalClock(new FakeTime()));

    public static ImportDesk.Outcome Stage(this TestStore store, string name, string text) => store.Desk().Stage(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Stages and publishes; the outcome with its notes.</summary>
    public static ImportDesk.Outcome Load(this TestStore store, string name, string text) => store.Publish(store.Stage(name, text));

    /// <summary>A file of the development data.</summary>
    public static ImportDesk.Outcome LoadShared(this TestStore store, string name) =>
        store.Publish(store.Desk().Stage(Path.GetFileName(name), File.ReadAllBytes(SharedData.File(name))));

    public static ImportDesk.Outcome Publish(this TestStore store, ImportDesk.Outcome outcome)
    {
        outcome.Refused.ShouldBeFalse(string.Join("\n", outcome.Notes.Take(10)));
        store.Desk().Publish(outcome.Import.Id).ShouldBeNull();
        (outcome.Import.RowsKept + outcome.Import.RowsListed).ShouldBe(outcome.Import.RowsRead, "nothing is silently dropped");
        return outcome;
    }

    /// <summary>A register in the raw layout, with the columns that matter here.</summary>
    public static string Register(params string[] rows) =>
        "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentTypeGroup (name),EstablishmentStatus (name),OpenDate,CloseDate,PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,Town,Postcode,Easting,Northing,HeadLastName,LastChangedDate\r\n"
        + string.Concat(rows.Select(row => row + "\r\n"));

    public const string Links = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\r\n";
}
