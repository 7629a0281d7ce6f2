using System.CommandLine;
using Waymark.Data;
using Waymark.Shared.CommandLine;

namespace Waymark;

/// <summary>waymark backup FILE and waymark restore FILE: a whole store in one file, and back into an empty one.</summary>
internal static class BackupCommand
{
    public static IEnumerable<Command> Create()
    {
        var file = new Argument<string>("FILE") { Description = "The backup file." };
        var data = StoreOption.Create();
        var backup = new Command("backup", "Writes the whole store into one file, while people go on working. Keep it as safe as the store: it holds the same.") { file, data };
        backup.SetAction((parsed, stop) => Task.Run(() => Write(StoreOption.OpenExisting(parsed, data), parsed.GetValue(file)!, stop), CancellationToken.None));
        var from = new Argument<string>("FILE") { Description = "The backup file." };
        var into = StoreOption.Create();
        var restore = new Command("restore", "Fills a new, empty store from a backup; exit 2 and nothing kept when a row is missing or altered.") { from, into };
        restore.SetAction((parsed, stop) => Task.Run(() => Restore(StoreOption.Locate(parsed, into), parsed.GetValue(from)!, stop), CancellationToken.None));
        return [backup, restore];
    }

    private static int Write(Store? store, string path, CancellationToken stop)
    {
        if (store is null) return Output.Refused;
        if (File.Exists(path)) return Refuse($"{path} is there already. Choose another name.");
        var part = path + ".part";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            IReadOnlyList<TableSum> sums;
            using (var progress = new Output.Progress())
            using (var stream = new FileStream(part, options))
            {
                sums = Backup.Write(store, stream, progress, stop);
                stream.Flush(flushToDisk: true);
            }
            File.Move(part, path);
            Console.WriteLine($"{path}: {sums.Count} tables, {sums.Sum(sum => sum.Rows):N0} rows.");
            return Output.Done;
        }
        catch (OperationCanceledException)
        {
            return Refuse("Stopped. No backup was written.");
        }
        catch (IOException exception)
        {
            return Refuse($"{path} cannot be written: {exception.Message}");
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static int Restore(Store store, string path, CancellationToken stop)
    {
        if (!File.Exists(path)) return Refuse($"{path} is not there.");
        try
        {
            using var stream = File.OpenRead(path);
            using var progress = new Output.Progress();
            if (Backup.Restore(store, stream, progress, stop) is { } rule) return Refuse(rule);
            Console.WriteLine($"{path} is restored, and every table comes to the sum that it was written with.");
            return Output.Done;
        }
        catch (Exception exception) when (exception is InvalidDataException or System.Text.Json.JsonException or IOException or FormatException)
        {
            return Refuse($"{path} cannot be read: {exception.Message} Nothing was restored.");
        }
        catch (OperationCanceledException)
        {
            return Refuse("Stopped. Nothing was restored.");
        }
    }

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return Output.Refused;
    }
}
