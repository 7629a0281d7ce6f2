using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Documents;

namespace Waymark.Meetings.Imports;

/// <summary>Reads an answer to an invitation out of a mail. Who answers is told by the token in the address it was sent to, not by what the mail says of itself.</summary>
internal static class Answers
{
    /// <summary>The sentence of why nothing was changed, or null.</summary>
    public static string? Take(WaymarkDb db, byte[] mail, DateTime utcNow, out string? told)
    {
        told = null;
        var incoming = IncomingMail.Read(mail);
        var tokens = incoming.Tokens.Select(SealKeys.HashOf).ToList();
        if (db.Set<Invitee>().FirstOrDefault(each => each.TokenHash != null && tokens.Contains(each.TokenHash)) is not { } invitee) return "The mail was sent to no address of an invitation.";
        if (incoming.Part("text/calendar") is not { } text || ICalendarReader.Read(text) is not { } calendar) return "The mail holds no answer that a calendar program wrote.";
        if (!calendar.Text("METHOD").Equals("REPLY", StringComparison.OrdinalIgnoreCase)) return "The mail’s calendar part is no answer.";
        var meeting = db.Meetings.Single(meeting => meeting.Id == invitee.MeetingId);
        if (calendar.All("VEVENT").FirstOrDefault(one => one.Text("UID") == meeting.Uid) is not { } answer) return "The answer is to another meeting.";
        var part = answer.Lines.Where(line => line.Name == "ATTENDEE").Select(line => line.Parameters.GetValueOrDefault("PARTSTAT", "")).FirstOrDefault();
        Reply? reply = part?.ToUpperInvariant() switch { "ACCEPTED" => Reply.Accepted, "TENTATIVE" => Reply.Tentative, "DECLINED" => Reply.Declined, _ => null };
        if (reply is null) return "The answer is neither yes, perhaps nor no.";
        var sequence = int.TryParse(answer.Text("SEQUENCE"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (invitee.Answer(reply.Value, sequence, answer.Line("DTSTAMP")?.Utc ?? utcNow, meeting) is { } rule) return rule;
        db.SaveChanges();
        told = $"{meeting.Title}, {MeetingWords.Day(meeting.Day)}: {reply.Value.ToString().ToLowerInvariant()}.";
        return null;
    }
}
