using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings;

public enum MeetingKind { Cluster = 1, Board = 2, WorkingGroup = 3, HeadsAndGovernors = 4, HeadsAndChairs = 5, Conference = 6, PlanningWorkshop = 7 }

public enum MeetingState
{
    Scheduled = 0,
    /// <summary>Under way: people sign in.</summary>
    Open = 1,
    /// <summary>It was held, and who came is known.</summary>
    Closed = 2,
    Cancelled = 3,
}

public enum MinutesState { Draft = 0, Circulated = 1, Corrected = 2, Agreed = 3, Published = 4 }

/// <summary>A meeting of one cluster, of several jointly, or of the partnership: when, where, who came, what was said. A broken rule returns its sentence.</summary>
public sealed class Meeting : IVersioned
{
    public const int LongestTitle = 150, LongestPlace = 200, LongestLink = 500, LongestReason = 500;

    public int Id { get; init; }
    public required MeetingKind Kind { get; init; }
    public required string Title { get; set; }
    /// <summary>Whose working group it is, for a meeting of one.</summary>
    public string Group { get; set; } = "";
    public required DateOnly Day { get; set; }
    public required TimeOnly Starts { get; set; }
    public required TimeOnly Ends { get; set; }
    public string Venue { get; set; } = "";
    /// <summary>Where to join online; shown to members only.</summary>
    public string JoiningLink { get; set; } = "";
    public MeetingState State { get; set; }
    /// <summary>The half term whose meeting it is: a school that went to another cluster's in the same half term was not absent.</summary>
    public required HalfTerm Round { get; set; }
    public string CancelledBecause { get; set; } = "";
    public MinutesState Minutes { get; set; }
    /// <summary>The meeting that agreed its minutes.</summary>
    public int? AgreedAtId { get; set; }

    /// <summary>Who asked to publish minutes that look as if they held something private; another must confirm.</summary>
    public int? PublishAskedBy { get; set; }

    /// <summary>Its name in calendars, for life.</summary>
    public required string Uid { get; init; }
    /// <summary>Counts what calendars must hear of: another time or place, its cancelling.</summary>
    public int Sequence { get; set; }
    /// <summary>The secret in the QR code on the wall; null until the doors are opened.</summary>
    [NotAudited] public string? DoorKey { get; set; }
    /// <summary>The list of attendance that brought it; null for a meeting that somebody scheduled.</summary>
    public int? ImportId { get; set; }
    public int Version { get; set; }

    public List<MeetingCluster> Clusters { get; } = [];
    public List<AgendaItem> Items { get; } = [];
    public List<Representative> Representatives { get; } = [];
    public List<Apology> Apologies { get; } = [];

    public bool IsHeld => State == MeetingState.Closed;
    public bool IsOff => State == MeetingState.Cancelled;

    public DateTime StartsUtc => ToUtc(Day, Starts);
    public DateTime EndsUtc => ToUtc(Day, Ends);

    public static string NewUid() => $"{Guid.NewGuid():N}@waymark";

    public static string? CheckTitle(string? title) => string.IsNullOrWhiteSpace(title) ? "Enter the meeting’s name." : title.Trim().Length > LongestTitle ? $"The name must be {LongestTitle} characters or fewer." : null;

    public static string? CheckTimes(TimeOnly starts, TimeOnly ends) => ends <= starts ? "The meeting must end after it starts." : null;

    /// <summary>Only ordinary web addresses: a link is pressed by many.</summary>
    public static string? CheckLink(string? link) => string.IsNullOrWhiteSpace(link) || (link.Trim().Length <= LongestLink && Uri.TryCreate(link.Trim(), UriKind.Absolute, out var uri) && uri.Scheme == "https" && uri.UserInfo.Length == 0)
        ? null : "The joining link must be an address that begins with https://.";

    /// <summary>Another day, time or place. Calendars hear of it.</summary>
    public string? Move(DateOnly day, TimeOnly starts, TimeOnly ends, string venue, string link, HalfTerm round)
    {
        if (IsOff) return "A cancelled meeting cannot be moved. Schedule a new one.";
        if (IsHeld && day != Day) return "The meeting was held on that day. What was held is not moved.";
        if (CheckTimes(starts, ends) is { } times) return times;
        if (CheckLink(link) is { } wrong) return wrong;
        if (venue.Trim().Length > LongestPlace) return $"The place must be {LongestPlace} characters or fewer.";
        if ((day, starts, ends, venue.Trim(), link.Trim()) != (Day, Starts, Ends, Venue, JoiningLink)) Sequence++;
        (Day, Starts, Ends, Venue, JoiningLink, Round) = (day, starts, ends, venue.Trim(), link.Trim(), round);
        return null;
    }

    /// <summary>It does not take place: it counts against nobody.</summary>
    public string? Cancel(string? because)
    {
        if (IsOff) return "The meeting is cancelled already.";
        if (IsHeld) return "The meeting was held. What was held is not cancelled.";
        if (string.IsNullOrWhiteSpace(because)) return "Say why it is cancelled.";
        if (because.Trim().Length > LongestReason) return $"The reason must be {LongestReason} characters or fewer.";
        (State, CancelledBecause, DoorKey) = (MeetingState.Cancelled, because.Trim(), null);
        Sequence++;
        return null;
    }

    /// <summary>The doors are open: who comes signs in, by the list or by the code on the wall.</summary>
    public string? Open(DateOnly today, string doorKey)
    {
        if (IsOff) return "The meeting is cancelled.";
        if (IsHeld) return "The meeting is closed. Attendance is corrected in the list.";
        if (today < Day) return $"The doors open on the day of the meeting, {Day:d MMMM yyyy}.";
        State = MeetingState.Open;
        DoorKey ??= doorKey;
        return null;
    }

