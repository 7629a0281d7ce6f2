using Waymark.Data;
using Waymark.Shared.Jobs;

namespace Waymark.Shared.Access;

/// <summary>
/// How many pages with single children one person opens: as many as a head or an officer reads in earnest, and not as many as somebody takes who copies a school's
/// children with a program. Beyond that nothing is shown, and who answers for the data is told.
/// </summary>
public static class Looks
{
    /// <summary>One page each five seconds, for ten minutes on end: nobody reads so fast.</summary>
    public const int Most = 120;
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>The job that tells who answers for the data; its argument is the person's number.</summary>
    public const string Alert = "people.many-looks";

    /// <summary>Whether a person has looked so often that the next look is refused. Who it was is then told, once a day.</summary>
    internal static bool AreOver(WaymarkDb db, int? person, DateTime now)
    {
        var since = now - Within;
        if (db.AuditEvents.Count(look => look.Kind == AuditKind.Look && look.PersonId == person && look.At > since) < Most) return false;
        var (who, day) = ($"{person}", now.AddDays(-1));
        if (!db.Jobs.Any(job => job.Kind == Alert && job.Argument == who && job.DueAt > day)) db.Add(new Job { Kind = Alert, Argument = who, DueAt = now });
        return true;
    }
}
