using System.CommandLine;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.CommandLine;
using Waymark.Shared.Documents;

namespace Waymark.Shared.Exports;

/// <summary>waymark export: the records of any room, for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var data = StoreOption.Create();
        var name = new Argument<string?>("name") { Description = "What to print; --list names all there is.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Option<bool>("--list") { Description = "List what can be printed, with its columns." };
        var json = new Option<bool>("--json") { Description = "Print as JSON (the default)." };
        var csv = new Option<bool>("--csv") { Description = "Print as CSV." };
        var where = new Option<string[]>("--where") { Description = "Only rows whose column says this: --where cluster=Dunstable. May be given several times.", HelpName = "COLUMN=VALUE" };
        var command = new Command("export", "Prints records of the store: meetings, attendance, letters and whatever else a page lists.") { name, data, list, json, csv, where };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(list))
            {
                if (parsed.GetValue(json)) Output.Json(Export.All.Select(export => new { export.Name, export.Words, export.Columns }));
                else foreach (var each in Export.All) Console.WriteLine($"{each.Name,-20} {each.Words} ({string.Join(", ", each.Columns)})");
                return Output.Done;
            }
            if (Export.Find(parsed.GetValue(name) ?? "") is not { } export)
                return Output.Refuse($"{(parsed.GetValue(name) is { } asked ? $"There is no export {asked}" : "Say what to print")}. There are {string.Join(", ", Export.All.Select(each => each.Name))}.");
            if (parsed.GetValue(json) && parsed.GetValue(csv)) return Output.Refuse("Choose --json or --csv.");
            var wanted = (parsed.GetValue(where) ?? []).Select(pair => pair.Split('=', 2)).ToList();
            if (wanted.Find(pair => pair.Length < 2) is { } wrong) return Output.Refuse($"--where {wrong[0]} is not understood. Write it as COLUMN=VALUE.");
            if (StoreOption.OpenExisting(parsed, data) is not { } store) return Output.Refused;
            using var db = store.Open();
            var today = LocalClock.ForStore(db.Read(Setting.Today), TimeProvider.System).Today;
            if (export.Where(wanted.Select(pair => KeyValuePair.Create(pair[0], pair[1])), db, today, out var rows) is { } rule) return Output.Refuse(rule);
            if (parsed.GetValue(csv))
            {
                using var output = Console.OpenStandardOutput();
                TableCsv.Write(export.Table(rows), output);
            }
            else Output.Json(rows);
            return Output.Done;
        });
        return command;
    }
}
