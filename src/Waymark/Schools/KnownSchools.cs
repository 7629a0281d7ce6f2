using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Field;
using Waymark.Schools.Imports;
using Waymark.Shared.Imports;

namespace Waymark.Schools;

/// <summary>A school as a figures file names it, where no register did when the file was read.</summary>
public sealed class NamedSchool
{
    public required int ImportId { get; init; }
    public required SchoolUrn Urn { get; init; }
    public string? Name { get; init; }
    public Laestab? Laestab { get; init; }
}

internal sealed class NamedSchoolTable : IEntityTypeConfiguration<NamedSchool>
{
    public void Configure(EntityTypeBuilder<NamedSchool> builder)
    {
        builder.ToTable("NamedSchool");
        builder.HasKey(school => new { school.ImportId, school.Urn });
        builder.HasOne<Import>().WithMany().HasForeignKey(school => school.ImportId);
    }
}

/// <summary>Schools that only a figures file names.</summary>
public static class KnownSchools
{
    internal const string NotOfTheExample = "This school is not in the example's register, and an example takes no other. Load files about real schools into a store of their own: waymark serve --no-example --data DIR.";

    internal static HashSet<int> InRegister(ImportRun run) => run.Connection.Query<int>("select urn from school where in_register = @yes", new { yes = true }, run.Transaction).ToHashSet();

    /// <summary>
    /// Notes the schools of a file that no register here names; they become schools when the file is confirmed (<see cref="AfterSwitch"/>).
    /// An example takes no school but its own: there each is a fault.
    /// </summary>
    public static void Stage(ImportRun run, string? column, IEnumerable<(SchoolUrn Urn, string? Name, Laestab? Laestab, int Line)> schools)
    {
        var inRegister = InRegister(run);
        using var insert = new PreparedInsert(run.Connection, run.Transaction, "named_school", ("import_id", DbType.Int32), ("urn", DbType.Int32), ("name", DbType.String), ("laestab", DbType.Int32));
        foreach (var (urn, name, laestab, line) in schools.DistinctBy(school => school.Urn))
        {
            if (inRegister.Contains(urn.Value)) continue;
            if (run.IsExample)
                run.Fault(line, column, urn.ToString(), NotOfTheExample);
            else
                insert.Run(run.ImportId, urn.Value, string.IsNullOrWhiteSpace(name) ? null : name.Trim(), laestab?.Value);
        }
    }

    /// <summary>The schools that only this file names come with it, and go with it unless another file in use names them.</summary>
    public static void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.State == ImportState.Published)
            EnsureKnown(connection, transaction, connection.Query<(int Urn, string? Name, int? Laestab)>("select urn, name, laestab from named_school where import_id = @Id", new { import.Id }, transaction)
                .Select(school => (new SchoolUrn(school.Urn), school.Name, school.Laestab is { } number ? new Laestab(new LocalAuthorityCode(number / 10_000), number % 10_000) : (Laestab?)null)));
        else
            connection.Execute("""
                delete from school where in_register = @no and urn in (select urn from named_school where import_id = @Id)
                and urn not in (select n.urn from named_school n join import i on i.id = n.import_id where i.state = 1)
                and urn not in (select urn from school_record) and urn + @places not in (select child from containment)
                """, new { no = false, import.Id, places = PlaceKey.Of(PlaceKind.School, 0).Value }, transaction);
    }

    /// <summary>Takes away the schools that no file, in use or not, speaks of any more.</summary>
    internal static void ForgetUnnamed(DbConnection connection, DbTransaction transaction) => connection.Execute(
        "delete from school where in_register = @no and urn not in (select urn from school_record) and urn not in (select urn from named_school) and urn + @places not in (select child from containment)",
        new { no = false, places = PlaceKey.Of(PlaceKind.School, 0).Value }, transaction);

    /// <summary>
    /// Every URN becomes a school: one that no register here names is "not in the register" until a register names it.
    /// Returns those that are new.
    /// </summary>
    public static IReadOnlyList<SchoolUrn> EnsureKnown(DbConnection connection, DbTransaction transaction, IEnumerable<(SchoolUrn Urn, string? Name, Laestab? Laestab)> schools)
    {
        var known = connection.Query<int>("select urn from school", transaction: transaction).ToHashSet();
        var added = new List<SchoolUrn>();
        using var insert = new PreparedInsert(connection, transaction, "school", ("urn", DbType.Int32), ("as_of", DbType.Date), ("name", DbType.String), ("laestab", DbType.Int32), ("authority", DbType.Int32),
            ("phase", DbType.Int32), ("status", DbType.Int32), ("search_text", DbType.String), ("in_register", DbType.Boolean));
        foreach (var (urn, name, laestab) in schools)
        {
            if (!known.Add(urn.Value)) continue;
            var called = string.IsNullOrWhiteSpace(name) ? $"School {urn}" : name.Trim();
            insert.Run(urn.Value, DateOnly.MinValue, called, laestab?.Value, laestab?.Authority.Value, (int)Phase.Unknown, (int)SchoolStatus.Unknown, SearchWords.ForSchool(called, null, null, urn.Value, laestab), false);
            added.Add(urn);
        }
        return added;
    }
}
