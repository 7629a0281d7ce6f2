namespace Waymark.Field;

/// <summary>
/// The regions of England, numbered as in the Department's authority-level benchmarks (980 to 990), with the codes of the Office for National Statistics.
/// </summary>
public static class Regions
{
    private static readonly (int Number, string Code, string Name)[] Known =
    [
        (980, "E12000001", "North East"), (981, "E12000002", "North West"), (982, "E12000003", "Yorkshire and the Humber"), (983, "E12000004", "East Midlands"),
        (984, "E12000005", "West Midlands"), (985, "E12000006", "East of England"), (986, "E12000007", "London"), (987, "E13000001", "London (Inner)"),
        (988, "E13000002", "London (Outer)"), (989, "E12000008", "South East"), (990, "E12000009", "South West"),
    ];

    public static int? FromStatisticalCode(string code) => Known.Where(region => region.Code == code).Select(region => (int?)region.Number).FirstOrDefault();

    public static string? NameOf(int number) => Known.Where(region => region.Number == number).Select(region => region.Name).FirstOrDefault();

    public static string? CodeOf(int number) => Known.Where(region => region.Number == number).Select(region => region.Code).FirstOrDefault();
}
