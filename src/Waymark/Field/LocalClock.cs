namespace Waymark.Field;

/// <summary>"Today" is today in London; an instant is UTC. An example partnership lives on its own day.</summary>
public sealed class LocalClock(TimeProvider time, DateOnly? exampleDay = null)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public DateTime UtcNow => time.GetUtcNow().UtcDateTime;
    public DateOnly Today => exampleDay ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(UtcNow, London));

    /// <param name="exampleDay">The day an example partnership lives on (yyyy-MM-dd); null for a real one.</param>
    public static LocalClock ForStore(string? exampleDay, TimeProvider time) =>
        new(time, exampleDay is null ? null : DateOnly.ParseExact(exampleDay, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The instant of a time in London; one that a spring night leaves out counts as an hour later.</summary>
    public static DateTime ToUtc(DateTime london) => TimeZoneInfo.ConvertTimeToUtc(London.IsInvalidTime(london) ? london.AddHours(1) : london, London);

    public static DateTime ToLondon(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London);
}
