using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;

namespace Waymark.Shared.Mail;

/// <summary>
/// A letter to one person, written in the transaction of what it tells and sent afterwards: nobody hears of what was not saved, and nothing that was saved goes untold.
/// </summary>
public sealed class OutboxMail
{
    private const int MostTries = 12;

    public int Id { get; init; }
    public required string Recipient { get; init; }
    public required string Subject { get; init; }
    /// <summary>Its text; empty once it is sent, because it may hold a secret address.</summary>
    [NotAudited] public required string Body { get; set; }
    /// <summary>An event for the recipient's calendar, as iCalendar writes it; empty once it is sent.</summary>
    [NotAudited] public string? Calendar { get; set; }
    /// <summary>Where answers go, if not to the sender.</summary>
    [NotAudited] public string? ReplyTo { get; set; }
    public required DateTime WrittenAt { get; init; }
    /// <summary>When it is tried next; null once it is sent or given up.</summary>
    public DateTime? NextTryAt { get; set; }
    public int Tries { get; set; }
    public DateTime? SentAt { get; private set; }
    /// <summary>Why the last try failed.</summary>
    public string? Fault { get; private set; }
    /// <summary>The address that ends letters of this kind by one press, for the mail program's own button (RFC 8058); null where there is none.</summary>
    [NotAudited] public string? Unsubscribe { get; set; }

    /// <exception cref="ArgumentException">The recipient is not one address, or the subject is not one line: somebody tries to write more than a letter.</exception>
    public static OutboxMail To(string recipient, string subject, string body, DateTime now)
    {
        if (!MailAddress.TryCreate(recipient, out var address) || address.Address != recipient || recipient.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is ',' or ';'))
            throw new ArgumentException("A letter goes to one address.", nameof(recipient));
        if (subject.Any(char.IsControl)) throw new ArgumentException("A subject is one line.", nameof(subject));
        return new OutboxMail { Recipient = recipient, Subject = subject, Body = body, WrittenAt = now, NextTryAt = now };
    }

    public void Sent(DateTime now) => (SentAt, NextTryAt, Body, Calendar, ReplyTo, Fault) = (now, null, "", null, null, null);

    public void Failed(DateTime now, string fault) => (Fault, NextTryAt) = (fault, Tries < MostTries ? now + TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Tries), 240)) : null);
}

internal sealed class OutboxTable : IEntityTypeConfiguration<OutboxMail>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.ToTable("OutboxMail");
        builder.HasIndex(mail => mail.NextTryAt);
    }
}

public static class OutboxSets
{
    extension(WaymarkDb db)
    {
        public DbSet<OutboxMail> Outbox => db.Set<OutboxMail>();
    }
}
