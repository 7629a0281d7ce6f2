using Waymark.Field;

namespace Waymark.Example;

/// <summary>
/// Two schools of the example share results child by child: the same invented children from whom their counts come, with invented names and numbers that no school ever issued
/// (authority 000).
/// </summary>
internal static class ExampleChildren
{
    public const int Year = 2016;

    private static readonly string[] Girls = ["Amara", "Beatrix", "Cosima", "Dilys", "Elspeth", "Farah", "Greta", "Halina", "Imogen", "Jolanta", "Keziah", "Lowenna", "Maeve", "Nerys", "Odette", "Perpetua", "Rukhsana", "Sunniva", "Thea", "Zofia"];
    private static readonly string[] Boys = ["Alaric", "Barnaby", "Cormac", "Dewi", "Emeka", "Fabian", "Gethin", "Hamza", "Ivo", "Jago", "Kacper", "Lorcan", "Magnus", "Nikodem", "Osian", "Peregrine", "Rafi", "Stellan", "Tobiah", "Wilfred"];
    private static readonly string[] Surnames = ["Applethwaite", "Brackenbury", "Cloverley", "Dandelow", "Elderfield", "Fennimore", "Gorseby", "Hollinshade", "Ivelbrook", "Juniper", "Kestrelman", "Larkswood", "Mallowby", "Nettlefold", "Oakapple", "Pimpernell", "Quince", "Rowanthorpe", "Sorrelby", "Teaselwood", "Umberslade", "Vetchley", "Willowherb", "Yarrowdale"];

    public static IReadOnlyList<ExampleSchool> Schools { get; } = [ExampleSchools.ByUrn(900199), ExampleSchools.ByUrn(900201)];

    /// <summary>The phonics check of summer 2016, child by child.</summary>
    public static ExampleFile File()
    {
        var stage = ExampleLocalResults.Named("phonics");
        var reached = stage.Rule("phonics.y1", Year);
        var text = new ExampleText().Row("upn", "surname", "forename", "birth_date", "sex", "urn", "year", "disadvantaged", "sen", "eal", "measure", "outcome", "status");
        foreach (var school in Schools)
        {
            var chance = school.Chance("names of children");
            foreach (var (pupil, i) in stage.Pupils(school, Year).Select((pupil, i) => (pupil, i)))
            {
                var upn = Upn.Of($"000{school.Estab:0000}{Year - 2 - 2000:00}{i:000}");
                var born = new DateOnly(Year - 7, 9, 1).AddDays(chance.Below(365));
                var names = pupil.Child.Girl ? Girls : Boys;
                text.Row(upn, Surnames[chance.Below(Surnames.Length)], names[chance.Below(names.Length)], born.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), pupil.Child.Girl ? "F" : "M", school.Urn, ExampleCalendar.Code(Year),
                    pupil.Child.Disadvantaged ? "yes" : "no", "NKE"[pupil.Child.Sen], pupil.Child.Eal ? "yes" : "no", "phonics.y1", reached(pupil) ? 1 : 0, "checked");
            }
        }
        return text.ToFile($"pupils_phonics_{ExampleCalendar.Code(Year)}.csv");
    }
}
