using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;

namespace Waymark.Shared.Mail;

/// <summary>
/// Sends what lies in the outbox, one letter to one recipient, through the server that WAYMARK_SMTP names (smtp://user:password@mail.example.org:587) as WAYMARK_SMTP_FROM.
/// Of several servers on one database, one takes each letter.
/// </summary>
internal sealed class MailSender(IServiceScopeFactory scopes, TimeProvider time, Uri server, MailAddress from, ILogger<MailSender> logger) : BackgroundService
{
    public const string ServerVariable = "WAYMARK_SMTP", FromVariable = "WAYMARK_SMTP_FROM";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), Claim = TimeSpan.FromMinutes(10);

    public static bool IsConfigured(IConfiguration configuration) => configuration[ServerVariable] is { Length: > 0 };

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        if (!IsConfigured(configuration)) return;
        var server = new Uri(configuration[ServerVariable]!);
        var from = new MailAddress(configuration[FromVariable] ?? throw new InvalidOperationException($"{ServerVariable} is set; set {FromVariable} too, to the address that letters come from."));
        services.AddHostedService(all => ActivatorUtilities.CreateInstance<MailSender>(all, server, from));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDue(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "The outbox could not be read.");
            }
            await Task.Delay(Pause, stoppingToken);
        }
    }

    private async Task SendDue(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var id in await db.Outbox.Where(mail => mail.NextTryAt <= now).OrderBy(mail => mail.Id).Take(50).Select(mail => mail.Id).ToListAsync(stop))
        {
            stop.ThrowIfCancellationRequested();
            // Whoever moves the time takes the letter.
            var until = now + Claim;
            if (await db.Outbox.Where(mail => mail.Id == id && mail.NextTryAt <= now).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.NextTryAt, until).SetProperty(mail => mail.Tries, mail => mail.Tries + 1), stop) == 0) continue;
            var letter = await db.Outbox.SingleAsync(mail => mail.Id == id, stop);
            try
            {
                await Send(letter);
                letter.Sent(time.GetUtcNow().UtcDateTime);
                letter.Unsubscribe = null;
            }
            catch (Exception exception) when (exception is SmtpException or IOException)
            {
                letter.Failed(time.GetUtcNow().UtcDateTime, exception is SmtpException { StatusCode: var code } ? $"The mail server answered: {code}." : "The mail server could not be reached.");
            }
            // A letter that has gone is not sent again because the server stops just then.
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    private async Task Send(OutboxMail letter)
    {
        var (user, password) = server.UserInfo.Split(':') is [{ Length: > 0 } name, var secret] ? (Uri.UnescapeDataString(name), Uri.UnescapeDataString(secret)) : (null, null);
        using var client = new SmtpClient(server.Host, server.Port > 0 ? server.Port : 25) { EnableSsl = !server.IsLoopback, Credentials = user is null ? null : new NetworkCredential(user, password) };
        using var message = new MailMessage(from, new MailAddress(letter.Recipient)) { Subject = letter.Subject, SubjectEncoding = Encoding.UTF8, Body = letter.Body, BodyEncoding = Encoding.UTF8 };
        if (letter.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add("List-Unsubscribe", $"<{unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (letter.ReplyTo is { } answers) message.ReplyToList.Add(new MailAddress(answers));
        if (letter.Calendar is { } calendar)
        {
            // Calendar programs take the event from a part of its own, which says what it asks for.
            var type = new System.Net.Mime.ContentType("text/calendar; charset=utf-8");
            type.Parameters.Add("method", calendar.Contains("METHOD:CANCEL", StringComparison.Ordinal) ? "CANCEL" : "REQUEST");
            message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(calendar, type));
        }
        await client.SendMailAsync(message);
    }
}
