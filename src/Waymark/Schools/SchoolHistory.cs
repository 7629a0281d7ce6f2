using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Schools;

/// <summary>A school through its line of URNs and the registers that name it: who it was on a day.</summary>
public sealed class SchoolHistory
{
    /// <summary>The URNs that any register names, oldest first, each with its records from the oldest.</summary>
    private readonly IReadOnlyList<IReadOnlyList<SchoolRecord>> numbers;

    /// <param name="line">All URNs of the school, oldest first.</param>
    public SchoolHistory(IEnumerable<SchoolUrn> line, IEnumerable<SchoolRecord> visibleRecords)
    {
        var byUrn = visibleRecords.OrderBy(record => record.AsOf).ThenBy(record => record.ImportId).ToLookup(record => record.Urn);
        numbers = [.. line.Where(byUrn.Contains).Select(urn => (IReadOnlyList<SchoolRecord>)[.. byUrn[urn]])];
    }

    /// <summary>
    /// The school as it was on a day: under the newest URN that had opened by then, as the newest register up to then has it, or else the oldest there is.
    /// What that register does not say, an older one may, and at last a later one. Null for a school in no register.
    /// </summary>
    public School? On(DateOnly day)
    {
        if (numbers.Count == 0) return null;
        var (known, later) = Split(day);
        SchoolRecord[] all = [.. known, .. later];
        T? First<T>(Func<SchoolRecord, T?> of) => all.Select(of).FirstOrDefault(value => value is not null);
        return new School
        {
            Urn = all[0].Urn,
            AsOf = all[0].AsOf,
            Name = all[0].Name,
            SearchText = all[0].SearchText,
            InRegister = true,
            Phase = PhaseOf(known),
            Status = known.Select(record => record.Status).FirstOrDefault(status => status != SchoolStatus.Unknown),
            ClosedOn = known.Select(record => record.ClosedOn).FirstOrDefault(closed => closed is not null),
            LowestAge = known.Select(record => record.LowestAge).FirstOrDefault(age => age is not null),
            HighestAge = known.Select(record => record.HighestAge).FirstOrDefault(age => age is not null),
            Pupils = known.Select(record => record.Pupils).FirstOrDefault(pupils => pupils is not null),
            Capacity = known.Select(record => record.Capacity).FirstOrDefault(capacity => capacity is not null),
            Laestab = First(record => record.Laestab),
            Authority = First(record => record.Authority),
            Type = First(record => record.Type),
            TypeGroup = First(record => record.TypeGroup),
            OpenedOn = First(record => record.OpenedOn),
            Gender = First(record => record.Gender),
            ReligiousCharacter = First(record => record.ReligiousCharacter),
            Trust = First(record => record.Trust),
            Street = First(record => record.Street),
            Town = First(record => record.Town),
            Postcode = First(record => record.Postcode),
            Easting = First(record => record.Easting),
            Northing = First(record => record.Northing),
            Website = First(record => record.Website),
        };
    }

    /// <summary>The phase a school is compared in for a year: that of the year's last day.</summary>
    public Phase PhaseIn(AcademicYear year) => numbers.Count == 0 ? Phase.Unknown : PhaseOf(Split(year.LastDay).Known);

    /// <summary>Each phase and age range with the day of the register that first shows it.</summary>
    public IEnumerable<(DateOnly From, School School)> PhaseChanges()
    {
        School? last = null;
        foreach (var day in numbers.SelectMany(records => records).Select(record => record.AsOf).Distinct().Order())
        {
            var school = On(day)!;
            if (last is null || school.Phase != last.Phase || school.LowestAge != last.LowestAge || school.HighestAge != last.HighestAge)
                yield return (day, school);
            last = school;
        }
    }

    private static Phase PhaseOf(IEnumerable<SchoolRecord> known) => known.Select(record => record.Phase).FirstOrDefault(phase => phase != Phase.Unknown);

    /// <summary>What was known of the school on a day, newest first, and what was not yet, oldest first. A URN whose opening no register tells counts from the first one that names it.</summary>
    private (IReadOnlyList<SchoolRecord> Known, IEnumerable<SchoolRecord> Later) Split(DateOnly day)
    {
        var records = numbers.LastOrDefault(of => (of.Select(record => record.OpenedOn).FirstOrDefault(opened => opened is not null) ?? of[0].AsOf) <= day) ?? numbers[0];
        var known = Math.Max(1, records.Count(record => record.AsOf <= day));
        return ([.. records.Take(known).Reverse()], records.Skip(known));
    }
}

public static class SchoolHistories
{
    extension(WaymarkDb db)
    {
        /// <summary>For each of these URNs, the history of the school through all its URNs.</summary>
        public IReadOnlyDictionary<SchoolUrn, SchoolHistory> HistoriesOf(IReadOnlyCollection<SchoolUrn> urns)
        {
            var lines = db.LinesOf(urns);
            var wanted = lines.Values.SelectMany(line => line).Distinct().ToList();
            var records = db.VisibleSchoolRecords.Where(record => wanted.Contains(record.Urn)).ToLookup(record => record.Urn);
            return lines.ToDictionary(line => line.Key, line => new SchoolHistory(line.Value, line.Value.SelectMany(urn => records[urn])));
        }

        /// <summary>The schools that these URNs stood for on a day, each followed through its line; one that no register names is as a file of figures or links names it.</summary>
        public IReadOnlyDictionary<SchoolUrn, School> SchoolsOn(DateOnly day, IReadOnlyCollection<SchoolUrn> urns)
        {
            var schools = db.HistoriesOf(urns).Select(history => (history.Key, School: history.Value.On(day))).Where(of => of.School is not null).ToDictionary(of => of.Key, of => of.School!);
            var missing = urns.Where(urn => !schools.ContainsKey(urn)).Distinct().ToList();
            if (missing.Count > 0)
                foreach (var school in db.Schools.AsNoTracking().Where(school => missing.Contains(school.Urn)))
                    schools[school.Urn] = school;
            return schools;
        }
    }
}
