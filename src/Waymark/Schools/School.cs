using Waymark.Field;

namespace Waymark.Schools;

public enum SchoolStatus
{
    Unknown = 0,
    Open = 1,
    OpenProposedToClose = 2,
    Closed = 3,
    ProposedToOpen = 4,
}

/// <summary>What a register says of a school. A null is what that register does not say; an empty text is what it says is empty.</summary>
public abstract class SchoolFacts
{
    public required SchoolUrn Urn { get; init; }
    /// <summary>The day the register stood like this.</summary>
    public required DateOnly AsOf { get; init; }
    public required string Name { get; init; }
    public Laestab? Laestab { get; init; }
    public LocalAuthorityCode? Authority { get; init; }
    public string? Type { get; init; }
    public string? TypeGroup { get; init; }
    public Phase Phase { get; init; }
    public SchoolStatus Status { get; init; }
    public DateOnly? OpenedOn { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public int? LowestAge { get; init; }
    public int? HighestAge { get; init; }
    public string? Gender { get; init; }
    public string? ReligiousCharacter { get; init; }
    public string? Trust { get; init; }
    public string? Street { get; init; }
    public string? Town { get; init; }
    public string? Postcode { get; init; }
    public int? Easting { get; init; }
    public int? Northing { get; init; }
    public int? Capacity { get; init; }
    public int? Pupils { get; init; }
    public string? Website { get; init; }
    /// <summary>Name, town, postcode and numbers as they are searched: small letters without accents and marks.</summary>
    public required string SearchText { get; init; }

    public bool IsOpen => Status is SchoolStatus.Open or SchoolStatus.OpenProposedToClose;

    /// <summary>Paid for by fees: not one of the state-funded schools that a partnership compares.</summary>
    public bool IsIndependent => TypeGroup?.Contains("independent", StringComparison.OrdinalIgnoreCase) == true || Type?.Contains("independent", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>"ages 5 to 9"; a college without an upper limit is "ages 16 and over".</summary>
    public string? AgesInWords => (LowestAge, HighestAge) switch
    {
        (int low, >= 99) => $"ages {low} and over",
        (int low, int high) => $"ages {low} to {high}",
        _ => null,
    };
}

/// <summary>A school as it is known now. What it was on another day: <see cref="SchoolHistory"/>.</summary>
public sealed class School : SchoolFacts
{
    /// <summary>False for a school that only a figures file or a link names: "not in the register".</summary>
    public bool InRegister { get; init; }

    public PlaceKey Place => PlaceKey.School(Urn);
}

/// <summary>One register's row of a school: an immutable version.</summary>
public sealed class SchoolRecord : SchoolFacts
{
    public required int ImportId { get; init; }
    /// <summary>The line of the file.</summary>
    public required int Line { get; init; }
}

public static class SchoolStatuses
{
    public static string InWords(this SchoolStatus status) => status switch
    {
        SchoolStatus.Open => "open",
        SchoolStatus.OpenProposedToClose => "open, proposed to close",
        SchoolStatus.Closed => "closed",
        SchoolStatus.ProposedToOpen => "proposed to open",
        _ => "not known",
    };
}
