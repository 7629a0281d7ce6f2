using System.Security.Cryptography;
using System.Text;
using Waymark.Data;

namespace Waymark.People;

/// <summary>A wrong password or code. What was guessed is not kept, and of whose account and from where only a hash is, for a day.</summary>
[NotAudited]
public sealed class Guess
{
    public int Id { get; init; }
    public required byte[] About { get; init; }
    public required DateTime At { get; init; }
}

/// <summary>
/// How often may be guessed. Who signed in on a device before has a count of their own there, so that nobody is locked out by a stranger who guesses.
/// </summary>
public sealed record GuessLimit(byte[] About, int Most, TimeSpan Within)
{
    public const int MostInFiveMinutes = 10;
    public const int MostInADay = 60;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    /// <param name="device">The device, when this person signed in on it before.</param>
    public static IReadOnlyList<GuessLimit> For(string emailKey, string address, string? device)
    {
        if (device is not null) return [new(Hash($"device {device} {emailKey}"), MostInFiveMinutes, FiveMinutes)];
        var account = Hash($"account {emailKey}");
        return [new(account, MostInFiveMinutes, FiveMinutes), new(account, MostInADay, KeptFor), new(Hash($"address {address}"), MostInFiveMinutes, FiveMinutes)];
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
