using Waymark.Field;

namespace Waymark.Meetings;

/// <summary>What a year's dates are proposed for: a cluster, several that meet jointly, the board, a group.</summary>
/// <param name="People">Who must be there, by name: the officer, the lead.</param>
/// <param name="Schools">Whose heads come: two subjects with a school in common do not meet on one day.</param>
/// <param name="Rounds">The half terms in which it meets.</param>
public sealed record PlanSubject(string Name, IReadOnlyList<int> ClusterIds, MeetingKind Kind, IReadOnlySet<string> People, IReadOnlySet<SchoolUrn> Schools, IReadOnlyList<HalfTerm> Rounds);

/// <summary>A meeting that stands already.</summary>
public sealed record Fixed(string Name, DateOnly Day, IReadOnlySet<string> People, IReadOnlySet<SchoolUrn> Schools, IReadOnlyList<int> ClusterIds, HalfTerm Round);

/// <param name="Day">Null where no day fits.</param>
/// <param name="Notes">What could not be satisfied, and why.</param>
public sealed record Proposal(PlanSubject Subject, HalfTerm Round, DateOnly? Day, IReadOnlyList<string> Notes);

/// <summary>
/// Proposes dates: on school days, when everybody who must be there can, no school is wanted in two places, on preferred days of the week and spread over the half term. What must hold always
/// holds; what is wished for is weighed. A person decides.
/// </summary>
public sealed class Planner(IReadOnlyList<HalfTermDates> halfTerms, IReadOnlyList<ClosedDays> closed, IReadOnlySet<DayOfWeek> preferred, DateOnly today)
{
    private const int NotPreferred = 8, SameDay = 4;

    public IReadOnlyList<Proposal> Propose(IReadOnlyList<PlanSubject> subjects, IReadOnlyList<Fixed> standing)
    {
        var proposals = new List<Proposal>();
        foreach (var dates in halfTerms.OrderBy(dates => dates.HalfTerm))
        {
            var meets = subjects.Where(subject => subject.Rounds.Contains(dates.HalfTerm) && !standing.Any(other => other.Round == dates.HalfTerm && Same(other.ClusterIds, subject.ClusterIds) && (subject.ClusterIds.Count > 0 || other.Name == subject.Name))).ToList();
            proposals.AddRange(HalfTermOf(dates, meets, standing));
        }
        return proposals;
    }

    private IEnumerable<Proposal> HalfTermOf(HalfTermDates dates, List<PlanSubject> meets, IReadOnlyList<Fixed> standing)
    {
        var days = SchoolDays(dates).ToList();
        var wished = meets.Select((subject, i) => (subject, Day: days.Count == 0 ? dates.From : days[(int)((i + 1.0) * days.Count / (meets.Count + 1))])).ToDictionary(of => of.subject, of => of.Day);
        var placed = new Dictionary<PlanSubject, DateOnly>();
        // The hardest to place comes first; afterwards each may move once more to where it costs least.
        foreach (var subject in meets.OrderBy(subject => days.Count(day => Against(subject, day, standing, placed) is null)).ThenBy(subject => wished[subject]).Concat(meets).ToList())
        {
            placed.Remove(subject);
            var best = days.Where(day => Against(subject, day, standing, placed) is null).OrderBy(day => Cost(day, wished[subject], placed)).ThenBy(day => day).ToList();
            if (best.Count > 0) placed[subject] = best[0];
        }
        foreach (var subject in meets)
        {
            if (placed.TryGetValue(subject, out var day)) yield return new Proposal(subject, dates.HalfTerm, day, [.. Unsatisfied(subject, day, days, standing, placed)]);
            else yield return new Proposal(subject, dates.HalfTerm, null, [days.Count == 0 ? $"The {dates.HalfTerm} has no school day." : $"No day of the {dates.HalfTerm} fits: {string.Join("; ", days.Select(each => Against(subject, each, standing, placed)).OfType<string>().GroupBy(why => why).OrderByDescending(why => why.Count()).Take(3).Select(why => $"{why.Key} ({why.Count()} {(why.Count() == 1 ? "day" : "days")})"))}."]);
        }
    }

    /// <summary>Days on which schools work, from the second day on: nobody meets on the first.</summary>
    private IEnumerable<DateOnly> SchoolDays(HalfTermDates dates)
    {
        for (var day = dates.From.AddDays(1); day <= dates.Until; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && day > today && !closed.Any(days => days.Who.Length == 0 && days.Holds(day))) yield return day;
    }

    /// <summary>What makes a day impossible; null when it is not.</summary>
    private string? Against(PlanSubject subject, DateOnly day, IReadOnlyList<Fixed> standing, Dictionary<PlanSubject, DateOnly> placed)
    {
        if (closed.FirstOrDefault(days => days.Who.Length > 0 && days.Holds(day) && subject.People.Contains(days.Who)) is { } away) return $"{away.Who} cannot ({away.Why})";
        foreach (var (name, people, schools) in standing.Where(other => other.Day == day).Select(other => (other.Name, other.People, other.Schools)).Concat(placed.Where(other => other.Value == day && other.Key != subject).Select(other => (other.Key.Name, other.Key.People, other.Key.Schools))))
        {
            if (people.FirstOrDefault(subject.People.Contains) is { } person) return $"{person} is at {name}";
            if (subject.Schools.Count > 0 && schools.Any(subject.Schools.Contains)) return $"a school of both is at {name}";
        }
        return null;
    }

    private int Cost(DateOnly day, DateOnly wished, Dictionary<PlanSubject, DateOnly> placed) =>
        Math.Abs(day.DayNumber - wished.DayNumber) + (preferred.Count > 0 && !preferred.Contains(day.DayOfWeek) ? NotPreferred : 0) + SameDay * placed.Values.Count(other => other == day);

    private IEnumerable<string> Unsatisfied(PlanSubject subject, DateOnly day, List<DateOnly> days, IReadOnlyList<Fixed> standing, Dictionary<PlanSubject, DateOnly> placed)
    {
        if (preferred.Count > 0 && !preferred.Contains(day.DayOfWeek))
        {
            var why = days.Where(each => preferred.Contains(each.DayOfWeek)).Select(each => Against(subject, each, standing, placed)).ToList();
            yield return why.Count == 0 ? "Not on a preferred day: there is none in this half term." : why.TrueForAll(each => each is not null) ? $"Not on a preferred day: {why.GroupBy(each => each!).OrderByDescending(each => each.Count()).First().Key}." : "Not on a preferred day: the preferred ones that are free lie too far from the others’ spread.";
        }
        if (placed.Any(other => other.Key != subject && other.Value == day)) yield return $"On the same day as {string.Join(" and ", placed.Where(other => other.Key != subject && other.Value == day).Select(other => other.Key.Name))}.";
        if (subject.People.Count == 0) yield return "Nobody is named who must attend: whether they can was not looked at.";
    }

    private static bool Same(IReadOnlyList<int> a, IReadOnlyList<int> b) => a.Order().SequenceEqual(b.Order());
}
