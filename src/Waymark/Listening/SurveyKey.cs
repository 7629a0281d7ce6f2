using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waymark.Data;

namespace Waymark.Listening;

/// <summary>
/// The keys of surveys, each in a file outside the database and outside its backups. With a survey's key goes what was sealed with it: it is thrown away once
/// the survey is closed and everything has moved on, so that no old copy of the database can be opened later.
/// </summary>
public sealed class SurveyKeys(Store store)
{
    /// <summary>Where the keys lie when there is no data directory: several servers on one PostgreSQL share this folder.</summary>
    public const string FolderVariable = "WAYMARK_SEALS";

    private readonly ConcurrentDictionary<int, SurveyKey> known = new();

    /// <summary>The key of a survey; made when it is first asked for.</summary>
    public SurveyKey Of(int surveyId)
    {
        var file = FileOf(surveyId);
        if (known.TryGetValue(surveyId, out var key) && File.Exists(file)) return key;
        return known[surveyId] = new SurveyKey(ReadOrMake(file));
    }

    public void Destroy(int surveyId)
    {
        known.TryRemove(surveyId, out _);
        var file = FileOf(surveyId);
        if (!File.Exists(file)) return;
        File.WriteAllBytes(file, new byte[32]);
        File.Delete(file);
    }

    private string FileOf(int surveyId) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"survey-{surveyId}.key"));

    private string Folder => store.Directory is { } directory ? Path.Combine(directory, "seals")
        : Path.Combine(Environment.GetEnvironmentVariable(FolderVariable) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "waymark", "seals"),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(store.ConnectionString)))[..16]);

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

/// <summary>Seals and opens what belongs to one survey, and makes the secrets of its links.</summary>
public sealed class SurveyKey(byte[] key)
{
    private const int Nonce = 12;
    private const int Tag = 16;

    /// <param name="purpose">What was sealed for one purpose does not open for another.</param>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> content)
    {
        var sealedBytes = new byte[Nonce + content.Length + Tag];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, Nonce));
        using var cipher = new AesGcm(KeyFor(purpose), Tag);
        cipher.Encrypt(sealedBytes.AsSpan(0, Nonce), content, sealedBytes.AsSpan(Nonce, content.Length), sealedBytes.AsSpan(Nonce + content.Length));
        return sealedBytes;
    }

    /// <summary>Null for what this key did not seal.</summary>
    public byte[]? Open(string purpose, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < Nonce + Tag) return null;
        var content = new byte[sealedBytes.Length - Nonce - Tag];
        using var cipher = new AesGcm(KeyFor(purpose), Tag);
        try
        {
            cipher.Decrypt(sealedBytes[..Nonce], sealedBytes[Nonce..^Tag], sealedBytes[^Tag..], content);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>The secret part of a link, 128 bits: of one invitation, or of a school.</summary>
    public string Secret(string of) => Convert.ToHexStringLower(HMACSHA256.HashData(KeyFor("link"), Encoding.UTF8.GetBytes(of)).AsSpan(0, 16));

    private byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes(purpose));
}
