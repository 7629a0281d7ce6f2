using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Waymark.Data;

/// <summary>
/// Keys that each lie in a file outside the database and outside its backups. With a key goes what was sealed with it: once it is thrown away, no old copy of
/// the database can be opened. One for a store.
/// </summary>
public sealed class SealKeys(Store store)
{
    /// <summary>What a sealed text begins with: one from before it was sealed is known by it.</summary>
    public const string Mark = "sealed:";

    /// <summary>The key of the short secrets of people: it is never thrown away.</summary>
    private const string Secrets = "secrets";

    /// <summary>Where the keys lie when there is no data directory: several servers on one PostgreSQL share this folder.</summary>
    public const string FolderVariable = "WAYMARK_SEALS";

    private readonly ConcurrentDictionary<string, SealKey> known = new();

    /// <summary>A key by its name; made when it is first asked for.</summary>
    public SealKey Of(string name)
    {
        var file = FileOf(name);
        if (known.TryGetValue(name, out var key) && File.Exists(file)) return key;
        return known[name] = new SealKey(ReadOrMake(file));
    }

    /// <summary>A secret as the store keeps it. What was sealed for one owner, by number, opens for no other.</summary>
    public string SealText(string purpose, int owner, string text) => Mark + Convert.ToBase64String(Of(Secrets).Seal(purpose, Encoding.UTF8.GetBytes(text), NameOf(owner)));

    /// <summary>Null for what does not open: it is another owner's, or its key is not here. No key is made for it, so that the right one can still be brought back.</summary>
    public string? OpenText(string purpose, int owner, string? text)
    {
        var sealedBytes = new byte[text?.Length ?? 0];
        if (text?.StartsWith(Mark, StringComparison.Ordinal) != true || !Convert.TryFromBase64Chars(text.AsSpan(Mark.Length), sealedBytes, out var length)) return null;
        try
        {
            return File.Exists(FileOf(Secrets)) && Of(Secrets).Open(purpose, sealedBytes.AsSpan(0, length), NameOf(owner)) is { } plain ? Encoding.UTF8.GetString(plain) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What a secret in an address is looked up by.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The names of all keys that there are.</summary>
    public IEnumerable<string> Names => Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*.key").Select(file => Path.GetFileNameWithoutExtension(file)) : [];

    public void Destroy(string name)
    {
        known.TryRemove(name, out _);
        var file = FileOf(name);
        if (!File.Exists(file)) return;
        File.WriteAllBytes(file, new byte[32]);
        File.Delete(file);
    }

    private static byte[] NameOf(int owner) => Encoding.UTF8.GetBytes(owner.ToString(CultureInfo.InvariantCulture));

    private string FileOf(string name) => Path.Combine(Folder, name + ".key");

    private string Folder => store.Directory is { } directory ? Path.Combine(directory, "seals")
        : Path.Combine(Environment.GetEnvironmentVariable(FolderVariable) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "waymark", "seals"),
            FolderOf(new NpgsqlConnectionStringBuilder(store.ConnectionString)));

    // By where the database is: the keys stay when its password changes.
    private static string FolderOf(NpgsqlConnectionStringBuilder place) => Convert.ToHexStringLower(HashOf($"{place.Host}:{place.Port}/{place.Database}"))[..16];

    private byte[] ReadOrMake(string file)
    {
        if (!Directory.Exists(Folder))
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Folder);
            else Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        if (!File.Exists(file))
        {
            // Written whole under another name first: of two servers that ask at once, both get the one that was there first.
            var part = $"{file}.{Guid.NewGuid():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(part, options))
            {
                stream.Write(RandomNumberGenerator.GetBytes(32));
                stream.Flush(flushToDisk: true);
            }
            try
            {
                File.Move(part, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(part);
            }
        }
        return File.ReadAllBytes(file);
    }
}

/// <summary>Seals and opens, and makes secrets that only who has the key can make again.</summary>
public sealed class SealKey(byte[] key)
{
    private const int Nonce = 12;
    private const int Tag = 16;

    /// <param name="purpose">What was sealed for one purpose does not open for another.</param>
    /// <param name="owner">Whose it is, where that is said: it opens only when the same is said again.</param>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> content, ReadOnlySpan<byte> owner = default)
    {
        var sealedBytes = new byte[Nonce + content.Length + Tag];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, Nonce));
        using var cipher = new AesGcm(KeyFor(purpose), Tag);
        cipher.Encrypt(sealedBytes.AsSpan(0, Nonce), content, sealedBytes.AsSpan(Nonce, content.Length), sealedBytes.AsSpan(Nonce + content.Length), owner);
        return sealedBytes;
    }

    /// <summary>Null for what this key did not seal.</summary>
    public byte[]? Open(string purpose, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> owner = default)
    {
        if (sealedBytes.Length < Nonce + Tag) return null;
        var content = new byte[sealedBytes.Length - Nonce - Tag];
        using var cipher = new AesGcm(KeyFor(purpose), Tag);
        try
        {
            cipher.Decrypt(sealedBytes[..Nonce], sealedBytes[Nonce..^Tag], sealedBytes[^Tag..], content, owner);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>What stands for something else, 128 bits: the secret part of a link, a pseudonym.</summary>
    public byte[] Mark(string purpose, string of) => HMACSHA256.HashData(KeyFor(purpose), Encoding.UTF8.GetBytes(of))[..16];

    /// <summary>The secret part of a link: of one invitation, or of a school.</summary>
    public string Secret(string of) => Convert.ToHexStringLower(Mark("link", of));

    private byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes(purpose));
}
