using System.Data.Common;
using System.Globalization;
using Dapper;
using Waymark.Shared.Imports;

namespace Waymark.Schools;

/// <summary>
/// The table "school" is what the registers in use say now, newest first; what the newest does not say (a null), an older one may.
/// It is derived from the records and can be derived again at any time.
/// </summary>
internal static class SchoolProjection
{
    private static readonly string[] Facts =
    [
        "laestab", "authority", "type", "type_group", "opened_on", "lowest_age", "highest_age", "gender", "religious_character", "trust",
        "street", "town", "postcode", "easting", "northing", "capacity", "pupils", "website",
    ];

    private static readonly string Columns = $"urn, as_of, name, search_text, phase, status, closed_on, {string.Join(", ", Facts)}";

    private static readonly string Apply =
        $"""
        insert into school ({Columns}, in_register)
        select {Columns}, @yes from school_record r
        where r.import_id = @import and r.as_of = @asOf and (@all or r.urn in (select urn from school_record where import_id = @touched))
        on conflict (urn) do update set
            as_of = excluded.as_of, name = excluded.name, search_text = excluded.search_text, in_register = excluded.in_register,
            phase = case when excluded.phase = 0 then school.phase else excluded.phase end,
            status = case when excluded.status = 0 then school.status else excluded.status end,
            closed_on = case when excluded.status = 1 then excluded.closed_on else coalesce(excluded.closed_on, school.closed_on) end,
            {string.Join(", ", Facts.Select(fact => $"{fact} = coalesce(excluded.{fact}, school.{fact})"))}
        """;

    private static readonly string Clear =
        $"""
        update school set as_of = @never, in_register = @no, phase = 0, status = 0, closed_on = null, {string.Join(", ", Facts.Select(fact => $"{fact} = null"))}
        where urn in (select urn from school_record where import_id = @touched)
        """;

    public static void Refresh(DbConnection connection, DbTransaction transaction, int import, bool published)
    {
        var editions = connection.Query<(int Import, object AsOf)>(
            "select distinct r.import_id, r.as_of from school_record r join import i on i.id = r.import_id where i.state = @visible",
            new { visible = (int)ImportState.Published }, transaction)
            .Select(edition => (edition.Import, AsOf: Day(edition.AsOf))).OrderBy(edition => edition.AsOf).ThenBy(edition => edition.Import).ToList();
        var own = editions.Where(edition => edition.Import == import).ToList();
        // The usual case: the newest register so far goes on top. Otherwise the schools that it names are told again from the start.
        var isNewest = published && editions.TakeLast(own.Count).SequenceEqual(own);
        if (!isNewest)
            connection.Execute(Clear, new { never = DateOnly.MinValue, no = false, touched = import }, transaction);
        foreach (var edition in isNewest ? own : editions)
            connection.Execute(Apply, new { yes = true, all = edition.Import == import, import = edition.Import, asOf = edition.AsOf, touched = import }, transaction);
    }

    internal static DateOnly Day(object value) => value switch
    {
        DateOnly day => day,
        DateTime time => DateOnly.FromDateTime(time),
        _ => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
