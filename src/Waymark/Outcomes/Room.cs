using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Outcomes.Commands;
using Waymark.Outcomes.Imports;
using Waymark.Outcomes.Pages;
using Waymark.Outcomes.Pupils;
using Waymark.Schools;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Exports;
using Waymark.Shared.Imports;
using Waymark.Shared.Jobs;
using Waymark.Shared.Web;

namespace Waymark.Outcomes;

/// <summary>Published, local and pupil-level results, and what is made of them: packs and school reports.</summary>
internal sealed class Room : Shared.Room
{
    /// <summary>Single children by name.</summary>
    public static readonly Permission SeePupils = new("pupils.see", "See, search and download data about single pupils of schools that share them", [RoleKind.Officer, RoleKind.DataOfficer], [RoleKind.Headteacher], SecondFactor: true);

    public static readonly Permission Agree = new("agreements.record", "Record and withdraw a school’s agreement to share data about its pupils", [RoleKind.Officer, RoleKind.DataOfficer], [RoleKind.Headteacher]);

    public static readonly Permission SeeAgreements = new("agreements.see", "See which schools share data about their pupils", [RoleKind.Officer, RoleKind.DataOfficer], []);

    public override IEnumerable<DoorOf> Doors =>
    [
        new("Pages", Door.Public), new("Imports/Pages", Door.For(Permissions.LoadData)),
        new("Pages/Agreements/List", Door.For(SeeAgreements)), new("Pages/Agreements/Record", Door.For(Agree, "urn", SchoolBy)), new("Pages/Agreements/Withdraw", new Door(DoorKind.Role, Agree, AgreementBy)),
        new("Pages/Pupils/List", Door.For(SeePupils, "urn", SchoolBy)), new("Pages/Pupils/Show", new Door(DoorKind.Role, SeePupils, PupilBy)),
    ];

    private static Found? SchoolBy(WaymarkDb db, string number) => SchoolUrn.TryParse(number, null, out var urn) && db.Schools.FirstOrDefault(school => school.Urn == urn) is { } school ? new Found(school, school.Place, null) : null;

    private static Found? AgreementBy(WaymarkDb db, RouteValueDictionary route) =>
        IdIn(route) is { } id && SchoolUrn.TryParse(Convert.ToString(route["urn"], CultureInfo.InvariantCulture), null, out var urn) && db.SharingAgreements.FirstOrDefault(agreement => agreement.Id == id && agreement.School == urn && agreement.WithdrawnOn == null) is { } agreement ? new Found(agreement, PlaceKey.School(urn)) : null;

    private static Found? PupilBy(WaymarkDb db, RouteValueDictionary route)
    {
        if (IdIn(route) is not { } id || !SchoolUrn.TryParse(Convert.ToString(route["urn"], CultureInfo.InvariantCulture), null, out var urn) || db.Pupils.AsNoTracking().FirstOrDefault(pupil => pupil.Id == id) is not { } pupil) return null;
        var line = db.LineOf(urn);
        return db.PupilResults.Any(result => result.Pseudonym == pupil.Pseudonym && line.Contains(result.School)) ? new Found(pupil, PlaceKey.School(urn), null) : null;
    }

    private static int? IdIn(RouteValueDictionary route) => int.TryParse(Convert.ToString(route["id"], CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public override void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<PupilVault>();

    public override IEnumerable<JobKind> Jobs => [ForgetKeys];

    /// <summary>With the last pupil of a year goes its key, and with the key what every backup holds of that year's pupils.</summary>
    private static readonly JobKind ForgetKeys = new("outcomes.pupil-keys", "Throw away the keys of years of which no pupil is kept any more", run =>
    {
        var inUse = run.Db.Pupils.Select(pupil => pupil.SealedFor).Distinct().ToHashSet();
        return Task.FromResult(run.Services.GetRequiredService<PupilVault>().ForgetKeys(inUse, AcademicYear.Of(run.Clock.Today).EndYear));
    })
    { DailyAt = new TimeOnly(4, 0) };

    public override IEnumerable<Export> Exports =>
    [
        Export.Of("agreements", "Schools’ agreements to share data about their pupils", SeeAgreements, (db, today) => db.SharingAgreements.AsNoTracking().OrderBy(agreement => agreement.Id).AsEnumerable().Select(agreement =>
            new AgreementRow(agreement.School.Value, db.NameOf(PlaceKey.School(agreement.School)).Name, agreement.Kinds, $"{agreement.FirstYear.Code}", $"{agreement.LastYear.Code}", agreement.From, agreement.Until, agreement.SignedBy, agreement.SignedAs, agreement.Reference, agreement.WithdrawnOn, agreement.IsInForceOn(today)))),
    ];

    public override IEnumerable<Importer> Importers => [.. Layout.All.Select(layout => new ResultsImporter(layout)), new SavedLayoutImporter(), new MetadataImporter(), new PupilImporter()];

    public override IEnumerable<MenuEntry> Menu => [new("Data", "/imports", 70, "/data-calendar", "/agreements") { For = Permissions.LoadData }];

    public override IEnumerable<Panel> Panels => [new(PlaceKind.School, typeof(SchoolFiguresPanel), 10)];

    public override IEnumerable<Command> Commands => [PackCommand.Create()];
}
