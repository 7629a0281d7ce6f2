using System.CommandLine;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.CommandLine;
using Waymark.Shared.Imports;

namespace Waymark;

/// <summary>waymark import FILE...: what each file is gets recognised by its content; a file is kept whole or not at all.</summary>
internal static class ImportCommand
{
    private const string Kept = "kept", AlreadyHere = "already here", RefusedFile = "refused";

    private sealed record FileResult(string File, string Result, int? Import, string? Format, string? Title, string? Years, int RowsRead, int RowsKept, int RowsListed,
        int FiguresNew, int FiguresChanged, int FiguresSame, IReadOnlyList<NoteResult> Notes);

    private sealed record NoteResult(string Kind, int? Line, string? Column, string? Value, string Sentence);

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "CSV or Excel files as downloaded; gzip is read too.", Arity = ArgumentArity.OneOrMore };
        var data = StoreOption.Create();
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var year = new Option<string?>("--year") { Description = "The academic year of files that do not tell their own, as six digits: 201718." };
        var command = new Command("import", "Loads files into a store of real data; exit 0 when all were kept, 2 when one was refused.") { files, data, json, year };
        // On a thread of its own: Ctrl-C is heard only while the command is waited for.
        command.SetAction((parsed, stop) => Task.Run(() => Run(
            StoreOption.Locate(parsed, data), parsed.GetValue(files)!, parsed.GetValue(year), parsed.GetValue(json), stop), CancellationToken.None));
        return command;
    }

    private static int Run(Store store, string[] files, string? year, bool json, CancellationToken stop)
    {
        AcademicYear? statedYear = null;
        if (year is not null)
        {
            if (!AcademicYear.TryParseCode(year, out var stated)) return Output.RefuseYear(year);
            statedYear = stated;
        }
        // A slip of the hand makes no store.
        if (!store.Exists && files.FirstOrDefault(file => !File.Exists(file)) is { } missing) return Output.Refuse($"{missing} is not there.");
        store.BringUpToDate();
        using (var db = store.Open()) db.Become(StoreKind.Real);
        var desk = new ImportDesk(store, Room.All.SelectMany(room => room.Importers), new LocalClock(TimeProvider.System));
        var results = new List<FileResult>();
        foreach (var path in files)
        {
            try
            {
                results.Add(One(desk, path, statedYear, stop));
            }
            catch (OperationCanceledException)
            {
                foreach (var kept in results.Where(result => result.Result == Kept).Reverse()) desk.Undo(kept.Import!.Value);
                return Output.Refuse(results.Exists(result => result.Result == Kept) ? "Stopped. Nothing was kept, the files before this one neither." : $"Stopped. {Path.GetFileName(path)} was not kept.");
            }
        }
        if (json) Output.Json(results);
        else results.ForEach(Print);
        return results.Any(result => result.Result == RefusedFile) ? Output.Refused : Output.Done;
    }

    private static FileResult One(ImportDesk desk, string path, AcademicYear? statedYear, CancellationToken stop)
    {
        FileResult Refused(string sentence) => new(path, RefusedFile, null, null, null, null, 0, 0, 0, 0, 0, 0, [new NoteResult("fault", null, null, null, sentence)]);
        try
        {
            if (!File.Exists(path)) return Refused($"{path} is not there.");
            if (new FileInfo(path).Length > TabularFile.MaxBytes) return Refused($"{path} is larger than {TabularFile.MaxBytes / 1024 / 1024} MB. Split it, or download only the columns you need.");
            using var progress = new Output.Progress();
            var outcome = desk.Load(path, File.ReadAllBytes(path), statedYear, progress, stop);
            var import = outcome.Import;
            return new FileResult(path, outcome.Refused ? RefusedFile : outcome.AlreadyHere ? AlreadyHere : Kept, outcome.Refused ? null : import.Id, import.Format, import.Title, import.Years,
                import.RowsRead, import.RowsKept, import.RowsListed, import.FiguresNew, import.FiguresChanged, import.FiguresSame,
                [.. outcome.Notes.Select(note => new NoteResult(Kind(note.Kind), note.Line, note.Column, note.Value, note.Sentence))]);
        }
        catch (ImportRefusedException refused)
        {
            return Refused(refused.Message);
        }
        catch (IOException exception)
        {
            return Refused($"{path} cannot be read: {exception.Message}");
        }
    }

    private static string Kind(NoteKind kind) => kind switch
    {
        NoteKind.Fault => "fault",
        NoteKind.RowListed => "row not kept",
        NoteKind.ColumnUnknown => "column not used",
        _ => "remark",
    };

    private static void Print(FileResult result)
    {
        Console.WriteLine($"{Path.GetFileName(result.File)}: {result.Result}{(result.Title is null ? "" : $" - {result.Title}{(result.Years is { Length: > 0 } years ? $", {years}" : "")}")}");
        if (result.Result == Kept)
            Console.WriteLine($"  {result.RowsRead:N0} rows read = {result.RowsKept:N0} kept + {result.RowsListed:N0} listed; figures: {result.FiguresNew:N0} new, {result.FiguresChanged:N0} changed, {result.FiguresSame:N0} the same");
        foreach (var group in result.Notes.GroupBy(note => (note.Kind, note.Sentence)))
        {
            var (kind, sentence) = group.Key;
            var first = group.First();
            var where = new ImportNote { Kind = NoteKind.Remark, Line = first.Line, Column = first.Column, Value = first.Value, Sentence = sentence };
            Console.WriteLine($"  {kind}: {where}{(group.Count() > 1 ? $" (and {group.Count() - 1:N0} more, which --json prints)" : "")}");
        }
    }
}
