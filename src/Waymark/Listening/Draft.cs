using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Listening;

/// <summary>
/// A half-finished answer. It lies on the reader's device alone, sealed, in cookies; the server keeps nothing of it until it is sent.
/// </summary>
public sealed class Draft
{
    /// <summary>So much fits into the cookies that browsers and servers take.</summary>
    public const int Longest = 14_000;

    public required int SurveyId { get; init; }
    /// <summary>The number of this device's ballot.</summary>
    public required string Ballot { get; init; }
    public int? InvitationId { get; init; }
    public int Place { get; init; } = PlaceKey.Partnership.Value;
    public string? Name { get; set; }
    public string? Language { get; set; }
    public bool IsSent { get; set; }
    public Dictionary<int, string> Values { get; init; } = [];
    public HashSet<int> MayQuote { get; init; } = [];

    public static Draft New(int surveyId, PlaceKey place, int? invitation = null) =>
        new() { SurveyId = surveyId, Ballot = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Place = place.Value, InvitationId = invitation };

    public string Write(SealKey key)
    {
        using var packed = new MemoryStream();
        using (var pack = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)) JsonSerializer.Serialize(pack, this, SealedContent.Json);
        return System.Buffers.Text.Base64Url.EncodeToString(key.Seal("draft", packed.ToArray()));
    }

    /// <summary>Null for what is none, or is of another survey.</summary>
    public static Draft? Read(string? text, SealKey key, int surveyId)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 4 * Longest || !System.Buffers.Text.Base64Url.IsValid(text)) return null;
        if (key.Open("draft", System.Buffers.Text.Base64Url.DecodeFromChars(text)) is not { } packed) return null;
        using var unpack = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Draft>(unpack) is { } draft && draft.SurveyId == surveyId ? draft : null;
    }

    public Submission ToSubmission(Survey survey, SurveyForm form) => new(survey.Id, survey.Anonymity, InvitationId is null ? Ballot : null, InvitationId, new PlaceKey(Place), Name, form.Complete(Values), MayQuote);
}
