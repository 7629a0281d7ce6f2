using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.Schools;

namespace Waymark.Meetings;

/// <summary>What the letter to a school that was missed says, on paper and by mail.</summary>
internal static class LetterText
{
    public static string Subject(Meeting meeting, IReadOnlyList<string> clusters) => $"The {string.Join(" and ", clusters)} cluster meeting of {MeetingWords.Day(meeting.Day)}";

    public static IEnumerable<string> Paragraphs(Meeting meeting, IReadOnlyList<string> clusters, string authority)
    {
        yield return "Dear headteacher";
        yield return $"Your school is a member of the {string.Join(" and ", clusters)} cluster. Nobody signed in for it when the cluster met on {MeetingWords.Day(meeting.Day)}, and we found it at no other cluster’s meeting in that half term. If that is wrong, please tell us and we will put it right.";
        yield return "Schools meet to look at their figures together, to agree a few things to work on, and to help each other. That works best when every school takes part, and yours would be welcome.";
        yield return "Would you let us know what kept you away, and what would make it possible to come, or to send somebody, next time? A line in reply is enough.";
        yield return "Yours sincerely";
        yield return authority;
    }

    /// <summary>The addresses of who is headteacher today, by school.</summary>
    public static Dictionary<SchoolUrn, string> HeadsOf(WaymarkDb db, IEnumerable<School> schools, DateOnly today)
    {
        var places = schools.Select(school => school.Place).ToList();
        var heads = db.RolesHeld.AsNoTracking().On(today).Where(role => role.Role == RoleKind.Headteacher && places.Contains(role.Place)).ToList();
        var ids = heads.Select(role => role.PersonId).ToList();
        var people = db.People.AsNoTracking().Where(person => ids.Contains(person.Id)).Select(person => new { person.Id, person.Email }).ToList().ToDictionary(person => person.Id, person => person.Email);
        return heads.Where(role => people.ContainsKey(role.PersonId)).GroupBy(role => new SchoolUrn(role.Place.Number)).ToDictionary(of => of.Key, of => people[of.First().PersonId]);
    }
}
