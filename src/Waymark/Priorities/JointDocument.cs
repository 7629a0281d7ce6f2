using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Priorities;

public enum DocumentKind
{
    /// <summary>The partnership's vision: schools and partners sign a pledge for it.</summary>
    Vision = 1,
    Strategy = 2,
    Plan = 3,
    Leaflet = 4,
}

/// <summary>What the partnership writes together: the vision, a strategy, a plan, a leaflet. Its words stand in its versions.</summary>
public sealed class JointDocument : IVersioned
{
    public int Id { get; init; }
    /// <summary>The name in addresses, kept when the title changes.</summary>
    public required string Slug { get; init; }
    public required string Title { get; set; }
    public required DocumentKind Kind { get; init; }
    public int Version { get; set; }

    public static string? CheckTitle(string? title, IEnumerable<string> slugs)
    {
        var text = title?.Trim() ?? "";
        if (text.Length == 0) return "Enter the title.";
        if (text.Length > 100) return "The title must be 100 characters or fewer.";
        var slug = Cluster.SlugOf(text);
        return slug.Length == 0 ? "The title must have a letter or a digit." : slug == "new" || slugs.Contains(slug) ? "There is a document with this title already." : null;
    }
}

public enum VersionState
{
    Draft = 1,
    /// <summary>Questions are put to schools and partners.</summary>
    Consulted = 2,
    Approved = 3,
}

/// <summary>One version of a joint document: drafted, consulted on, approved. What was approved is never changed; the next version begins as its copy.</summary>
public sealed class DocumentVersion : IVersioned
{
    public int Id { get; init; }
    public required int DocumentId { get; init; }
    public required int Number { get; init; }
    public string Introduction { get; set; } = "";
    public VersionState State { get; private set; } = VersionState.Draft;
    public DateOnly? OpensOn { get; private set; }
    public DateOnly? ClosesOn { get; private set; }
    public DateOnly? ApprovedOn { get; private set; }
    public string ApprovedBy { get; private set; } = "";
    public DateOnly? LaunchedOn { get; set; }
    public int Version { get; set; }

    public bool TakesAnswers(DateOnly today) => State == VersionState.Consulted && OpensOn <= today && today <= ClosesOn;

    public string? Consult(DateOnly opens, DateOnly closes, int parts, int questions)
    {
        if (State == VersionState.Approved) return "It is approved already.";
        if (parts == 0) return "There is nothing in it yet to consult on.";
        if (questions == 0) return "Write the questions first.";
        if (closes < opens) return "The last day must be the same as or after the first.";
        (State, OpensOn, ClosesOn) = (VersionState.Consulted, opens, closes);
        return null;
    }

    /// <param name="answers">How many answers schools and partners gave.</param>
    /// <param name="outcomes">How often it is said what was done because of them.</param>
    public string? Approve(DateOnly on, string? by, DateOnly today, int parts, int answers, int outcomes)
    {
        if (State == VersionState.Approved) return "It is approved already.";
        if (parts == 0) return "There is nothing in it yet.";
        if (State == VersionState.Consulted && ClosesOn >= today) return $"Its consultation runs until {ClosesOn:d MMMM yyyy}.";
        if (answers > 0 && outcomes == 0) return "Say first what was done because of the answers.";
        if (on > today) return "The day of approval must not lie ahead.";
        if (string.IsNullOrWhiteSpace(by)) return "Enter who approved it.";
        if (by.Trim().Length > 150) return "Who approved it must be 150 characters or fewer.";
        (State, ApprovedOn, ApprovedBy) = (VersionState.Approved, on, by.Trim());
        return null;
    }
}

public enum PartKind
{
    Element = 1,
    Principle = 2,
    Rationale = 3,
    Function = 4,
    Section = 5,
}

/// <summary>One element, principle or section of a version.</summary>
public sealed class DocumentPart
{
    public int Id { get; init; }
    public required int VersionId { get; init; }
    /// <summary>The same in every version that has this part, so that versions can be put side by side.</summary>
    public required string Code { get; init; }
    public required PartKind Kind { get; set; }
    public required string Title { get; set; }
    public string Text { get; set; } = "";
    public int Position { get; set; }

    public static string? CheckTitle(string? title) => string.IsNullOrWhiteSpace(title) ? "Enter what it says."
        : title.Trim().Length > 300 ? "What it says must be 300 characters or fewer. Write more below." : null;
}

/// <summary>A question put to schools and partners on a draft; about one part, or about all of it.</summary>
public sealed class ConsultationQuestion
{
    public int Id { get; init; }
    public required int VersionId { get; init; }
    public string PartCode { get; init; } = "";
    public required string Text { get; init; }
    public int Position { get; init; }
}

/// <summary>What a school or partner answered; the latest of each counts.</summary>
public sealed class ConsultationAnswer
{
    public const int LongestText = 2_000;

    public int Id { get; init; }
    public required int QuestionId { get; init; }
    /// <summary>The school, cluster or organisation that answers; the partnership for what a meeting answered together.</summary>
    public required PlaceKey Place { get; init; }
    public required string By { get; init; }
    public required string Text { get; init; }
    public required DateOnly On { get; init; }
    public required int? PersonId { get; init; }
}

/// <summary>You said, we did.</summary>
public sealed class ConsultationOutcome
{
    public int Id { get; init; }
    public required int VersionId { get; init; }
    public required string Said { get; init; }
    public required string Did { get; init; }
}

/// <summary>A school or a partner organisation pledges to deliver a version, by a person who may speak for it; once for each version.</summary>
public sealed class Pledge
{
    public int Id { get; init; }
    public required int VersionId { get; init; }
    /// <summary>A school's URN, or an organisation's name as in addresses.</summary>
    public required string Key { get; init; }
    /// <summary>The school; null for a partner organisation.</summary>
    public required SchoolUrn? Urn { get; init; }
    public required string Name { get; init; }
    public required string SignedBy { get; init; }
    /// <summary>What they are there: "Headteacher".</summary>
    public required string Capacity { get; init; }
    public required DateOnly On { get; init; }
    public required int? PersonId { get; init; }

    public static string? CheckSigner(string? name) => string.IsNullOrWhiteSpace(name) ? "Enter who signs." : name.Trim().Length > 100 ? "Who signs must be 100 characters or fewer." : null;

    public static string? CheckCapacity(string? capacity) => string.IsNullOrWhiteSpace(capacity) ? "Enter what they are there, for example: Headteacher." : capacity.Trim().Length > 100 ? "What they are must be 100 characters or fewer." : null;
}

public static class DocumentWords
{
    public static string InWords(this DocumentKind kind) => kind switch { DocumentKind.Vision => "Vision", DocumentKind.Strategy => "Strategy", DocumentKind.Plan => "Plan", _ => "Leaflet" };

    public static string Plural(this PartKind kind) => kind switch { PartKind.Element => "Elements", PartKind.Principle => "Principles", PartKind.Rationale => "Why we work together", PartKind.Function => "What a cluster meeting is for", _ => "Sections" };

    public static string InWords(this PartKind kind) => kind switch { PartKind.Element => "Element", PartKind.Principle => "Principle", PartKind.Rationale => "Point of rationale", PartKind.Function => "Function of a cluster meeting", _ => "Section" };

    public static string InWords(this VersionState state) => state switch { VersionState.Draft => "Draft", VersionState.Consulted => "Consultation", _ => "Approved" };
}
