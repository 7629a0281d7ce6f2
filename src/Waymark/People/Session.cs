using System.Security.Cryptography;
using Waymark.Data;

namespace Waymark.People;

/// <summary>Somebody is signed in on a device. Ending it, here or on another device, acts on the next request.</summary>
[NotAudited]
public sealed class Session
{
    /// <summary>However busy, a session ends after this: whoever goes on signs in again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>A session that nobody used for so long is over.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromHours(2);

    /// <summary>What changes how somebody signs in is done in a session that began no longer ago.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    public int Id { get; init; }
    public required int PersonId { get; init; }
    /// <summary>SHA-256 of what the cookie holds.</summary>
    public required byte[] TokenHash { get; init; }
    public required DateTime BeganAt { get; init; }
    /// <summary>Signed in with a second factor or a passkey.</summary>
    public required bool SecondFactor { get; init; }
    /// <summary>"Firefox on Windows", so that its owner knows it again.</summary>
    public required string Device { get; init; }

    public DateTime ExpiresAt => BeganAt + Longest;

    public bool IsFresh(DateTime now) => now - BeganAt <= Fresh;

    public static (Session Session, byte[] Token) New(int personId, bool secondFactor, string? userAgent, DateTime now)
    {
        var token = RandomNumberGenerator.GetBytes(32);
        return (new Session { PersonId = personId, TokenHash = SHA256.HashData(token), BeganAt = now, SecondFactor = secondFactor, Device = DeviceOf(userAgent ?? "") }, token);
    }

    /// <summary>What a browser says of itself, in words.</summary>
    public static string DeviceOf(string userAgent)
    {
        bool Says(string word) => userAgent.Contains(word, StringComparison.OrdinalIgnoreCase);
        var browser = Says("Edg") ? "Edge" : Says("OPR/") ? "Opera" : Says("SamsungBrowser") ? "Samsung Internet" : Says("Firefox") || Says("FxiOS") ? "Firefox" : Says("Chrome") || Says("CriOS") ? "Chrome" : Says("Safari") ? "Safari" : null;
        var system = Says("iPhone") ? "iPhone" : Says("iPad") ? "iPad" : Says("Android") ? "Android" : Says("Windows") ? "Windows" : Says("CrOS") ? "Chromebook" : Says("Mac OS") ? "Mac" : Says("Linux") ? "Linux" : null;
        return browser is null ? "Unknown device" : system is null ? browser : $"{browser} on {system}";
    }
}
