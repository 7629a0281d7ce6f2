using System.Security.Cryptography;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings;

/// <summary>The days of a half term, as the authority sets them.</summary>
public sealed class HalfTermDates : IVersioned
{
    public int Id { get; init; }
    public required HalfTerm HalfTerm { get; init; }
    public required DateOnly From { get; set; }
    public required DateOnly Until { get; set; }
    public int Version { get; set; }

    public bool Holds(DateOnly day) => From <= day && day <= Until;

    /// <summary>The sentence of what is wrong with these half terms together, or null.</summary>
    public static string? Check(IEnumerable<HalfTermDates> all)
    {
        HalfTermDates? before = null;
        foreach (var dates in all.OrderBy(dates => dates.HalfTerm))
        {
            if (dates.Until < dates.From) return $"The {dates.HalfTerm} must end after it begins.";
            if (before is not null && dates.From <= before.Until) return $"The {dates.HalfTerm} must begin after the {before.HalfTerm} has ended.";
            before = dates;
        }
        return null;
    }
}

/// <summary>Days on which nobody meets, or on which one person cannot.</summary>
public sealed class ClosedDays
{
    public int Id { get; init; }
    /// <summary>Who cannot, by name; empty for everybody: a school holiday.</summary>
    public string Who { get; init; } = "";
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }
    public required string Why { get; init; }
    /// <summary>The event's name in the calendar it came from, so that loading it again does not double it.</summary>
    public string Uid { get; init; } = "";

    public bool Holds(DateOnly day) => From <= day && day <= Until;
}

/// <summary>The agenda that a meeting starts from: a version, approved by the board before it is used.</summary>
public sealed class AgendaTemplate : IVersioned
{
    public int Id { get; init; }
    public required MeetingKind Kind { get; init; }
    /// <summary>1, 2, 3 … of its kind.</summary>
    public required int Number { get; init; }
    public required DateOnly DraftedOn { get; init; }
    public DateOnly? ApprovedOn { get; private set; }
    /// <summary>The board's meeting that approved it.</summary>
    public int? ApprovedAtId { get; private set; }
    public int Version { get; set; }
    public List<TemplateItem> Items { get; } = [];

    public string? Approve(Meeting? board)
    {
        if (ApprovedOn is not null) return "This agenda is approved already.";
        if (Items.Count == 0) return "An agenda without items cannot be approved.";
        if (board is not { Kind: MeetingKind.Board } || board.IsOff) return "Select the board’s meeting that approved it.";
        (ApprovedOn, ApprovedAtId) = (board.Day, board.Id);
        return null;
    }
}

public sealed class TemplateItem
{
    public int Id { get; init; }
    public int TemplateId { get; init; }
    public required int Position { get; set; }
    public required string Title { get; set; }
    public string Owner { get; set; } = "";
    public required Purpose Purpose { get; set; }
    public required int Minutes { get; set; }
    public string Question { get; set; } = "";

    public AgendaItem ToItem() => new() { Position = Position, Title = Title, Owner = Owner, Purpose = Purpose, Minutes = Minutes, Question = Question };
}

/// <summary>How a cluster works together: a version, agreed at one of its meetings.</summary>
public sealed class TermsOfReference : IVersioned
{
    public const int LongestText = 20_000;

    public int Id { get; init; }
    public required int ClusterId { get; init; }
    public required int Number { get; init; }
    public required string Text { get; set; }
    public required DateOnly DraftedOn { get; init; }
    public DateOnly? AgreedOn { get; private set; }
    public int? AgreedAtId { get; private set; }
    public int Version { get; set; }

    public static string? CheckText(string? text) => string.IsNullOrWhiteSpace(text) ? "Enter the terms of reference." : text.Length > LongestText ? $"The terms must be {LongestText:N0} characters or fewer." : null;

