using System.Data;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared.Access;

/// <summary>
/// Wraps every POST. One at a time in a store: the write lock is taken before anything is read. What a form sent once is not done twice; what was changed
/// is written into the audit trail; all of it is committed before the browser hears of it, or nothing is.
/// </summary>
internal static class Posts
{
    public const string KeyField = "_key";
    public const string VersionField = "_version";
    private const int Tries = 5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public static async Task Wrap(HttpContext http, Door door, RequestDelegate next)
    {
        if (await ReadForm(http) is not { } form) return;
        if (door.Before is { } before) await before(http);
        var scopes = http.RequestServices.GetRequiredService<IServiceScopeFactory>();
        var turn = http.RequestServices.GetRequiredService<Store>().WriteTurn;
        if (!await turn.WaitAsync(LongestWait, http.RequestAborted))
        {
            Busy(http);
            return;
        }
        var (services, answer, items) = (http.RequestServices, http.Features.Get<IHttpResponseBodyFeature>()!, http.Items.ToList());
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                await using var scope = scopes.CreateAsyncScope();
                http.RequestServices = scope.ServiceProvider;
                using var body = new MemoryStream();
                http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
                try
                {
                    await Once(http, door, form, next);
                }
                catch (Exception exception) when (attempt < Tries && WantsReplay(exception))
                {
                    http.Response.Clear();
                    http.Items.Clear();
                    foreach (var (key, value) in items) http.Items[key] = value;
                    continue;
                }
                catch (Exception exception) when (IsBusy(exception))
                {
                    http.Response.Clear();
                    http.Features.Set(answer);
                    Busy(http);
                    return;
                }
                http.Features.Set(answer);
                body.Position = 0;
                if (body.Length > 0) await body.CopyToAsync(http.Response.Body, http.RequestAborted);
                return;
            }
        }
        finally
        {
            turn.Release();
            http.RequestServices = services;
            http.Features.Set(answer);
        }
    }

    private static async Task Once(HttpContext http, Door door, SentForm form, RequestDelegate next)
    {
        var db = http.RequestServices.GetRequiredService<WaymarkDb>();
        await using var transaction = await Lock(db);
        // Asked again under the lock: a role may have ended, a record may have gone, since the request came in.
        if (Gate.Refuse(http, door) is { } refusal)
        {
            Gate.Answer(http, refusal);
            return;
        }
        var now = http.RequestServices.GetRequiredService<LocalClock>().UtcNow;
        var person = http.Caller.PersonId ?? 0;
        var keepsKey = door.Kind is DoorKind.Role or DoorKind.Link;
        if (keepsKey && form.Key is null)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        http.Items[typeof(SentForm)] = form;
        if (keepsKey) http.Items[typeof(FormKey)] = db.FormKeys.AsNoTracking().FirstOrDefault(kept => kept.Key == form.Key && kept.PersonId == person);
        var link = http.ActionLink;
        if (link is not null && !link.IsOpen(now) && http.Items[typeof(FormKey)] is null)
        {
            http.Response.StatusCode = StatusCodes.Status410Gone;
            return;
        }
        db.Audit = new AuditTrail(db);
        await next(http);
        var isDone = http.Response.StatusCode is >= 300 and < 400 && http.Items[typeof(FormKey)] is null;
        if (!isDone && !http.IsKept) return;
        if (isDone) link?.Use(now);
        if (isDone && http.Found?.Record is IVersioned record && db.Entry(record).State is EntityState.Unchanged or EntityState.Modified) record.Version++;
        await db.SaveChangesAsync();
        if (isDone && keepsKey)
        {
            await db.FormKeys.Where(old => old.At < now - KeptFor).ExecuteDeleteAsync();
            db.Add(new FormKey { Key = form.Key!, PersonId = person, BodyHash = form.Hash, Body = form.Text, Location = http.Response.Headers.Location.ToString(), At = now });
            await db.SaveChangesAsync();
        }
        db.Audit.Write(door.Kind is DoorKind.Public or DoorKind.Account ? AuditKind.Access : AuditKind.Change, now, link is null ? http.Caller.PersonId : link.PersonId, ActionOf(http) + (link is null ? "" : " by a link"),
            SubjectOf(http, db));
        await transaction.CommitAsync();
    }

    /// <summary>Looks at single children by a request that changes nothing: written down before they are shown. False for one look too many.</summary>
    internal static async Task<bool> WriteDown(HttpContext http, WaymarkDb db, IReadOnlyCollection<string> looked)
    {
        var turn = http.RequestServices.GetRequiredService<Store>().WriteTurn;
        await turn.WaitAsync(http.RequestAborted);
        try
        {
            await using var transaction = await Lock(db);
            var now = http.RequestServices.GetRequiredService<LocalClock>().UtcNow;
            var isOver = Looks.AreOver(db, http.Caller.PersonId, now);
            if (isOver) await db.SaveChangesAsync();
            else
            {
                var trail = new AuditTrail(db);
                trail.LookAt(looked);
                trail.Write(AuditKind.Look, now, http.Caller.PersonId, ActionOf(http), SubjectOf(http, db));
            }
            await transaction.CommitAsync();
            return !isOver;
        }
        finally
        {
            turn.Release();
        }
    }

    private static string SubjectOf(HttpContext http, WaymarkDb db) => http.Found is { Record: var of } && db.Model.FindEntityType(of.GetType()) is not null ? AuditTrail.NameOf(db.Entry(of)) : "";

    /// <summary>The one write lock of a store, taken before the first read, so that no two POSTs decide on the same state.</summary>
    internal static async Task<IDbContextTransaction> Lock(WaymarkDb db)
    {
        // On SQLite this is BEGIN IMMEDIATE; on PostgreSQL the table's lock is taken before the snapshot.
        var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
        if (!db.IsSqlite) await db.Database.ExecuteSqlAsync($"set local lock_timeout = '30s'; lock table form_key in share row exclusive mode");
        return transaction;
    }

    private static void Busy(HttpContext http) => (http.Response.Headers.RetryAfter, http.Response.StatusCode) = ("10", StatusCodes.Status503ServiceUnavailable);

    /// <summary>Somebody else holds the store for longer than a form waits: a command line that loads files, a backup program.</summary>
    private static bool IsBusy(Exception exception) => exception is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 5 or 6 } or PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable }
        || (exception.InnerException is { } inner && IsBusy(inner));

    private static bool WantsReplay(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }
        || (exception.InnerException is { } inner && WantsReplay(inner));

    /// <summary>The route and the handler, never what stood in them.</summary>
    internal static string ActionOf(HttpContext http)
    {
        var handler = HttpMethods.IsPost(http.Request.Method) ? http.Request.Query["handler"].ToString() : "";
        return $"{RouteOf(http)}{(handler.Length > 0 && handler.Length < 40 && handler.All(char.IsAsciiLetter) ? "?handler=" + handler : "")}";
    }

    /// <summary>What was asked for, in our own words alone: somebody may write anything in an address, and for a method.</summary>
    internal static string RouteOf(HttpContext http)
    {
        var method = HttpMethods.GetCanonicalizedValue(http.Request.Method);
        return $"{(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPost(method) ? method : "OTHER")} /{(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";
    }

    /// <summary>The whole form, within the limits that the page sets; null where it was refused.</summary>
    internal static async Task<SentForm?> ReadForm(HttpContext http)
    {
        var endpoint = http.GetEndpoint()!;
        if (endpoint.Metadata.GetMetadata<UploadLimitAttribute>() is { } limit)
        {
            if (http.Request.ContentLength > limit.Bytes)
            {
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return null;
            }
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit.Bytes;
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = limit.Bytes }));
        }
        if (!http.Request.HasFormContentType)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }
        try
        {
            return SentForm.Of(http, await http.Request.ReadFormAsync(http.RequestAborted));
        }
        // Too long, not closed, or with an encoded NUL, which the form's reader answers with InvalidOperationException.
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }
    }
}

