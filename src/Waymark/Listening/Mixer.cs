using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Listening;

/// <summary>
/// Moves sealed sheets on, in commits of its own: opened, torn into single answers, shuffled, under new random keys. When a closed survey has nothing left under seal, its key
/// and its used ballots are thrown away.
/// </summary>
public sealed class Mixer(Store store, SurveyKeys keys)
{
    /// <summary>Moves on what may, of every survey. Returns how many sheets moved.</summary>
    public async Task<int> MoveOn(CancellationToken stop = default)
    {
        List<(int Id, int State)> surveys;
        using (var connection = store.Connect())
            surveys = [.. await connection.QueryAsync<(int, int)>("select id, state from survey where anonymity = 1 and (id in (select survey_id from sealed_sheet) or (state = 2 and id in (select survey_id from ballot)))")];
        var moved = 0;
        foreach (var (id, state) in surveys)
        {
            await store.WriteTurn.WaitAsync(stop);
            try
            {
                moved += MoveOn(id);
            }
            finally
            {
                store.WriteTurn.Release();
            }
        }
        return moved;
    }

    private int MoveOn(int surveyId)
    {
        var key = keys.Of(surveyId);
        IReadOnlyList<Placed<Opened>> moving;
        bool isDone;
        using (var db = store.Open())
        using (var connection = store.Connect())
        using (var transaction = connection.BeginTransaction())
        {
            if (!store.IsSqlite) connection.Execute("lock table ballot in share row exclusive mode", transaction: transaction);
            var survey = db.Surveys.AsNoTracking().First(one => one.Id == surveyId);
            var isClosing = survey.State == SurveyState.Closed;
            var waiting = connection.Query<(byte[] Key, byte[] Content)>("select \"key\", content from sealed_sheet where survey_id = @surveyId", new { surveyId }, transaction)
                .Select(sheet => (sheet.Key, Content: key.Open("sheet", sheet.Content))).Where(sheet => sheet.Content is not null)
                .Select(sheet => new Opened(sheet.Key, JsonSerializer.Deserialize<SealedContent>(sheet.Content!)!)).Select(sheet => new Placed<Opened>(new PlaceKey(sheet.Content.P), sheet)).ToList();
            if (waiting.Count == 0 && !isClosing) return 0;
            var tree = PlaceTree.On(db, survey.ClosedOn ?? survey.OpenedOn!.Value);
            moving = Mix.Choose(waiting, tree.ParentOf, isClosing, RandomNumberGenerator.GetInt32);
            if (moving.Count > 0)
            {
                SheetWriter.WriteAnonymous(connection, transaction, surveyId, [.. moving.Select(sheet => new Placed<SealedContent>(sheet.Place, sheet.Sheet.Content))]);
                connection.Execute("delete from sealed_sheet where \"key\" = @Key", moving.Select(sheet => new { sheet.Sheet.Key }), transaction);
            }
            isDone = isClosing && connection.ExecuteScalar<long>("select count(*) from sealed_sheet where survey_id = @surveyId", new { surveyId }, transaction) == 0;
            if (isDone) connection.Execute("delete from ballot where survey_id = @surveyId", new { surveyId }, transaction);
            transaction.Commit();
        }
        if (isDone) keys.Destroy(surveyId);
        return moving.Count;
    }

    private sealed record Opened(byte[] Key, SealedContent Content);
}

/// <summary>While the pages are served: moves sheets on every few seconds.</summary>
internal sealed class MixerAtWork(Mixer mixer, ILogger<MixerAtWork> log, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await mixer.MoveOn(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or IOException or JsonException)
            {
                log.LogWarning(exception, "Sealed answers could not move on; they are tried again.");
            }
        }
        while (await clock.WaitForNextTickAsync(stoppingToken));
    }
}
