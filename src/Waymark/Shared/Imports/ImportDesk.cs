using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared.Imports;

/// <summary>
/// Takes a file, finds out what it is, reads it into invisible rows and shows what it would change; then one switch makes it visible, or it is thrown away.
/// The command line and the upload page both stand in front of this desk; inside a request it works in the request's transaction.
/// </summary>
public sealed class ImportDesk(Store store, IEnumerable<Importer> importers, LocalClock clock, WaymarkDb? request = null)
{
    private const int PartBytes = 1024 * 1024;

    /// <summary>What became of a file: staged with its notes, refused with its faults, or already here.</summary>
    public sealed record Outcome(Import Import, IReadOnlyList<ImportNote> Notes, bool AlreadyHere)
    {
        public bool Refused => Notes.Any(note => note.Kind == NoteKind.Fault);
    }

    /// <exception cref="ImportRefusedException">The file cannot be read at all, or nobody knows it (<see cref="UnknownTableException"/>).</exception>
    public Outcome Stage(string fileName, byte[] content, AcademicYear? statedYear = null, IProgress<string>? progress = null, CancellationToken stop = default) =>
        Read(fileName, content, publish: false, statedYear, progress, stop);

    /// <summary>Reads a file and makes it visible in one transaction: for the command line, where nobody looks in between. Whoever stops it leaves the store as it was.</summary>
    /// <exception cref="ImportRefusedException">As for <see cref="Stage(string, byte[], AcademicYear?, IProgress{string}?, CancellationToken)"/>.</exception>
    public Outcome Load(string fileName, byte[] content, AcademicYear? statedYear = null, IProgress<string>? progress = null, CancellationToken stop = default) =>
        Read(fileName, content, publish: true, statedYear, progress, stop);

    private Outcome Read(string fileName, byte[] content, bool publish, AcademicYear? statedYear, IProgress<string>? progress, CancellationToken stop)
    {
        var file = TabularFile.Open(fileName, content);
        using var db = store.Open();
        if (InUse(db, file) is { } same) return new Outcome(same, [], AlreadyHere: true);
        var (importer, recognised) = Recognise(file, db);
        return Stage(file, importer, recognised, publish, statedYear, progress, stop);
    }

    /// <summary>Reads a file as a person said that it is to be read.</summary>
    /// <exception cref="ImportRefusedException">The file breaks off, or another is being read in.</exception>
    public Outcome Stage(TabularFile file, Importer importer, Recognised recognised, AcademicYear? statedYear = null, CancellationToken stop = default) =>
        Stage(file, importer, recognised, publish: false, statedYear, null, stop);

    private Outcome Stage(TabularFile file, Importer importer, Recognised recognised, bool publish, AcademicYear? statedYear, IProgress<string>? progress, CancellationToken stop)
    {
        using var db = store.Open();
        // While the example is being filled its register is still growing.
        var isExample = db.Read(Setting.Filled) is not null;
        using var work = Begin();
        var (connection, transaction) = (work.Connection, work.Transaction);
        var import = new Import { FileName = file.Name, Sha256 = file.Sha256, Format = recognised.Format, Title = recognised.Title, ImportedAt = clock.UtcNow };
        import.Id = Insert(connection, transaction, import);
        var run = new ImportRun(import.Id, store, connection, transaction, clock, isExample, statedYear, progress, stop);
        if (file.Remark is { } remark) run.Remark(remark);
        importer.Stage(file, recognised, run);
        stop.ThrowIfCancellationRequested();
        (import.RowsRead, import.RowsKept, import.RowsListed) = (run.RowsRead, run.RowsKept, run.RowsListed);
        (import.FiguresNew, import.FiguresChanged, import.FiguresSame) = (run.FiguresNew, run.FiguresChanged, run.FiguresSame);
        import.Years = string.Join(' ', run.Years.Select(year => year.ToString(CultureInfo.InvariantCulture)));
        if (run.RowsRead == 0 && run.Faults == 0)
            throw new ImportRefusedException($"{file.Name} has a header row but nothing below it. Check that the download finished.");
        var notes = run.Notes;
        if (run.Faults > 0)
            return new Outcome(import, notes, AlreadyHere: false);
        Update(connection, transaction, import);
        Keep(connection, transaction, notes);
        if (importer.KeepsFile) Keep(connection, transaction, file);
        if (publish && (import.Publish() ?? Turn(connection, transaction, import)) is { } rule) throw new ImportRefusedException(rule);
        work.Commit();
        return new Outcome(import, notes, AlreadyHere: false);
    }

    /// <summary>Makes a staged import visible. Returns the sentence of the rule that stands against it, or null.</summary>
    public string? Publish(int importId) => Switch(importId, import => import.Publish());

