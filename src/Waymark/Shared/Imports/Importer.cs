using System.Data.Common;
using Waymark.Field;

namespace Waymark.Shared.Imports;

/// <summary>
/// What a room knows about one family of files. A room lists its importers in its Room.cs; the desk asks each whether a file is its own.
/// </summary>
public abstract class Importer
{
    /// <summary>What the file is, judged by its columns (and never by its name alone); null when it is not this family's.</summary>
    public abstract Recognised? Recognise(TabularFile file);

    /// <summary>Names what it can read, for the sentence that refuses an unknown file.</summary>
    public abstract string Reads { get; }

    /// <summary>
    /// Reads the whole file into rows that carry <see cref="ImportRun.ImportId"/> and that nobody sees yet. Every fault is said to the run;
    /// a run with a fault is thrown away whole.
    /// </summary>
    public abstract void Stage(TabularFile file, Recognised recognised, ImportRun run);

    /// <summary>After the switch, in the same transaction: bring up to date what is derived from the visible rows.</summary>
    public virtual void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import) { }
}

/// <param name="Format">Short and lasting: "ks2-raw".</param>
/// <param name="Title">In words, for the preview.</param>
/// <param name="Certainty">How many of its own columns were found; the highest wins.</param>
public sealed record Recognised(string Format, string Title, int Certainty, object? Layout = null);

/// <summary>One run of one importer over one file: where it writes, what it says, how far it is.</summary>
public sealed class ImportRun(int importId, DbConnection connection, DbTransaction transaction, bool isSqlite, AcademicYear? statedYear, IProgress<string>? progress, CancellationToken stop)
{
    private const int MostNotes = 1_000;
    private readonly List<ImportNote> notes = [];
    private readonly HashSet<int> years = [];

    public int ImportId => importId;
    public DbConnection Connection => connection;
    public DbTransaction Transaction => transaction;
    public bool IsSqlite => isSqlite;

    /// <summary>The year a person stated, for a file that does not tell its own.</summary>
    public AcademicYear? StatedYear => statedYear;
    public int RowsRead { get; private set; }
    public int RowsKept { get; private set; }
    public int RowsListed { get; private set; }
    public int Faults { get; private set; }
    public int FiguresNew { get; set; }
    public int FiguresChanged { get; set; }
    public int FiguresSame { get; set; }
    public IReadOnlyList<ImportNote> Notes => notes;
    public IEnumerable<int> Years => years.Order();

    /// <summary>Call once for each row; it also watches for Ctrl-C.</summary>
    public void Read()
    {
        if (++RowsRead % 5_000 != 0) return;
        stop.ThrowIfCancellationRequested();
        progress?.Report($"{RowsRead:N0} rows read");
    }

    public void Kept() => RowsKept++;

    public void Covers(AcademicYear year) => years.Add(year.Code);

    /// <summary>This row is not kept, for this reason.</summary>
    public void List(int line, string reason, string? column = null, string? value = null)
    {
        RowsListed++;
        Say(NoteKind.RowListed, line, column, value, reason);
    }

    /// <summary>This cell cannot be right: the file is refused, after all its faults were collected.</summary>
    public void Fault(int? line, string? column, string? value, string sentence)
    {
        Faults++;
        Say(NoteKind.Fault, line, column, value, sentence);
    }

    public void UnknownColumn(string column, string sentence) => Say(NoteKind.ColumnUnknown, null, column, null, sentence);

    public void Remark(string sentence) => Say(NoteKind.Remark, null, null, null, sentence);

    private void Say(NoteKind kind, int? line, string? column, string? value, string sentence)
    {
        // A hundred thousand listed rows are counted, a thousand are told one by one.
        if (notes.Count < MostNotes)
            notes.Add(new ImportNote { ImportId = importId, Kind = kind, Line = line, Column = column, Value = value is { Length: > 80 } ? value[..80] + "…" : value, Sentence = sentence });
    }
}
