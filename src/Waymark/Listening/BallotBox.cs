using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Listening;

/// <summary>What one person sent.</summary>
/// <param name="Ballot">The secret number of the device's ballot; null with an invitation, which is a ballot of its own.</param>
/// <param name="Values">Every question that was asked, by its number; empty where it was left out.</param>
/// <param name="MayQuote">Texts that may be quoted.</param>
public sealed record Submission(int SurveyId, Anonymity Anonymity, string? Ballot, int? InvitationId, PlaceKey Place, string? Name, IReadOnlyDictionary<int, string> Values, IReadOnlyCollection<int> MayQuote)
{
    public IReadOnlyDictionary<int, string>? Verbatim { get; init; }
    public int? RecordedBy { get; init; }
}

public enum Received
{
    Kept,
    /// <summary>This ballot or letter was used before; the first answers stay.</summary>
    Before,
    /// <summary>The survey takes no answers.</summary>
    Closed,
}

/// <summary>
/// Takes what people send. Who waits at the same time is written in one commit. Anonymous sheets are sealed before they touch the database: the commit that
/// notes that somebody has answered holds nothing that can be read of what was answered. Nothing is written of when, by whom or from where.
/// </summary>
public sealed class BallotBox(Store store, SurveyKeys keys)
{
    private const int MostInOneCommit = 250;

    private readonly ConcurrentQueue<Waiting> queue = new();

    private sealed record Waiting(Submission Submission, DateOnly Today, byte[]? Content, TaskCompletionSource<Received> Answer);

    /// <summary>How long every sealed sheet of a survey is: as long as the longest could be, so that its length tells nothing.</summary>
    public static int LengthOf(IEnumerable<SurveyQuestion> questions) =>
        64 + questions.Where(question => question.TakesAnswers).Sum(question => question.Kind == QuestionKind.Text ? 40 + 3 * SurveyQuestion.LongestText : 60 + 2 * question.Options.Length);

    public Task<Received> Put(Submission submission, int length, DateOnly today)
    {
        var content = submission.Anonymity == Anonymity.Anonymous ? Seal(submission, length) : null;
        return Put(new Waiting(submission, today, content, new(TaskCreationOptions.RunContinuationsAsynchronously)));
    }

    private async Task<Received> Put(Waiting mine)
    {
        queue.Enqueue(mine);
        await store.WriteTurn.WaitAsync();
        try
        {
            // Whoever had the turn before may have written this one along with its own.
            if (!mine.Answer.Task.IsCompleted) WriteSome();
        }
        finally
        {
            store.WriteTurn.Release();
        }
        return await mine.Answer.Task;
    }

    private byte[] Seal(Submission submission, int length)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(new SealedContent(submission.Place.Value, submission.Values, submission.MayQuote), SealedContent.Json);
        var padded = new byte[Math.Max(length, text.Length)];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        return keys.Of(submission.SurveyId).Seal("sheet", padded);
    }

    private void WriteSome()
    {
        var some = new List<Waiting>();
        while (some.Count < MostInOneCommit && queue.TryDequeue(out var one)) some.Add(one);
        if (some.Count == 0) return;
        try
        {
            var answers = new List<Received>();
            using (var connection = store.Connect())
            using (var transaction = connection.BeginTransaction())
            {
                if (!store.IsSqlite) connection.Execute("lock table ballot in share row exclusive mode", transaction: transaction);
                var open = new Dictionary<int, bool>();
                answers.AddRange(some.Select(one => Write(connection, transaction, one, open)));
                transaction.Commit();
            }
            foreach (var (one, answer) in some.Zip(answers)) one.Answer.SetResult(answer);
        }
        catch (Exception exception)
        {
            foreach (var one in some) one.Answer.TrySetException(exception);
            throw;
        }
    }

    private static Received Write(DbConnection connection, DbTransaction transaction, Waiting one, Dictionary<int, bool> open)
    {
        var sent = one.Submission;
        if (!open.TryGetValue(sent.SurveyId, out var takesAnswers))
        {
            open[sent.SurveyId] = takesAnswers = connection.ExecuteScalar<long>("select count(*) from survey where id = @SurveyId and state = @open and anonymity = @Anonymity and (closes_on is null or closes_on >= @Today)",
                new { sent.SurveyId, open = (int)SurveyState.Open, Anonymity = (int)sent.Anonymity, one.Today }, transaction) == 1;
        }
        if (!takesAnswers) return Received.Closed;
        if (sent.InvitationId is { } invitation)
        {
            if (connection.Execute("update invitation set is_answered = @yes where id = @invitation and survey_id = @SurveyId and is_answered = @no", new { yes = true, no = false, invitation, sent.SurveyId }, transaction) == 0) return Received.Before;
        }
        else if (connection.Execute("insert into ballot (hash, survey_id) values (@hash, @SurveyId) on conflict do nothing", new { hash = SHA256.HashData(Encoding.ASCII.GetBytes(sent.Ballot!)), sent.SurveyId }, transaction) == 0)
        {
            return Received.Before;
        }
        if (one.Content is { } content)
            connection.Execute("insert into sealed_sheet (\"key\", survey_id, anonymity, content) values (@key, @SurveyId, 1, @content)", new { key = NewKey(), sent.SurveyId, content }, transaction);
        else
            SheetWriter.Write(connection, transaction, sent, one.Today);
        return Received.Kept;
    }

    internal static byte[] NewKey() => RandomNumberGenerator.GetBytes(16);
}

