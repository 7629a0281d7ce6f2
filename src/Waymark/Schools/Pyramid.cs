using Waymark.Field;

namespace Waymark.Schools;

/// <summary>The schools that feed each other up to the school where their pupils' statutory schooling ends.</summary>
public sealed class Pyramid
{
    public int Id { get; init; }
    public required string Name { get; init; }

    public PlaceKey Place => PlaceKey.Pyramid(Id);
}

public enum FeedState
{
    /// <summary>In an import that nobody published yet.</summary>
    Staged = 0,
    Confirmed = 1,
    /// <summary>Its import was taken back.</summary>
    Withdrawn = 2,
}

/// <summary>One school's pupils go on to another, for a time. Which schools are in a pyramid follows from its feeds.</summary>
public sealed class Feed
{
    public int Id { get; init; }
    public required int PyramidId { get; init; }
    public required SchoolUrn Feeder { get; init; }
    public required SchoolUrn Receiver { get; init; }
    public required DateOnly FirstDay { get; init; }
    /// <summary>The last day; null while it goes on.</summary>
    public DateOnly? LastDay { get; private set; }
    public required FeedState State { get; init; }
    public int? ImportId { get; init; }

    /// <summary>Ends it and keeps its history. Returns the sentence of the rule that stands against it, or null.</summary>
    public string? End(DateOnly lastDay)
    {
        if (LastDay is { } ended) return $"This already ended on {ended:d MMMM yyyy}.";
        if (lastDay < FirstDay) return $"The last day must be {FirstDay:d MMMM yyyy} or later, because the pupils went there from that day.";
        LastDay = lastDay;
        return null;
    }

    /// <summary>Says why one school cannot feed another, or null when it can.</summary>
    public static string? RuleAgainst(SchoolFacts feeder, SchoolFacts receiver)
    {
        if (feeder.Urn == receiver.Urn) return "A school cannot feed itself. Choose two different schools.";
        if (feeder.HighestAge is int leave && receiver.HighestAge is int end && end <= leave)
            return $"{receiver.Name} ({receiver.AgesInWords}) takes no pupils older than {feeder.Name} ({feeder.AgesInWords}) does. Choose the school that pupils go on to.";
        return null;
    }
}