/// <summary>A form as it was sent.</summary>
/// <param name="Key">Null where it has none in the right form.</param>
/// <param name="Version">The version of the record that its sender saw.</param>
/// <param name="Fields">What was filled in, in order, without the fields that the form carries for itself.</param>
internal sealed record SentForm(string? Key, int? Version, IReadOnlyList<KeyValuePair<string, string>> Fields, string Hash)
{
    /// <summary>The fields as they are kept.</summary>
    public string Text => JsonSerializer.Serialize(Fields);

    public static IReadOnlyList<KeyValuePair<string, string>> FieldsOf(string text) => JsonSerializer.Deserialize<List<KeyValuePair<string, string>>>(text)!;

    public static SentForm Of(HttpContext http, IFormCollection form)
    {
        var key = form[Posts.KeyField].ToString();
        int? version = int.TryParse(form[Posts.VersionField], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
        List<KeyValuePair<string, string>> fields = [.. form.Where(field => field.Key is not (Posts.KeyField or Posts.VersionField or "__RequestVerificationToken"))
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(http.Request.Path + http.Request.QueryString);
        foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            Append(name);
            Append(value);
        }
        foreach (var file in form.Files)
        {
            Append(file.Name);
            Append(file.FileName);
            using var content = file.OpenReadStream();
            hash.AppendData(SHA256.HashData(content));
        }
        return new SentForm(key.Length == 32 && key.All(char.IsAsciiHexDigitLower) ? key : null, version, fields, Convert.ToHexStringLower(hash.GetHashAndReset()));

        void Append(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}

public static class FormKeySets
{
    extension(WaymarkDb db)
    {
        internal DbSet<FormKey> FormKeys => db.Set<FormKey>();
    }
}
