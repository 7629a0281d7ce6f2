using Waymark.Data;

namespace Waymark.People;

/// <summary>A key that a person's device or password manager keeps: opens the account by itself, on this site only.</summary>
public sealed class Passkey
{
    public const int LongestName = 60;

    public int Id { get; init; }
    public required int PersonId { get; init; }
    [NotAudited] public required byte[] CredentialId { get; init; }
    [NotAudited] public required byte[] PublicKey { get; init; }
    /// <summary>What its owner calls it: "Work laptop".</summary>
    public required string Name { get; set; }
    public required DateTime AddedAt { get; init; }
    /// <summary>How often the device says it was used; a copy of a key falls behind.</summary>
    [NotAudited] public required long SignCount { get; set; }
    /// <summary>How the device is reached, for the browser: "internal usb".</summary>
    public required string Transports { get; init; }
    public required bool IsBackupEligible { get; init; }
    public required bool IsBackedUp { get; set; }
}
