using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Waymark.Shared.Mail;

namespace Waymark.Meetings;

/// <summary>Invitations by mail: each person invited hears of the meeting as it is now, once; of another time or place, and of its cancelling, again.</summary>
public static class Invitations
{
    /// <summary>The environment variable with the address that letters come from; answers go to it with a token after a plus sign.</summary>
    public const string FromVariable = "WAYMARK_SMTP_FROM";

    extension(WaymarkDb db)
    {
        public DbSet<Invitee> Invitees => db.Set<Invitee>();

        /// <summary>Invites somebody; the same address twice is one. The sentence of what stands against it, or null.</summary>
        public string? Invite(Meeting meeting, string? email, string? name)
        {
            var address = (email ?? "").Trim();
            if (address.Length > 254 || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address) return "Enter an email address in the correct format, like name@example.com.";
            if (name?.Length > Representative.LongestName) return $"The name must be {Representative.LongestName} characters or fewer.";
            if (!db.Invitees.AsEnumerable().Any(each => each.MeetingId == meeting.Id && each.Email.Equals(address, StringComparison.OrdinalIgnoreCase)))
                db.Add(new Invitee { MeetingId = meeting.Id, Email = address, Name = name?.Trim() ?? "" });
            return null;
        }

        /// <summary>Invites the people of the meeting's clusters: those named there with an address, and who holds a role for them or for a member school.</summary>
        public int InvitePeopleOf(Meeting meeting, DateOnly today)
        {
            var ids = meeting.Clusters.Select(of => of.ClusterId).ToList();
            var clusters = db.Clusters.AsNoTracking().Where(cluster => ids.Contains(cluster.Id)).ToList();
            var places = clusters.SelectMany(cluster => db.MemberSchoolsOn(meeting.Day, cluster)).Select(member => member.School.Place).Concat(clusters.Select(cluster => cluster.Place)).ToHashSet();
            var named = db.ClusterContacts.AsNoTracking().Where(contact => ids.Contains(contact.ClusterId) && contact.Email != "").AsEnumerable().Where(contact => contact.On(today)).Select(contact => (contact.Email, contact.Name)).ToList();
            RoleKind[] come = [RoleKind.ClusterLead, RoleKind.Headteacher];
            var holders = db.RolesHeld.AsNoTracking().On(today).Where(role => come.Contains(role.Role)).AsEnumerable().Where(role => places.Contains(role.Place)).Select(role => role.PersonId).ToHashSet();
            var people = db.People.AsNoTracking().Where(person => holders.Contains(person.Id)).Select(person => new { person.Email, person.Name }).AsEnumerable().Select(person => (person.Email, person.Name)).ToList();
            var before = db.Invitees.Count(invitee => invitee.MeetingId == meeting.Id);
            foreach (var (email, name) in named.Concat(people).DistinctBy(person => person.Email.ToUpperInvariant())) db.Invite(meeting, email, name);
            db.SaveChanges();
            return db.Invitees.Count(invitee => invitee.MeetingId == meeting.Id) - before;
        }

        /// <summary>Writes to everybody invited who has not heard of the meeting as it is now. Without <paramref name="first"/> only to those who were invited before.</summary>
        /// <param name="site">Where the pages are: "https://waymark.example.org".</param>
        /// <param name="from">The address that letters come from; null where mail is not set up, and nothing is written.</param>
        public int TellInvitees(Meeting meeting, string site, MailAddress? from, DateTime utcNow, bool first, SealKeys keys)
        {
            if (from is null) return 0;
            var told = 0;
            foreach (var invitee in db.Invitees.Where(invitee => invitee.MeetingId == meeting.Id).ToList().Where(invitee => invitee.SentSequence < meeting.Sequence && (first ? !meeting.IsOff || invitee.SentSequence >= 0 : invitee.SentSequence >= 0)))
            {
                var answers = $"{from.User}+{invitee.Token(keys)}@{from.Host}";
                var calendar = ICalendar.Write(meeting.IsOff ? "CANCEL" : "REQUEST", meeting.Title, [meeting.ToEvent(site, utcNow, withLink: true, new CalendarAddress(answers, from.DisplayName), [new CalendarAddress(invitee.Email, invitee.Name)])]);
                var what = meeting.IsOff ? "Cancelled" : invitee.SentSequence < 0 ? "Invitation" : "Changed";
                var text = $"{meeting.Title}\n{MeetingWords.When(meeting)}\n{meeting.Venue}\n{(meeting.IsOff ? $"\nThe meeting is cancelled: {meeting.CancelledBecause}\n" : meeting.JoiningLink.Length > 0 ? $"\nJoin online: {meeting.JoiningLink}\n" : "")}\n{site}/meetings/{meeting.Id}\n";
                var mail = OutboxMail.To(invitee.Email, OneLine($"{what}: {meeting.Title}, {MeetingWords.Day(meeting.Day)}"), text, utcNow);
                (mail.Calendar, mail.ReplyTo) = (calendar, answers);
                db.Add(mail);
                invitee.SentSequence = meeting.Sequence;
                told++;
            }
            return told;
        }
    }

    private static string OneLine(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)));

    public static string InWords(this Reply reply) => reply switch { Reply.Accepted => "comes", Reply.Tentative => "perhaps", Reply.Declined => "does not come", _ => "no answer yet" };
}
