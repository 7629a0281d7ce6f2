using System.Globalization;

namespace Waymark.Example;

/// <summary>The register as downloaded on two days, its links, and the two lists that a partnership makes itself: clusters and pyramids.</summary>
internal static class ExampleRegister
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["CY"] = "Community school",
        ["VC"] = "Voluntary controlled school",
        ["VA"] = "Voluntary aided school",
        ["FD"] = "Foundation school",
        ["ACC"] = "Academy converter",
        ["AC"] = "Academy sponsor led",
        ["CYS"] = "Community special school",
        ["ACCS"] = "Academy special converter",
        ["NUR"] = "Local authority nursery school",
    };

    /// <summary>An extract of the register: schools open or closed by that day, in the raw layout of Get Information about Schools.</summary>
    public static ExampleFile Extract(DateOnly day)
    {
        var columns = ExampleSchools.Embedded("register_columns.csv", cell => (Name: cell("column"), Constant: cell("constant")));
        var text = new ExampleText(Quotes.Everywhere).Row(columns.Select(c => c.Name));
        foreach (var school in ExampleSchools.All.Where(s => s.Opened is null || s.Opened <= day).OrderBy(s => s.Urn))
        {
            var known = Known(school, day);
            text.Row(columns.Select(c => known.GetValueOrDefault(c.Name, c.Constant)));
        }
        return text.ToFile($"edubasealldata{day:yyyyMMdd}.csv", ExampleText.Windows1252);
    }

    private static Dictionary<string, string?> Known(ExampleSchool school, DateOnly day)
    {
        var open = school.IsOpenOn(day);
        var academy = school.Type.StartsWith("AC", StringComparison.Ordinal);
        var upper = school.Tier is "upper" or "secondary" or "all-through";
        var pupils = school.Headcount(day.Year);
        var girls = school.Chance($"girls {day.Year}").Near(pupils, school.IsSpecial ? 0.28 : 0.49);
        var inspection = ExampleContext.Inspection(school, day);
        return new(StringComparer.Ordinal)
        {
            ["URN"] = Whole(school.Urn),
            ["EstablishmentNumber"] = Whole(school.Estab),
            ["EstablishmentName"] = school.Name,
            ["TypeOfEstablishment (name)"] = Types[school.Type],
            ["EstablishmentTypeGroup (name)"] = school.Type == "CYS" ? "Special schools" : academy ? "Academies" : "Local authority maintained schools",
            ["EstablishmentStatus (name)"] = open ? "Open" : "Closed",
            ["ReasonEstablishmentOpened (name)"] = academy ? "Academy Converter" : school.Opened is null ? "Not applicable" : "Result of Amalgamation",
            ["OpenDate"] = Day(school.Opened),
            ["ReasonEstablishmentClosed (name)"] = open ? "Not applicable"
                : school.Link switch { "conversion" => "Academy Converter", "amalgamation" => "Result of Amalgamation/Merger", _ => "Closure" },
            ["CloseDate"] = open ? "" : Day(school.Closed),
            ["PhaseOfEducation (name)"] = school.Tier switch
            {
                "lower" or "primary" => "Primary",
                "middle" => "Middle deemed secondary",
                "all-through" => "All-through",
                "nursery" => "Nursery",
                "special" => "Not applicable",
                _ => "Secondary",
            },
            ["StatutoryLowAge"] = Whole(school.Low),
            ["StatutoryHighAge"] = Whole(school.HighOn(day)),
            ["NurseryProvision (name)"] = school.Low <= 3 ? "Has Nursery Classes" : upper || school.IsSpecial ? "Not applicable" : "No Nursery Classes",
            ["OfficialSixthForm (name)"] = school.High >= 18 ? "Has a sixth form" : school.Tier == "nursery" ? "Not applicable" : "Does not have a sixth form",
            ["ReligiousCharacter (name)"] = school.Faith.Length > 0 ? school.Faith : academy ? "None" : "Does not apply",
            ["Diocese (name)"] = school.Faith switch { "Church of England" => "Diocese of St Albans", "Roman Catholic" => "Diocese of Northampton", _ => "Not applicable" },
            ["AdmissionsPolicy (name)"] = upper ? "Non-selective" : "Not applicable",
            ["SchoolCapacity"] = Whole((int)(school.Intake * (school.High - Math.Max(4, school.Low)) * 1.12 / 5) * 5),
            ["CensusDate"] = open ? Day(ExampleCalendar.Census(day.Year)) : "",
            ["NumberOfPupils"] = open ? Whole(pupils) : "",
            ["NumberOfBoys"] = open ? Whole(pupils - girls) : "",
            ["NumberOfGirls"] = open ? Whole(girls) : "",
            ["PercentageFSM"] = open ? ExampleText.Number(45 * school.Disadvantaged, 1) : "",
            ["OfstedLastInsp"] = Day(inspection?.Held),
            ["OfstedRating (name)"] = inspection?.Words,
            ["LastChangedDate"] = Day(day.AddDays(-1 - school.Chance("changed").Below(300))),
            ["Street"] = school.Street,
            ["Locality"] = school.Locality,
            ["Town"] = school.Town,
            ["Postcode"] = school.Postcode,
            ["AdministrativeWard (name)"] = school.Ward,
            ["Easting"] = Whole(school.Easting),
            ["Northing"] = Whole(school.Northing),
        };
    }

    /// <summary>Predecessors and successors, both ways round, in the layout of the register's links file.</summary>
    public static ExampleFile Links(DateOnly day)
    {
        var rows = ExampleSchools.All.Where(s => s.Successor is not null && s.Closed < day).SelectMany(old =>
        {
            var next = ExampleSchools.ByUrn(old.Successor!.Value);
            var kind = old.Link == "amalgamation" ? " - amalgamated" : "";
            return new[] { (old.Urn, Link: next, Kind: "Successor" + kind, next.Opened), (next.Urn, Link: old, Kind: "Predecessor" + kind, next.Opened) };
        });
        var text = new ExampleText(Quotes.Text).Row("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate");
        foreach (var (urn, link, kind, date) in rows.OrderBy(r => r.Urn).ThenBy(r => r.Link.Urn))
            text.Row(urn, link.Urn, link.Name, kind, Day(date));
        return text.ToFile($"links_edubasealldata{day:yyyyMMdd}.csv", ExampleText.Windows1252);
    }

    /// <summary>Who belongs to which cluster, since when, as a full or an associate member.</summary>
    public static ExampleFile Clusters()
    {
        var text = new ExampleText().Row("cluster", "urn", "from", "membership");
        foreach (var cluster in ExampleSchools.Clusters)
            foreach (var school in ExampleSchools.OpenOn(ExampleCalendar.Today))
            {
                var full = school.Clusters.Split('|').Contains(cluster.Code);
                if (!full && school.Associate != cluster.Code) continue;
                var from = full ? cluster.From : ExampleSchools.Clusters[^1].From;
                text.Row(cluster.Name, school.Urn, Iso(school.IsNew && school.Opened > from ? school.Opened.Value : from), full ? "full" : "associate");
            }
        return text.ToFile("clusters.csv");
    }

    /// <summary>Which schools feed which; a pyramid bears the name of the school at its top.</summary>
    public static ExampleFile Pyramids()
    {
        var text = new ExampleText().Row("pyramid", "feeder_urn", "receiver_urn", "from");
        foreach (var feeder in ExampleSchools.OpenOn(ExampleCalendar.Today).Where(s => s.Receivers.Length > 0))
        {
            var receiver = ExampleSchools.ByUrn(int.Parse(feeder.Receivers, CultureInfo.InvariantCulture));
            var top = receiver.Receivers.Length > 0 ? ExampleSchools.ByUrn(int.Parse(receiver.Receivers, CultureInfo.InvariantCulture)) : receiver;
            DateOnly[] since = [new(2011, 9, 1), feeder.IsNew ? feeder.Opened!.Value : default, feeder.HighFrom ?? default, receiver.IsNew ? receiver.Opened!.Value : default];
            text.Row(top.Name, feeder.Urn, receiver.Urn, Iso(since.Max()));
        }
        return text.ToFile("pyramids.csv");
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
    private static string Day(DateOnly? day) => day?.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture) ?? "";
    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