    /// <summary>Takes a visible import back; what it superseded shows again.</summary>
    public string? Withdraw(int importId) => Switch(importId, import => import.Withdraw());

    /// <summary>Throws staged rows away that nobody confirmed, and the file with them.</summary>
    public void Discard(int importId)
    {
        using var work = Begin();
        Delete(work.Connection, work.Transaction, importId, ImportState.Staged);
        work.Commit();
    }

    /// <summary>Makes as if a file had never been loaded: for a command that is stopped before it is through, and for nothing else.</summary>
    public void Undo(int importId)
    {
        using var db = store.Open();
        var import = db.Imports.AsNoTracking().Single(candidate => candidate.Id == importId);
        import.Withdraw();
        using var work = Begin();
        Turn(work.Connection, work.Transaction, import);
        Delete(work.Connection, work.Transaction, importId, ImportState.Withdrawn);
        work.Commit();
    }

    private void Delete(DbConnection connection, DbTransaction transaction, int importId, ImportState state)
    {
        foreach (var table in TablesWithImport())
            connection.Execute($"delete from {table} where import_id = @importId and exists (select 1 from import where id = @importId and state = @state)", new { importId, state = (int)state }, transaction);
        connection.Execute("delete from import where id = @importId and state = @state", new { importId, state = (int)state }, transaction);
        foreach (var importer in importers) importer.AfterDelete(connection, transaction);
        ForgetFiles(connection, transaction);
    }

    /// <summary>Keeps a table that nobody knows for a day, so that a person can say what its columns hold.</summary>
    public void SetAside(TabularFile file)
    {
        using var work = Begin();
        var (connection, transaction) = (work.Connection, work.Transaction);
        connection.Execute("delete from waiting_file where uploaded_at < @yesterday", new { yesterday = clock.UtcNow.AddDays(-1) }, transaction);
        connection.Execute("insert into waiting_file (sha256, file_name, uploaded_at) values (@Sha256, @Name, @now) on conflict (sha256) do update set uploaded_at = excluded.uploaded_at",
            new { file.Sha256, file.Name, now = clock.UtcNow }, transaction);
        Keep(connection, transaction, file);
        ForgetFiles(connection, transaction);
        work.Commit();
    }

    /// <summary>A file that is kept here: one that was set aside, or that of an import. Null when it is not there any more.</summary>
    public TabularFile? Find(string sha256)
    {
        using var work = Begin();
        var (connection, transaction) = (work.Connection, work.Transaction);
        if (connection.QueryFirstOrDefault<string>("select file_name from waiting_file where sha256 = @sha256 union all select file_name from import where sha256 = @sha256", new { sha256 }, transaction) is not { } name) return null;
        using var compressed = new MemoryStream();
        foreach (var part in connection.Query<byte[]>("select content from stored_file_part where sha256 = @sha256 order by part", new { sha256 }, transaction, buffered: false))
            compressed.Write(part);
        compressed.Position = 0;
        using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return TabularFile.Open(name, plain.ToArray());
    }

    /// <summary>Forgets a file that was set aside.</summary>
    public void Forget(string sha256)
    {
        using var work = Begin();
        var (connection, transaction) = (work.Connection, work.Transaction);
        connection.Execute("delete from waiting_file where sha256 = @sha256", new { sha256 }, transaction);
        ForgetFiles(connection, transaction);
        work.Commit();
    }

    private string? Switch(int importId, Func<Import, string?> turn)
    {
        using var db = store.Open();
        if (db.Imports.AsNoTracking().FirstOrDefault(candidate => candidate.Id == importId) is not { } import)
            return "This import is not there any more.";
        if (turn(import) is { } rule) return rule;
        using var work = Begin();
        var (connection, transaction) = (work.Connection, work.Transaction);
        if (Turn(connection, transaction, import) is { } stands) return stands;
        work.Commit();
        return null;
    }

    /// <summary>Writes the import's new state and brings up to date what is derived from the visible rows.</summary>
    private string? Turn(DbConnection connection, DbTransaction transaction, Import import)
    {
        // One at a time; SQLite lets only one write anyway.
        if (!store.IsSqlite) connection.Execute("select pg_advisory_xact_lock(824)", transaction: transaction);
        try
        {
            var rows = connection.Execute("update import set state = @state, version = version + 1 where id = @id and version = @version",
                new { state = (int)import.State, id = import.Id, version = import.Version }, transaction);
            if (rows == 0) return "Somebody else changed this import a moment ago. Look at it again.";
        }
        catch (DbException exception) when (exception is SqliteException { SqliteErrorCode: 19 } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return $"{import.FileName} is in use already: somebody else confirmed the same file. Throw this one away.";
        }
        foreach (var importer in importers)
            importer.AfterSwitch(connection, transaction, import);
        return null;
    }

