using System.Reflection;
using System.Text.Json;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Priorities;

/// <summary>A fund and its rules: data, with their source. Another fund is another entry of funds.json.</summary>
/// <param name="Leads">Who may apply.</param>
/// <param name="ShareInNeed">The lowest share of the supported schools, in per cent, that meet a criterion.</param>
public sealed record Fund(string Code, string Name, string Source, string[] Leads, int FewestSchools, int ShareInNeed, decimal TypicalFrom, decimal TypicalTo, FundCriterion[] Criteria)
{
    public static IReadOnlyList<Fund> All { get; } = Read();

    public static Fund? Find(string? code) => All.FirstOrDefault(fund => fund.Code == code);

    private static Fund[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Waymark.Priorities.funds.json")!;
        return JsonSerializer.Deserialize<Fund[]>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One way in which a school is most in need: by a measure at least or below a number, or stated by a person where no measure tells.</summary>
public sealed record FundCriterion(string Code, string Words, string? Measure = null, double? From = null, double? Below = null)
{
    public bool IsMetBy(double value) => (From is { } least && value >= least) || (Below is { } most && value < most);
}

public enum BidState { Draft = 1, Sent = 2, Won = 3, Lost = 4 }

/// <summary>A bid by one school or several, with a lead and partners, for a fund.</summary>
public sealed class FundingBid : IVersioned
{
    public int Id { get; init; }
    public required string Fund { get; init; }
    /// <summary>The cluster whose bid it is, or the partnership.</summary>
    public required PlaceKey Place { get; init; }
    public required string Title { get; set; }
    public required string Lead { get; set; }
    /// <summary>What the lead is, as the fund names it.</summary>
    public required string LeadKind { get; set; }
    public string Partners { get; set; } = "";
    public BidState State { get; private set; } = BidState.Draft;
    public DateOnly? SentOn { get; private set; }
    public DateOnly? DecidedOn { get; private set; }
    public decimal? Awarded { get; private set; }
    public string Outcome { get; private set; } = "";
    public int Version { get; set; }

    public string? Send(DateOnly on, bool isEligible, int costs)
    {
        if (State != BidState.Draft) return "It was sent already.";
        if (!isEligible) return "It does not meet every rule of the fund yet.";
        if (costs == 0) return "Enter what it costs first.";
        (State, SentOn) = (BidState.Sent, on);
        return null;
    }

    public string? Decide(DateOnly on, bool won, decimal? awarded, string? outcome)
    {
        if (State != BidState.Sent) return "Only a bid that was sent is decided.";
        if (on < SentOn) return "It cannot be decided before it was sent.";
        if (won && awarded is not > 0) return "Enter the money that was awarded.";
        if (string.IsNullOrWhiteSpace(outcome)) return "Enter what the fund said.";
        (State, DecidedOn, Awarded, Outcome) = (won ? BidState.Won : BidState.Lost, on, won ? awarded : null, outcome.Trim());
        return null;
    }
}

/// <summary>A school that a bid supports.</summary>
public sealed class BidSchool
{
    public required int BidId { get; init; }
    public required SchoolUrn Urn { get; init; }
    /// <summary>Why it meets a criterion that no measure tells; empty where none is stated.</summary>
    public string Stated { get; set; } = "";
}

public sealed class BidCost
{
    public int Id { get; init; }
    public required int BidId { get; init; }
    public required string What { get; init; }
    public required decimal Amount { get; init; }
}

/// <summary>A letter of support.</summary>
public sealed class BidLetter
{
    public int Id { get; init; }
    public required int BidId { get; init; }
    public required string From { get; init; }
    public required DateOnly On { get; init; }
    public required string Says { get; init; }
}

/// <summary>What is known of a school when a fund's rules are put to it.</summary>
/// <param name="Values">By measure, where one is known, with the words that show it.</param>
public sealed record BidFacts(SchoolUrn Urn, string Name, bool IsState, bool IsOpen, string Stated, IReadOnlyDictionary<string, (double Value, string Words)> Values);

/// <summary>One rule of a fund, whether it is met, and why.</summary>
public sealed record BidFinding(string Rule, bool IsMet, string Why);

/// <summary>Whether a bid meets its fund's rules, each explained.</summary>
public static class BidCheck
{
    public static IReadOnlyList<BidFinding> Of(Fund fund, FundingBid bid, IReadOnlyList<BidFacts> schools)
    {
        var wrong = schools.Where(school => !school.IsState || !school.IsOpen).Select(school => school.Name).ToList();
        var need = schools.Select(school => (school.Name, Met: InNeed(fund, school))).ToList();
        var met = need.Count(school => school.Met.Count > 0);
        var share = schools.Count == 0 ? 0 : 100.0 * met / schools.Count;
        return
        [
            new($"The lead is a {string.Join(", a ", fund.Leads[..^1]).ToLowerInvariant()} or a {fund.Leads[^1].ToLowerInvariant()}", fund.Leads.Contains(bid.LeadKind), $"{bid.Lead} is a {bid.LeadKind.ToLowerInvariant()}."),
            new($"At least {fund.FewestSchools} schools are supported", schools.Count >= fund.FewestSchools, $"{schools.Count} {(schools.Count == 1 ? "school is" : "schools are")} named."),
            new("Every school is open and state-funded", wrong.Count == 0 && schools.Count > 0, schools.Count == 0 ? "No school is named yet." : wrong.Count == 0 ? "The register says so of all." : $"Not so by the register: {string.Join(", ", wrong)}."),
            new($"At least {fund.ShareInNeed}% of the schools meet a criterion of need", schools.Count > 0 && met * 100 >= fund.ShareInNeed * schools.Count,
                $"{met} of {schools.Count} ({Math.Round(share, MidpointRounding.AwayFromZero)}%).{string.Concat(need.Where(school => school.Met.Count > 0).Select(school => $" {school.Name}: {string.Join("; ", school.Met)}."))}"),
        ];
    }

    /// <summary>The criteria that a school meets, each with what shows it.</summary>
    public static IReadOnlyList<string> InNeed(Fund fund, BidFacts school) =>
    [
        .. fund.Criteria.Where(criterion => criterion.Measure is not null && school.Values.TryGetValue(criterion.Measure, out var known) && criterion.IsMetBy(known.Value)).Select(criterion => $"{criterion.Words} ({school.Values[criterion.Measure!].Words})"),
        .. school.Stated.Length > 0 && fund.Criteria.Any(criterion => criterion.Measure is null) ? [school.Stated] : Array.Empty<string>(),
    ];
}
