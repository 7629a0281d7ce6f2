using System.CommandLine;
using Waymark.Data;
using Waymark.Shared;
using Waymark.Shared.CommandLine;

namespace Waymark;

/// <summary>waymark check: every room's invariants over the whole store.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var data = StoreOption.Create();
        var command = new Command("check", "Checks what must always hold in the store; exit 0 when it does, 2 with a line for each row where it does not.") { data };
        command.SetAction(parsed =>
        {
            if (StoreOption.OpenExisting(parsed, data) is not { } store) return Output.Refused;
            using var db = store.Open();
            var broken = 0;
            using var progress = new Output.Progress();
            foreach (var invariant in Room.All.SelectMany(room => room.Invariants).Prepend(new Invariant("The audit trail is as it was written", db => db.BrokenAudit())))
            {
                progress.Report($"checking: {invariant.Name}");
                var sentences = invariant.Broken(db).ToList();
                broken += sentences.Count;
                Console.WriteLine($"{(sentences.Count == 0 ? "holds " : "BROKEN")}  {invariant.Name}");
                foreach (var sentence in sentences)
                    Console.WriteLine($"        {sentence}");
            }
            foreach (var setting in store.Forgetful()) Console.WriteLine($"WARNING  The database has {setting}: what it acknowledged may be lost when the power fails");
            return broken == 0 ? Output.Done : Output.Refused;
        });
        return command;
    }
}
