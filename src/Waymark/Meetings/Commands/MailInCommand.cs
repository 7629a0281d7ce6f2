using System.CommandLine;
using Waymark.Data;
using Waymark.Meetings.Imports;
using Waymark.Shared.CommandLine;

namespace Waymark.Meetings.Commands;

/// <summary>waymark mail-in: one mail on standard input, handed over by the mail server.</summary>
internal static class MailInCommand
{
    private const int MostBytes = 10 * 1024 * 1024;

    public static Command Create()
    {
        var data = StoreOption.Create();
        var command = new Command("mail-in", "Reads one mail on standard input: an answer to an invitation is noted. Exit 0 noted, 2 nothing was changed.") { data };
        command.SetAction(parsed =>
        {
            if (StoreOption.OpenExisting(parsed, data) is not { } store) return Output.Refused;
            using var input = Console.OpenStandardInput();
            using var mail = new MemoryStream();
            var block = new byte[81920];
            for (int read; (read = input.Read(block)) > 0;)
            {
                mail.Write(block, 0, read);
                if (mail.Length > MostBytes) return Output.Refuse("The mail is larger than 10 MB. Nothing was changed.");
            }
            using var db = store.Open();
            using var transaction = db.Database.BeginTransaction();
            db.Audit = new AuditTrail(db);
            if (Answers.Take(db, mail.ToArray(), DateTime.UtcNow, out var told) is { } rule) return Output.Refuse(rule);
            db.Audit.Write(AuditKind.Change, DateTime.UtcNow, null, "waymark mail-in", "");
            transaction.Commit();
            Console.WriteLine(told);
            return Output.Done;
        });
        return command;
    }
}
