using System.Security.Cryptography;
using System.Text;
using Waymark.Data;

namespace Waymark.People;

/// <summary>Opens an account once when the second factor is lost. 120 random bits, of which the hash is kept.</summary>
[NotAudited]
public sealed class RecoveryCode
{
    public const int HowMany = 8;
    private const string Letters = "abcdefghjkmnpqrstvwxyz0123456789";

    public int Id { get; init; }
    public required int PersonId { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary>A new set, and the codes to tell once.</summary>
    public static (IReadOnlyList<RecoveryCode> Kept, IReadOnlyList<string> Told) NewSet(int personId)
    {
        string[] told = [.. Enumerable.Range(0, HowMany).Select(_ => string.Join('-', RandomNumberGenerator.GetItems<char>(Letters, 24).Chunk(6).Select(part => new string(part))))];
        return ([.. told.Select(code => new RecoveryCode { PersonId = personId, Hash = HashOf(code) })], told);
    }

    /// <summary>Of a code as somebody types it: the case, blanks and hyphens do not count.</summary>
    public static byte[] HashOf(string typed) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant()));
}