    /// <summary>It was held; from now on its attendance counts. The code on the wall no longer works.</summary>
    public string? Close(DateOnly today)
    {
        if (IsOff) return "The meeting is cancelled.";
        if (IsHeld) return "The meeting is closed already.";
        if (today < Day) return $"The meeting is on {Day:d MMMM yyyy}. It can be closed when it has been held.";
        (State, DoorKey) = (MeetingState.Closed, null);
        return null;
    }

    /// <summary>Somebody is here. The same person of the same school twice is one.</summary>
    public string? SignIn(Representative who, out Representative signedIn)
    {
        signedIn = who;
        if (IsOff) return "The meeting is cancelled.";
        if (who.Check() is { } wrong) return wrong;
        var already = Representatives.FirstOrDefault(other => other.IsSameAs(who));
        if (already is not null)
        {
            signedIn = already;
            return null;
        }
        Representatives.Add(who);
        return null;
    }

    public string? Apologise(Apology apology)
    {
        if (IsOff) return "The meeting is cancelled.";
        if (apology.Check() is { } wrong) return wrong;
        if (Apologies.FirstOrDefault(other => other.Urn == apology.Urn) is { } there) (there.By, there.Note) = (apology.By, apology.Note);
        else Apologies.Add(apology);
        return null;
    }

    /// <summary>The minutes go one way: draft, circulated, corrected (as often as need be), agreed at a later meeting, published.</summary>
    public string? MinutesBecome(MinutesState next, Meeting? at = null)
    {
        if (!IsHeld) return "Close the meeting first: minutes are of a meeting that was held.";
        switch (next)
        {
            case MinutesState.Circulated when Minutes != MinutesState.Draft: return "The minutes were circulated already.";
            case MinutesState.Circulated when Items.All(item => item.Discussion.Length + item.Decision.Length == 0 && item.Actions.Count == 0): return "Nothing is minuted yet.";
            case MinutesState.Corrected when Minutes is not (MinutesState.Circulated or MinutesState.Corrected): return "Only circulated minutes are corrected.";
            case MinutesState.Agreed when Minutes is not (MinutesState.Circulated or MinutesState.Corrected): return "Minutes are agreed after they were circulated.";
            case MinutesState.Agreed when at is null: return "Select the meeting that agreed them.";
            case MinutesState.Agreed when (at!.Day, at.Starts).CompareTo((Day, Starts)) <= 0 || at.IsOff: return "Minutes are agreed at a later meeting that was held.";
            case MinutesState.Published when Minutes != MinutesState.Agreed: return "Only agreed minutes are published.";
            case MinutesState.Draft: return "What was circulated is not a draft again. Correct it.";
        }
        Minutes = next;
        if (next == MinutesState.Agreed) AgreedAtId = at!.Id;
        return null;
    }

    /// <summary>Whether what was minuted may still be changed.</summary>
    public string? MayMinute => IsOff ? "The meeting is cancelled." : Minutes >= MinutesState.Agreed ? "The minutes are agreed. What was agreed stays." : null;

    private static DateTime ToUtc(DateOnly day, TimeOnly time) => LocalClock.ToUtc(day.ToDateTime(time));
}

/// <summary>A cluster whose meeting it is; several meet jointly.</summary>
public sealed class MeetingCluster
{
    public int MeetingId { get; init; }
    public required int ClusterId { get; init; }
}

/// <summary>Somebody who was there: for a school, or for an organisation.</summary>
public sealed class Representative
{
    public const int LongestName = 100;

    public int Id { get; init; }
    public int MeetingId { get; init; }
    public SchoolUrn? Urn { get; init; }
    public string Organisation { get; init; } = "";
    /// <summary>Empty where only "somebody came" is known.</summary>
    public string Name { get; set; } = "";
    public string Role { get; set; } = "";
    /// <summary>Whose place they take.</summary>
    public string StandsInFor { get; set; } = "";
    public bool Late { get; set; }
    public bool Online { get; set; }
    public required DateTime At { get; init; }
    public required SignedInBy By { get; init; }
    public int? ImportId { get; init; }

    public string? Check() => Urn is null && Organisation.Length == 0 ? "Select the school, or enter the organisation."
        : Urn is null && Name.Length == 0 ? "Enter the name."
        : new[] { Name, Role, StandsInFor, Organisation }.Any(text => text.Length > LongestName) ? $"Names must be {LongestName} characters or fewer." : null;

    /// <summary>The same name of the same school; and "somebody" only once.</summary>
    public bool IsSameAs(Representative other) => Urn == other.Urn && string.Equals(Organisation, other.Organisation, StringComparison.OrdinalIgnoreCase) && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);
}

public enum SignedInBy { List = 0, Code = 1, Afterwards = 2, File = 3 }

/// <summary>A school said that it could not come.</summary>
public sealed class Apology
{
    public int Id { get; init; }
    public int MeetingId { get; init; }
    public required SchoolUrn Urn { get; init; }
    public string By { get; set; } = "";
    public string Note { get; set; } = "";
    public int? ImportId { get; init; }

    public string? Check() => By.Length > Representative.LongestName ? $"The name must be {Representative.LongestName} characters or fewer." : Note.Length > Meeting.LongestReason ? $"The note must be {Meeting.LongestReason} characters or fewer." : null;
}