    private static Import? InUse(WaymarkDb db, TabularFile file) =>
        db.Imports.AsNoTracking().FirstOrDefault(import => import.Sha256 == file.Sha256 && import.State == ImportState.Published);

    private (Importer, Recognised) Recognise(TabularFile file, WaymarkDb db)
    {
        var best = importers
            .Select(importer => (importer, recognised: importer.Recognise(file, db)))
            .Where(candidate => candidate.recognised is not null)
            .OrderByDescending(candidate => candidate.recognised!.Certainty)
            .FirstOrDefault();
        return best.recognised is null ? throw new UnknownTableException(file, importers.Select(importer => importer.Reads).Distinct()) : (best.importer, best.recognised);
    }

    /// <summary>On SQLite one import is read in at a time; who comes meanwhile waits, and is told after half a minute.</summary>
    private Work Begin()
    {
        if (request?.Database.CurrentTransaction is { } running)
            return new Work(request.Database.GetDbConnection(), running.GetDbTransaction(), running);
        var connection = store.Connect();
        try
        {
            return new Work(connection, connection.BeginTransaction(), null);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == 5)
        {
            connection.Dispose();
            throw new ImportRefusedException("Another file is being read in just now. Wait a minute, then try again.");
        }
    }

    /// <summary>A transaction of the desk's own, or a part of the request's that is undone by itself.</summary>
    private sealed class Work : IDisposable
    {
        private const string Point = "desk";
        private readonly IDbContextTransaction? request;
        private bool isDone;

        public Work(DbConnection connection, DbTransaction transaction, IDbContextTransaction? request)
        {
            (Connection, Transaction, this.request) = (connection, transaction, request);
            request?.CreateSavepoint(Point);
        }

        public DbConnection Connection { get; }
        public DbTransaction Transaction { get; }

        public void Commit()
        {
            if (request is null) Transaction.Commit();
            else request.ReleaseSavepoint(Point);
            isDone = true;
        }

        public void Dispose()
        {
            if (request is null)
            {
                Transaction.Dispose();
                Connection.Dispose();
            }
            else if (!isDone) request.RollbackToSavepoint(Point);
        }
    }

    private static int Insert(DbConnection connection, DbTransaction transaction, Import import) =>
        connection.ExecuteScalar<int>(
            "insert into import (file_name, sha256, format, title, years, state, imported_at, rows_read, rows_kept, rows_listed, figures_new, figures_changed, figures_same, version) " +
            "values (@FileName, @Sha256, @Format, @Title, '', 0, @ImportedAt, 0, 0, 0, 0, 0, 0, 0) returning id", import, transaction);

    private static void Update(DbConnection connection, DbTransaction transaction, Import import) =>
        connection.Execute(
            "update import set years = @Years, rows_read = @RowsRead, rows_kept = @RowsKept, rows_listed = @RowsListed, " +
            "figures_new = @FiguresNew, figures_changed = @FiguresChanged, figures_same = @FiguresSame where id = @Id", import, transaction);

    private static void Keep(DbConnection connection, DbTransaction transaction, IReadOnlyList<ImportNote> notes)
    {
        foreach (var note in notes)
            connection.Execute("insert into import_note (import_id, kind, line, \"column\", value, sentence) values (@ImportId, @Kind, @Line, @Column, @Value, @Sentence)", note, transaction);
    }

    private static void Keep(DbConnection connection, DbTransaction transaction, TabularFile file)
    {
        if (connection.ExecuteScalar<long>("select count(*) from stored_file_part where sha256 = @Sha256", new { file.Sha256 }, transaction) > 0) return;
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(file.Original);
        var bytes = compressed.ToArray();
        for (var part = 0; part * PartBytes < bytes.Length; part++)
            connection.Execute("insert into stored_file_part (sha256, part, content) values (@Sha256, @part, @content) on conflict do nothing",
                new { file.Sha256, part, content = bytes.AsSpan(part * PartBytes, Math.Min(PartBytes, bytes.Length - part * PartBytes)).ToArray() }, transaction);
    }

    private static void ForgetFiles(DbConnection connection, DbTransaction transaction) => connection.Execute(
        "delete from stored_file_part where sha256 not in (select sha256 from import union all select sha256 from waiting_file)", transaction: transaction);

    private string[] TablesWithImport()
    {
        using var db = store.Open();
        return [.. db.Model.GetEntityTypes()
            .Where(entity => entity.GetProperties().Any(property => property.GetColumnName() == "import_id"))
            .Select(entity => entity.GetTableName()!)];
    }
}
