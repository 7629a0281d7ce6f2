using System.Data.Common;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared.Imports;

/// <summary>
/// What a room knows about one family of files. A room lists its importers in its Room.cs; the desk asks each whether a file is its own.
/// </summary>
public abstract class Importer
{
    /// <summary>What the file is, judged by its columns (and never by its name alone); null when it is not this family's.</summary>
    public abstract Recognised? Recognise(TabularFile file);

    /// <summary>The same, for a family that people add to in the store.</summary>
    public virtual Recognised? Recognise(TabularFile file, WaymarkDb db) => Recognise(file);

    /// <summary>Names what it can read, for the sentence that refuses an unknown file.</summary>
    public abstract string Reads { get; }

    /// <summary>Whether the file itself is kept: not where it names single children, who would then outlive their time in it.</summary>
    public virtual bool KeepsFile => true;

    /// <summary>
    /// Reads the whole file into rows that carry <see cref="ImportRun.ImportId"/> and that nobody sees yet. Every fault is said to the run;
    /// a run with a fault is thrown away whole.
    /// </summary>
    public abstract void Stage(TabularFile file, Recognised recognised, ImportRun run);

    /// <summary>After the switch, in the same transaction: bring up to date what is derived from the visible rows.</summary>
    public virtual void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import) { }

    /// <summary>After all rows of a file were deleted, in the same transaction: take away what nothing speaks of any more.</summary>
    public virtual void AfterDelete(DbConnection connection, DbTransaction transaction) { }
}

/// <param name="Format">Short and lasting: "ks2-raw".</param>
/// <param name="Title">In words, for the preview.</param>
/// <param name="Certainty">How many of its own columns were found; the highest wins.</param>
public sealed record Recognised(string Format, string Title, int Certainty, object? Layout = null);

/// <summary>One run of one importer over one file: where it writes, what it says, how far it is.</summary>
public sealed class ImportRun(int importId, Store store, DbConnection connection, DbTransaction transaction, LocalClock clock, bool isExample, AcademicYear? statedYear, IProgress<string>? progress, CancellationToken stop)
{
    /// <summary>Of each kind so many are told one by one; the rest are counted with their reason.</summary>
    private const int MostNotes = 1_000;
    private readonly List<ImportNote> notes = [];
    private readonly int[] told = new int[5];
    private readonly Dictionary<(NoteKind Kind, string Sentence), int> untold = [];
    private readonly HashSet<int> years = [];

    public int ImportId => importId;
    public DbConnection Connection => connection;
    public DbTransaction Transaction => transaction;
    public bool IsSqlite => store.IsSqlite;

    /// <summary>Where it all goes: for what lies outside the database.</summary>
    public Store Store => store;

    public LocalClock Clock => clock;

    /// <summary>The store is an example: it takes no school but its own fictional ones.</summary>
    public bool IsExample => isExample;

    /// <summary>The year a person stated, for a file that does not tell its own.</summary>
    public AcademicYear? StatedYear => statedYear;
    public int RowsRead { get; private set; }
    public int RowsKept { get; private set; }
    public int RowsListed { get; private set; }
    public int Faults { get; private set; }
    public int FiguresNew { get; set; }
    public int FiguresChanged { get; set; }
    public int FiguresSame { get; set; }

    /// <summary>What it said, and how many more there are of what is too much to tell one by one.</summary>
    public IReadOnlyList<ImportNote> Notes =>
    [
        .. notes,
        .. untold.Select(more => new ImportNote { ImportId = importId, Kind = more.Key.Kind, Value = null, Sentence = $"{more.Value:N0} more like this: {more.Key.Sentence}" }),
    ];

    public IEnumerable<int> Years => years.Order();

    /// <summary>Call once for each row.</summary>
    public void Read()
    {
        if (++RowsRead % 5_000 == 0) Report($"{RowsRead:N0} rows read");
    }

    /// <summary>Says how far it is; call it now and then, for it also watches for Ctrl-C.</summary>
    public void Report(string words)
    {
        stop.ThrowIfCancellationRequested();
        progress?.Report(words);
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
        if (told[(int)kind]++ < MostNotes)
            notes.Add(new ImportNote { ImportId = importId, Kind = kind, Line = line, Column = column, Value = value is { Length: > 80 } ? value[..80] + "…" : value, Sentence = sentence });
        else
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(untold, (kind, untold.Count < MostNotes ? sentence : "for several reasons"), out _)++;
    }
}
