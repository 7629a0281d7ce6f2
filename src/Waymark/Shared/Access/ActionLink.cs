using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;

namespace Waymark.Shared.Access;

/// <summary>
/// An address in a letter that opens one action on one record without signing in, once, until a day. Opening it changes nothing: a program that follows every link
/// of a letter finds a page with a button. What is done by it is written into the audit trail as done by a link, with the person it was sent to.
/// </summary>
public sealed class ActionLink
{
    public int Id { get; init; }
    /// <summary>The code of the action.</summary>
    public required string Action { get; init; }
    /// <summary>The number of the record that it is about.</summary>
    public required int Subject { get; init; }
    /// <summary>To whom it was sent; null for somebody who is no person of the partnership.</summary>
    public int? PersonId { get; init; }
    [NotAudited] public required byte[] Hash { get; init; }
    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public DateTime? UsedAt { get; private set; }
    public DateTime? WithdrawnAt { get; private set; }

    public bool IsOpen(DateTime now) => UsedAt is null && WithdrawnAt is null && now < ExpiresAt;

    public void Use(DateTime now) => UsedAt ??= now;

    public void Withdraw(DateTime now) => WithdrawnAt ??= now;

    /// <summary>Why it does not open, in a sentence; null when it does.</summary>
    public string? Refusal(DateTime now) => UsedAt is not null ? "This link has been used already. Each link works once."
        : WithdrawnAt is not null ? "This link is no longer valid. A newer one may have been sent to you: use the link in the latest e-mail."
        : now >= ExpiresAt ? "This link has expired." : null;
}

/// <summary>Something that a link in a letter lets one person do without signing in. A room declares it once and uses it for the door of the page and for the letter.</summary>
/// <param name="Code">Its lasting name: "meetings.apologies".</param>
/// <param name="Words">What it lets somebody do, for the audit and the documentation: "Send apologies for one meeting".</param>
/// <param name="Path">Where its page lies; the secret follows: "/meetings/apologies/". The page's route ends with {secret}.</param>
/// <param name="Life">How long a link works.</param>
/// <param name="Find">The record of this number as it is now; null when it is gone, which is answered 404.</param>
public sealed record LinkedAction(string Code, string Words, string Path, TimeSpan Life, Func<WaymarkDb, int, Found?> Find)
{
    /// <summary>A new link; those sent before for the same record and person no longer work. Saves nothing. Returns the path that follows the address of the pages.</summary>
    public string NewLink(WaymarkDb db, int subject, int? personId, DateTime now)
    {
        foreach (var before in db.ActionLinks.Where(link => link.Action == Code && link.Subject == subject && link.PersonId == personId && link.UsedAt == null)) before.Withdraw(now);
        var (text, hash) = Secret.New();
        db.Add(new ActionLink { Action = Code, Subject = subject, PersonId = personId, Hash = hash, MadeAt = now, ExpiresAt = now + Life });
        return Path + text;
    }
}

internal sealed class ActionLinkTable : IEntityTypeConfiguration<ActionLink>
{
    public void Configure(EntityTypeBuilder<ActionLink> builder)
    {
        builder.ToTable("ActionLink");
        builder.HasIndex(link => link.Hash).IsUnique();
        builder.HasIndex(link => new { link.Action, link.Subject });
    }
}

public static class ActionLinkSets
{
    extension(WaymarkDb db)
    {
        public DbSet<ActionLink> ActionLinks => db.Set<ActionLink>();

        /// <summary>The link that a secret opens; null when it opens nothing, or another action.</summary>
        internal ActionLink? FindActionLink(LinkedAction action, string? secret) =>
            Secret.HashOf(secret) is { } hash ? db.ActionLinks.FirstOrDefault(link => link.Hash == hash && link.Action == action.Code) : null;
    }
}
