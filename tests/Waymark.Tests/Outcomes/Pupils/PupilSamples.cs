using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Outcomes;
using Waymark.Outcomes.Pupils;
using Waymark.Shared.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Outcomes.Pupils;

/// <summary>A school with an agreement, and files of its pupils.</summary>
internal static class PupilSamples
{
    public const string Header = "upn,surname,forename,birth_date,sex,urn,year,disadvantaged,sen,eal,measure,outcome,status";

    public static Upn Number(int serial) => Upn.Of($"8230001{14:00}{serial:000}");

    /// <summary>A year group at the phonics check: of every three children two reach it.</summary>
    public static string File(int urn, int children, string year = "201516", int first = 1) =>
        Header + "\n" + string.Concat(Enumerable.Range(first, children).Select(i => $"{Number(i)},Testsurname{i},Forename{i},2009-10-{1 + i % 28:00},{(i % 2 == 0 ? "F" : "M")},{urn},{year},{(i % 4 == 0 ? "yes" : "no")},N,no,phonics.y1,{(i % 3 == 0 ? 0 : 1)},checked\n"));

    public static SharingAgreement Agree(WaymarkDb db, int urn, string kinds = "attainment characteristics", int from = 201516, int to = 201516)
    {
        var agreement = new SharingAgreement
        {
            School = new(urn),
            Kinds = kinds,
            FirstYear = AcademicYear.FromCode(from),
            LastYear = AcademicYear.FromCode(to),
            From = new DateOnly(2016, 6, 1),
            Until = new DateOnly(2030, 8, 31),
            SignedBy = "Maria Ford",
            SignedAs = "Headteacher",
            Reference = "Agreements 2016",
        };
        db.Add(agreement);
        db.SaveChanges();
        return agreement;
    }

    public static ImportDesk.Outcome Load(TestStore store, string csv, string name = "pupils.csv") =>
        new ImportDesk(store.Store, Waymark.Shared.Room.All.SelectMany(room => room.Importers), new LocalClock(new FakeTime())).Load(name, System.Text.Encoding.UTF8.GetBytes(csv));

    /// <summary>An agreement and a pupil of a school, for addresses that name them.</summary>
    public static IEnumerable<(string Part, object There)> In(TestStore store, WaymarkDb db, SchoolUrn school)
    {
        var agreement = Agree(db, school.Value);
        var vault = new PupilVault(new SealKeys(store.Store));
        var upn = Number(77);
        var ends = new DateTime(2016, 8, 31, 23, 0, 0, DateTimeKind.Utc);
        var pupil = new Pupil { Pseudonym = vault.PseudonymOf(upn), SealedFor = 2016, Content = vault.Seal(new(upn.ToString(), "Testsurname", "Forename", new(2009, 10, 1)), 2016), EndsAt = ends };
        db.Add(pupil);
        db.Add(new PupilResult
        {
            ImportId = db.Imports.First(import => import.State == ImportState.Published).Id,
            Line = 1,
            Pseudonym = pupil.Pseudonym,
            Year = AcademicYear.FromCode(201516),
            School = school,
            IsGirl = true,
            IsDisadvantaged = false,
            Sen = "N",
            HasOtherLanguage = false,
            Measure = Catalogue.Measure("phonics.y1").Number,
            Outcome = 1,
            EndsAt = ends,
        });
        db.SaveChanges();
        yield return ("agreement/{id:int}", agreement.Id);
        yield return ("pupils/{id:int}", pupil.Id);
    }
}