/// <summary>What lies inside a seal.</summary>
internal sealed record SealedContent(int P, IReadOnlyDictionary<int, string> V, IReadOnlyCollection<int> Q)
{
    public static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>Writes sheets and answers in the order of their random keys.</summary>
internal static class SheetWriter
{
    private sealed record Row(byte[] Key, int SurveyId, int Anonymity, int QuestionId, int Place, byte[]? SheetKey, string Value, string? Verbatim, bool MayQuote);

    /// <summary>A sheet whose giver was told that it is not anonymous: its answers stay together.</summary>
    public static byte[] Write(DbConnection connection, DbTransaction transaction, Submission sent, DateOnly day)
    {
        var key = BallotBox.NewKey();
        connection.Execute("insert into sheet (\"key\", survey_id, anonymity, place, name, day, invitation_id, recorded_by) values (@key, @SurveyId, @Anonymity, @Place, @Name, @day, @InvitationId, @RecordedBy)",
            new { key, sent.SurveyId, Anonymity = (int)sent.Anonymity, Place = sent.Place.Value, Name = sent.Anonymity == Anonymity.Named ? sent.Name : null, day, sent.InvitationId, sent.RecordedBy }, transaction);
        Insert(connection, transaction, sent.Values.Select(value => new Row(BallotBox.NewKey(), sent.SurveyId, (int)sent.Anonymity, value.Key, sent.Place.Value, key, value.Value, sent.Verbatim?.GetValueOrDefault(value.Key), sent.MayQuote.Contains(value.Key))));
        return key;
    }

    /// <summary>Anonymous sheets that move on together: nothing tells which answers were one person's.</summary>
    public static void WriteAnonymous(DbConnection connection, DbTransaction transaction, int surveyId, IReadOnlyList<Placed<SealedContent>> sheets)
    {
        connection.Execute("insert into sheet (\"key\", survey_id, anonymity, place) values (@Key, @surveyId, 1, @Place)",
            sheets.Select(sheet => new { Key = BallotBox.NewKey(), surveyId, Place = sheet.Place.Value }).OrderBy(sheet => Convert.ToHexString(sheet.Key), StringComparer.Ordinal).ToList(), transaction);
        Insert(connection, transaction, sheets.SelectMany(sheet => sheet.Sheet.V.Select(value =>
            new Row(BallotBox.NewKey(), surveyId, (int)Anonymity.Anonymous, value.Key, sheet.Place.Value, null, value.Value, null, sheet.Sheet.Q.Contains(value.Key)))));
    }

    private static void Insert(DbConnection connection, DbTransaction transaction, IEnumerable<Row> rows) => connection.Execute(
        "insert into answer (\"key\", survey_id, anonymity, question_id, place, sheet_key, value, verbatim, may_quote) values (@Key, @SurveyId, @Anonymity, @QuestionId, @Place, @SheetKey, @Value, @Verbatim, @MayQuote)",
        rows.OrderBy(row => Convert.ToHexString(row.Key), StringComparer.Ordinal).ToList(), transaction);
}
