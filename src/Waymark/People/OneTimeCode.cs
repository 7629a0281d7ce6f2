using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Waymark.People;

/// <summary>
/// The six digits of an authenticator app (RFC 6238: SHA-1, half minutes). The framework's own check does not say which half minute a code was of,
/// so that a code could be used twice; this one does.
/// </summary>
public static class OneTimeCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>160 random bits in base 32, as authenticator apps take them.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetString(Base32, 32);

    /// <summary>The half minute whose code this is: the present one or a neighbour, so that a clock may be a little off; null for a wrong code and one of <paramref name="lastStep"/> or before.</summary>
    public static long? StepOf(string secret, string code, DateTime now, long lastStep)
    {
        var digits = string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));
        if (digits.Length != 6) return null;
        var step = Step(now);
        long? found = null;
        for (var candidate = step - 1; candidate <= step + 1; candidate++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secret, candidate)), Encoding.UTF8.GetBytes(digits)) && candidate > lastStep) found ??= candidate;
        return found;
    }

    /// <summary>The code of an instant.</summary>
    public static string At(string secret, DateTime now) => Of(secret, Step(now));

    /// <summary>What an app reads from the picture or the link.</summary>
    public static string Address(string secret, string email, string issuer) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(email)}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}&digits=6&period={StepSeconds}";

    private static long Step(DateTime now) => new DateTimeOffset(now, TimeSpan.Zero).ToUnixTimeSeconds() / StepSeconds;

    private static string Of(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The algorithm of every authenticator app; what counts here is not its resistance to collisions.
        var hash = HMACSHA1.HashData(Bytes(secret), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string secret)
    {
        BigInteger value = 0;
        foreach (var letter in secret) value = value * 32 + Base32.IndexOf(letter, StringComparison.Ordinal);
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[secret.Length * 5 / 8 - bytes.Length], .. bytes];
    }
}
