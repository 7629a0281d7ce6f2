using System.Buffers.Text;
using System.Security.Cryptography;

namespace Waymark.Shared.Access;

/// <summary>What stands in an address that opens something by itself: 128 random bits, of which a store keeps only the hash.</summary>
public static class Secret
{
    private const int Bytes = 16, Letters = 22;

    /// <summary>A new secret as it stands in an address, and what is kept of it.</summary>
    public static (string Text, byte[] Hash) New()
    {
        var secret = RandomNumberGenerator.GetBytes(Bytes);
        return (Base64Url.EncodeToString(secret), SHA256.HashData(secret));
    }

    /// <summary>The hash by which a secret is found; null for what cannot be one.</summary>
    public static byte[]? HashOf(string? text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return text is { Length: Letters } && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var length) && length == Bytes ? SHA256.HashData(bytes) : null;
    }
}
