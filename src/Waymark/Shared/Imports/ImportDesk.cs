using System.Globalization;
using System.IO.Compression;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared.Imports;

/// <summary>
/// Takes a file, finds out what it is, reads it into invisible rows and shows what it would change; then one switch makes it visible, or it is thrown away.
/// The command line and the upload page both stand in front of this desk.
/// </summary>
public sealed class ImportDesk(Store store, IEnumerable<Importer> importers, LocalClock clock)
{
    private const int PartBytes = 1024 * 1024;

    /// <summary>What became of a file: staged with its notes, refused with its faults, or already here.</summary>
    public sealed record Outcome(Import Import, IReadOnlyList<ImportNote> Notes, bool AlreadyHere)
    {
        public bool Refused => Notes.Any(note => note.Kind == NoteKind.Fault);
    }

    /// <exception cref="ImportRefusedException">The file cannot be read at all, or nobody knows it.</exception>
    public Outcome Stage(string fileName, byte[] content, AcademicYear? statedYear = null, IProgress<string>? progress = null, CancellationToken stop = default)
    {
        var file = TabularFile.Open(fileName, content);
        using var db = store.Open();
        if (db.Imports.AsNoTracking().FirstOrDefault(import => import.Sha256 == file.Sha256 && import.State == ImportState.Published) is { } same)
            return new Outcome(same, [], AlreadyHere: true);

        var (importer, recognised) = Recognise(file);
        using var connection = store.Connect();
        using var transaction = connection.BeginTransaction();
        var id = NextId(connection, transaction);
        var run = new ImportRun(id, connection, transaction, store.IsSqlite, statedYear, progress, stop);
        var import = new Import { Id = id, FileName = file.Name, Sha256 = file.Sha256, Format = recognised.Format, Title = recognised.Title, ImportedAt = clock.UtcNow };
        Insert(connection, transaction, import);
        importer.Stage(file, recognised, run);
        stop.ThrowIfCancellationRequested();
        (import.RowsRead, import.RowsKept, import.RowsListed) = (run.RowsRead, run.RowsKept, run.RowsListed);
        (import.FiguresNew, import.FiguresChanged, import.FiguresSame) = (run.FiguresNew, run.FiguresChanged, run.FiguresSame);
        import.Years = string.Join(' ', run.Years.Select(year => year.ToString(CultureInfo.InvariantCulture)));
        if (run.RowsRead == 0)
            throw new ImportRefusedException($"{file.Name} has a header row but nothing below it. Check that the download finished.");
        if (run.Faults > 0)
            return new Outcome(import, run.Notes, AlreadyHere: false);
        Update(connection, transaction, import);
        Keep(connection, transaction, file, run.Notes);
        transaction.Commit();
        return new Outcome(import, run.Notes, AlreadyHere: false);
    }

    /// <summary>Makes a staged import visible. Returns the sentence of the rule that stands against it, or null.</summary>
    public string? Publish(int importId) => Switch(importId, import => import.Publish());

    /// <summary>Takes a visible import back; what it superseded shows again.</summary>
    public string? Withdraw(int importId) => Switch(importId, import => import.Withdraw());

    /// <summary>Throws staged rows away that nobody confirmed.</summary>
    public void Discard(int importId)
    {
        using var connection = store.Connect();
        using var transaction = connection.BeginTransaction();
        foreach (var table in TablesWithImport(connection, transaction))
            connection.Execute($"delete from {table} where import_id = @importId and exists (select 1 from import where id = @importId and state = 0)", new { importId }, transaction);
        connection.Execute("delete from import where id = @importId and state = 0", new { importId }, transaction);
        transaction.Commit();
    }

    private string? Switch(int importId, Func<Import, string?> turn)
    {
        using var db = store.Open();
        if (db.Imports.AsNoTracking().FirstOrDefault(candidate => candidate.Id == importId) is not { } import)
            return "This import is not there any more.";
        if (turn(import) is { } rule) return rule;
        using var connection = store.Connect();
        using var transaction = connection.BeginTransaction();
        var rows = connection.Execute("update import set state = @state, version = version + 1 where id = @id and version = @version",
            new { state = (int)import.State, id = import.Id, version = import.Version }, transaction);
        if (rows == 0) return "Somebody else changed this import a moment ago. Look at it again.";
        foreach (var importer in importers)
            importer.AfterSwitch(connection, transaction, import);
        transaction.Commit();
        return null;
    }

    private (Importer, Recognised) Recognise(TabularFile file)
    {
        var best = importers
            .Select(importer => (importer, recognised: importer.Recognise(file)))
            .Where(candidate => candidate.recognised is not null)
            .OrderByDescending(candidate => candidate.recognised!.Certainty)
            .FirstOrDefault();
        if (best.recognised is null)
        {
            var columns = string.Join(", ", file.Header.Take(6)) + (file.Header.Count > 6 ? $" and {file.Header.Count - 6} more" : "");
            throw new ImportRefusedException(
                $"{file.Name}, line 1: no known file has these columns: {columns}. Known are {string.Join("; ", importers.Select(importer => importer.Reads).Distinct())}.");
        }
        return (best.importer, best.recognised);
    }

    private static int NextId(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction) =>
        connection.ExecuteScalar<int>("select coalesce(max(id), 0) + 1 from import", transaction: transaction);

    private static void Insert(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction, Import import) =>
        connection.Execute(
            "insert into import (id, file_name, sha256, format, title, years, state, imported_at, rows_read, rows_kept, rows_listed, figures_new, figures_changed, figures_same, version) " +
            "values (@Id, @FileName, @Sha256, @Format, @Title, '', 0, @ImportedAt, 0, 0, 0, 0, 0, 0, 0)", import, transaction);

    private static void Update(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction, Import import) =>
        connection.Execute(
            "update import set years = @Years, rows_read = @RowsRead, rows_kept = @RowsKept, rows_listed = @RowsListed, " +
            "figures_new = @FiguresNew, figures_changed = @FiguresChanged, figures_same = @FiguresSame where id = @Id", import, transaction);

    private static void Keep(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction, TabularFile file, IReadOnlyList<ImportNote> notes)
    {
        foreach (var note in notes)
            connection.Execute("insert into import_note (import_id, kind, line, \"column\", value, sentence) values (@ImportId, @Kind, @Line, @Column, @Value, @Sentence)", note, transaction);
        if (connection.ExecuteScalar<long>("select count(*) from stored_file_part where sha256 = @Sha256", new { file.Sha256 }, transaction) > 0) return;
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(file.Original);
        var bytes = compressed.ToArray();
        for (var part = 0; part * PartBytes < bytes.Length; part++)
            connection.Execute("insert into stored_file_part (sha256, part, content) values (@Sha256, @part, @content)",
                new { file.Sha256, part, content = bytes.AsSpan(part * PartBytes, Math.Min(PartBytes, bytes.Length - part * PartBytes)).ToArray() }, transaction);
    }

    private IEnumerable<string> TablesWithImport(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction)
    {
        using var db = store.Open();
        return [.. db.Model.GetEntityTypes()
            .Where(entity => entity.GetProperties().Any(property => property.GetColumnName() == "import_id"))
            .Select(entity => entity.GetTableName()!)];
    }
}
