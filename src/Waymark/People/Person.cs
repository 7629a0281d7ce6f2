using System.Net.Mail;
using Waymark.Data;

namespace Waymark.People;

/// <summary>Somebody who works in the partnership. Comes by invitation, is known by an e-mail address, and may do what the roles held today allow.</summary>
public sealed class Person : IVersioned
{
    public const int LongestName = 100;
    public const int LongestEmail = 254;

    /// <summary>Access that was not used for so long lapses until the person shows that they are still there, or an officer keeps it.</summary>
    public const int LapsesAfterDays = 90;

    public int Id { get; init; }
    public required string Name { get; set; }
    public required string Email { get; set; }
    /// <summary>The address as it is looked up: in small letters.</summary>
    public required string EmailKey { get; set; }
    [NotAudited] public string? PasswordHash { get; set; }
    /// <summary>What an authenticator app was given, under seal; null while none is set up.</summary>
    [NotAudited] public string? SealedCodeSecret { get; set; }
    /// <summary>The half minute of the last code that was taken: no code is taken twice.</summary>
    [NotAudited] public long LastCodeStep { get; set; }
    /// <summary>Has a passkey, an authenticator app or both: a password alone no longer opens the account.</summary>
    public bool HasSecondFactor { get; set; }
    public required DateTime InvitedAt { get; init; }
    /// <summary>When the invitation was taken up; null until then.</summary>
    public DateTime? JoinedAt { get; set; }
    /// <summary>When an officer closed the account.</summary>
    public DateTime? ClosedAt { get; set; }
    /// <summary>The last day on which they signed in.</summary>
    public DateOnly? LastSeen { get; set; }
    /// <summary>The last day on which somebody said that the access is still needed.</summary>
    public DateOnly? KeptOn { get; set; }
    public int Version { get; set; }

    public bool CanSignIn => JoinedAt is not null && ClosedAt is null;

    /// <summary>The day from which its access counts as unused; null for who never joined.</summary>
    public DateOnly? UnusedSince => LastSeen > KeptOn || KeptOn is null ? LastSeen : KeptOn;

    /// <param name="today">Of the real world: an example's people do not age with its invented day.</param>
    public bool HasLapsed(DateOnly today) => UnusedSince is { } since && today.DayNumber - since.DayNumber > LapsesAfterDays;

    public static string KeyOf(string email) => email.Trim().ToLowerInvariant();

    public static string? CheckName(string? name) => string.IsNullOrWhiteSpace(name) ? "Enter the name."
        : name.Trim().Length > LongestName ? $"The name must be {LongestName} characters or fewer."
        : name.Any(char.IsControl) ? "The name must be on one line." : null;

    public static string? CheckEmail(string? email) =>
        email?.Trim() is { Length: > 0 and <= LongestEmail } text && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
        && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal)
            ? null : "Enter an e-mail address in the right form, like name@example.org.";
}