    public string? Agree(Meeting? at)
    {
        if (AgreedOn is not null) return "This version is agreed already. Draft a new one to change it.";
        if (at is null || !at.IsHeld || !at.Clusters.Any(of => of.ClusterId == ClusterId)) return "Select the cluster’s meeting that agreed them.";
        (AgreedOn, AgreedAtId) = (at.Day, at.Id);
        return null;
    }
}

/// <summary>A calendar that somebody follows by a secret address: their own, a cluster's, or everybody's. Renewed, the old address ends.</summary>
[NotAudited]
public sealed class CalendarFeed
{
    public int Id { get; init; }
    public required int PersonId { get; init; }
    /// <summary>Null for the meetings of the whole partnership.</summary>
    public int? ClusterId { get; init; }
    /// <summary>Only the meetings of the clusters and schools for which the person holds a role.</summary>
    public bool Own { get; init; }
    /// <summary>What the address is looked up by.</summary>
    public byte[] SecretHash { get; set; } = [];
    /// <summary>The secret under seal, to be shown again to its owner.</summary>
    public string SealedSecret { get; set; } = "";

    /// <summary>Gives it a new address; the one before ends.</summary>
    public void Renew(SealKeys keys)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        (SecretHash, SealedSecret) = (SealKeys.HashOf(secret), keys.SealText(SealedFor.Feed, PersonId, secret));
    }

    /// <summary>Null where it does not open: the address goes on leading here, and only its owner still knows it.</summary>
    public string? Secret(SealKeys keys) => keys.OpenText(SealedFor.Feed, PersonId, SealedSecret) is { } secret && SealKeys.HashOf(secret).AsSpan().SequenceEqual(SecretHash) ? secret : null;
}

/// <summary>Somebody invited to a meeting by mail, and what they answered.</summary>
public sealed class Invitee
{
    public int Id { get; init; }
    public required int MeetingId { get; init; }
    public required string Email { get; init; }
    public string Name { get; init; } = "";
    /// <summary>What the address that answers go to is looked up by; null before the first letter.</summary>
    [NotAudited] public byte[]? TokenHash { get; set; }
    /// <summary>The secret in that address, under seal: each letter names the same, so that calendar programs know whose meeting it is.</summary>
    [NotAudited] public string? SealedToken { get; set; }
    public Reply Reply { get; private set; }
    /// <summary>The state of the meeting that they were told last.</summary>
    public int SentSequence { get; set; } = -1;
    public DateTime? RepliedAt { get; private set; }

    /// <summary>What stands in the address that answers go to; a new one for the first letter, and where the old one does not open.</summary>
    public string Token(SealKeys keys)
    {
        if (keys.OpenText(SealedFor.Answer, Id, SealedToken) is { } known) return known;
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        (TokenHash, SealedToken) = (SealKeys.HashOf(token), keys.SealText(SealedFor.Answer, Id, token));
        return token;
    }

    /// <summary>An answer counts for the meeting as it is now: one to an earlier time or place changes nothing.</summary>
    public string? Answer(Reply reply, int sequence, DateTime at, Meeting meeting)
    {
        if (sequence < meeting.Sequence) return "The answer is to an earlier invitation.";
        if (RepliedAt >= at) return "A later answer is here already.";
        (Reply, RepliedAt) = (reply, at);
        return null;
    }
}

public enum Reply { None = 0, Accepted = 1, Tentative = 2, Declined = 3 }

/// <summary>A file that belongs to a meeting: the pack as it was when the papers went out, or a paper to an item.</summary>
public sealed class Paper
{
    public const int MostBytes = 20 * 1024 * 1024;

    public int Id { get; init; }
    public required int MeetingId { get; init; }
    public int? ItemId { get; init; }
    public required int Position { get; set; }
    public required string Title { get; init; }
    public required string FileName { get; init; }
    public required string Sha256 { get; init; }
    [NotAudited] public required byte[] Content { get; init; }
    public bool Confidential { get; init; }
    public required DateTime At { get; init; }
}
