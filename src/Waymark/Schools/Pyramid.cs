using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Ledger;

namespace Waymark.Schools;

/// <summary>The schools that feed each other up to the school where their pupils' statutory schooling ends.</summary>
public sealed class Pyramid
{
    public const int LongestName = 100;

    public int Id { get; init; }
    public required string Name { get; init; }

    public PlaceKey Place => PlaceKey.Pyramid(Id);
}

/// <summary>One school's pupils go on to another, for a time. Which schools are in a pyramid follows from its feeds: both ends of each.</summary>
public sealed record Feed(int PyramidId, SchoolUrn Feeder, SchoolUrn Receiver, Span Span)
{
    public Belonging Belonging => Of(PyramidId, Feeder, Receiver);

    /// <summary>Its name in addresses.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{PyramidId}-{Feeder}-{Receiver}-{Span.From:yyyyMMdd}");

    public static Belonging Of(int pyramid, SchoolUrn feeder, SchoolUrn receiver) => new(PlaceKey.School(feeder), PlaceKey.Pyramid(pyramid), PlaceKey.School(receiver));

    /// <summary>Says why one school cannot feed another, or null when it can.</summary>
    public static string? RuleAgainst(SchoolFacts feeder, SchoolFacts receiver)
    {
        if (feeder.Urn == receiver.Urn) return "A school cannot feed itself. Choose two different schools.";
        if (feeder.HighestAge is int leave && receiver.HighestAge is int end && end <= leave)
            return $"{receiver.Name} ({receiver.AgesInWords}) takes no pupils older than {feeder.Name} ({feeder.AgesInWords}) does. Choose the school that pupils go on to.";
        return null;
    }
}

public static class FeedSets
{
    extension(WaymarkDb db)
    {
        /// <summary>Every feed there is and was, as it holds now.</summary>
        public IReadOnlyList<Feed> Feeds() => [.. db.LedgerHolding.Where(record => record.Through != default(PlaceKey)).AsEnumerable()
            .SelectMany(record => record.Spans.Select(span => new Feed(record.Parent.Number, new SchoolUrn(record.Child.Number), new SchoolUrn(record.Through.Number), span)))];
    }
}
