using System.Text.RegularExpressions;

namespace Waymark.Meetings;

/// <summary>Looks through what is to be published for what a public page should not hold.</summary>
public static partial class PublicationScan
{
    /// <summary>A sentence for each find, without repeating what was found.</summary>
    public static IReadOnlyList<string> Hits(Meeting meeting)
    {
        var hits = new List<string>();
        foreach (var item in meeting.Items.Where(item => !item.Confidential))
        {
            var text = string.Join('\n', [item.Title, item.Discussion, item.Decision, .. item.Actions.Select(action => $"{action.What} {action.Outcome}")]);
            foreach (var (pattern, what) in new[] { (Upn(), "a unique pupil number"), (NationalInsurance(), "a national insurance number"), (BirthDate(), "a date of birth"), (Plan(), "an education, health and care plan"), (Confidential(), "the word ‘confidential’") })
                if (pattern.IsMatch(text)) hits.Add($"item {item.Position} seems to hold {what}");
        }
        return hits;
    }

    [GeneratedRegex(@"\b[A-HJ-NP-RT-Z]\d{11}[\dA-Z]\b", RegexOptions.IgnoreCase)]
    private static partial Regex Upn();

    [GeneratedRegex(@"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b", RegexOptions.IgnoreCase)]
    private static partial Regex NationalInsurance();

    [GeneratedRegex(@"\b(born|birth|DOB)\b.{0,20}\d{1,2}[./ -]\w{1,9}[./ -]\d{2,4}", RegexOptions.IgnoreCase)]
    private static partial Regex BirthDate();

    [GeneratedRegex(@"\bEHCP?\b|education, health and care plan", RegexOptions.IgnoreCase)]
    private static partial Regex Plan();

    [GeneratedRegex("confidential", RegexOptions.IgnoreCase)]
    private static partial Regex Confidential();
}
