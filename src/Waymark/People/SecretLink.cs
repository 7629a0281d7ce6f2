using Waymark.Data;
using Waymark.Shared.Access;

namespace Waymark.People;

public enum LinkPurpose
{
    /// <summary>To join: sets a name and a password.</summary>
    Invitation = 1,
    /// <summary>To set a new password when the old one is forgotten.</summary>
    NewPassword = 2,
}

/// <summary>
/// An address sent to one person for one purpose: 128 random bits, of which only the hash is kept. Opens once, until a day.
/// </summary>
public sealed class SecretLink
{
    public int Id { get; init; }
    public required LinkPurpose Purpose { get; init; }
    public required int PersonId { get; init; }
    /// <summary>SHA-256 of the secret.</summary>
    [NotAudited] public required byte[] Hash { get; init; }
    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }
    /// <summary>Who asked for it; null for the person themselves or a command line.</summary>
    public int? MadeBy { get; init; }
    public DateTime? UsedAt { get; private set; }
    /// <summary>When a newer one took its place, or it was taken back.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>A new link and its secret, which is told once and not kept.</summary>
    public static (SecretLink Link, string Secret) New(LinkPurpose purpose, int personId, DateTime now, int? madeBy = null)
    {
        var (secret, hash) = Secret.New();
        return (new SecretLink { Purpose = purpose, PersonId = personId, Hash = hash, MadeAt = now, ExpiresAt = now + Life(purpose), MadeBy = madeBy }, secret);
    }

    public static TimeSpan Life(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Invitation => TimeSpan.FromDays(14),
        _ => TimeSpan.FromHours(1),
    };

    public bool IsOpen(DateTime now) => UsedAt is null && WithdrawnAt is null && now < ExpiresAt;

    /// <summary>Uses it up. Returns why it does not open, or null.</summary>
    public string? Use(DateTime now)
    {
        if (Refusal(now) is { } refusal) return refusal;
        UsedAt = now;
        return null;
    }

    /// <summary>Why it does not open, in a sentence; null when it does.</summary>
    public string? Refusal(DateTime now) => UsedAt is not null ? "This link has been used already. Each link works once."
        : WithdrawnAt is not null ? "This link is no longer valid. A newer one may have been sent to you: use the link in the latest e-mail."
        : now >= ExpiresAt ? "This link has expired." : null;

    public void Withdraw(DateTime now) => WithdrawnAt ??= UsedAt is null ? now : null;
}
