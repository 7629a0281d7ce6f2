using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Mail;

namespace Waymark.People.Invitations;

/// <summary>Who was invited: the link is told once, null for somebody who joined before. With a rule nothing was done.</summary>
public sealed record Invited(Person? Person, string? Link, string? Rule);

/// <summary>Where people are invited, and written to about their access. Each letter lies in the outbox with what it tells of.</summary>
/// <param name="root">The address of the pages, without a slash at the end.</param>
public sealed class InvitationDesk(WaymarkDb db, LocalClock clock, string root)
{
    private const int MostResetsInAnHour = 3;

    /// <summary>Gives somebody a role, and invites who has not joined yet. Saves.</summary>
    /// <param name="by">Who does it; null for the command line.</param>
    public Invited Invite(string name, string email, RoleKind role, PlaceKey place, DateOnly from, DateOnly? until, int? by)
    {
        if (role == RoleKind.StandIn) until ??= from;
        if ((Person.CheckName(name) ?? Person.CheckEmail(email)) is { } wrong) return new Invited(null, null, wrong);
        var person = db.FindPerson(email);
        if (RoleHeld.Check(role, place, from, until, person is null ? [] : db.RolesHeld.Where(held => held.PersonId == person.Id)) is { } rule) return new Invited(person, null, rule);
        if (person is null)
        {
            person = new Person { Name = name.Trim(), Email = email.Trim(), EmailKey = Person.KeyOf(email), InvitedAt = clock.UtcNow };
            db.Add(person);
            db.SaveChanges();
        }
        if (person.ClosedAt is not null) (person.ClosedAt, person.JoinedAt, person.PasswordHash) = (null, null, null);
        person.KeptOn = RealToday;
        db.Add(RoleHeld.Given(person.Id, role, place, from, until, by));
        db.SaveChanges();
        if (person.JoinedAt is null) return new Invited(person, SendInvitation(person, by), null);
        Tell(person, "You have a new role", $"You have a new role in {Partnership}: {InWords(role, place, from, until)}.\n\nSign in at {root}/sign-in");
        db.SaveChanges();
        return new Invited(person, null, null);
    }

    /// <summary>The partner organisation of this name; a new one where there is none. Saves.</summary>
    public Organisation OrganisationCalled(string name)
    {
        if (db.Organisations.AsEnumerable().FirstOrDefault(known => known.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } there) return there;
        var added = new Organisation { Name = name.Trim() };
        db.Add(added);
        db.SaveChanges();
        return added;
    }

    /// <summary>A new invitation in place of the ones before; returns its link. Saves.</summary>
    public string SendInvitation(Person person, int? by)
    {
        var roles = db.RolesHeld.Where(role => role.PersonId == person.Id).AsEnumerable().Where(role => !role.HasEndedBy(clock.Today)).ToList();
        var names = db.NamePlaces(roles.Select(role => role.Place));
        var link = NewLink(LinkPurpose.Invitation, person, by, "/welcome/", out var until);
        var from = by is null ? null : db.People.Where(sender => sender.Id == by).Select(sender => sender.Name).FirstOrDefault();
        Write(person, $"Join {Partnership} on Waymark", $"""
            Dear {person.Name},

            {(from is null ? "You are" : $"{from} has")} invited {(from is null ? "" : "you ")}to Waymark, where {Partnership} looks at its results together, agrees what to do and follows it up.

            Your part:
            {string.Join("\n", roles.Select(role => $"- {role.Role.InWords()}, {names[role.Place].Name}"))}

            Open this link to choose your password. It works once, until {Day(until)}:

            {link}

            If this is not for you, you need do nothing.
            """);
        db.SaveChanges();
        return link;
    }

    /// <summary>Takes away every way in, and invites anew: for who lost phone, passkeys and codes, once somebody is sure who asks. Saves.</summary>
    public string SetUpAnew(Person person, int? by)
    {
        db.Sessions.RemoveRange(db.Sessions.Where(session => session.PersonId == person.Id));
        db.Passkeys.RemoveRange(db.Passkeys.Where(passkey => passkey.PersonId == person.Id));
        db.RecoveryCodes.RemoveRange(db.RecoveryCodes.Where(code => code.PersonId == person.Id));
        (person.PasswordHash, person.SealedCodeSecret, person.HasSecondFactor, person.JoinedAt) = (null, null, false, null);
        return SendInvitation(person, by);
    }

    /// <summary>Writes to somebody who forgot the password. To who is not known, has not joined or asked often, nothing is written. Saves.</summary>
    public void SendNewPassword(string email)
    {
        var anHourAgo = clock.UtcNow.AddHours(-1);
        if (db.FindPerson(email) is not { CanSignIn: true } person
            || db.SecretLinks.Count(sent => sent.PersonId == person.Id && sent.Purpose == LinkPurpose.NewPassword && sent.MadeAt > anHourAgo) >= MostResetsInAnHour) return;
        var link = NewLink(LinkPurpose.NewPassword, person, null, "/sign-in/new-password/", out var until);
        Write(person, "Choose a new password", $"""
            Dear {person.Name},

            Somebody asked for a new password for this address at {Partnership} on Waymark. If it was you, open this link. It works once, until {LocalClock.ToLondon(until):HH:mm} today:

            {link}

            If it was not you, you need do nothing: your password stays as it is.
            """);
        db.SaveChanges();
    }

    /// <summary>Asks somebody whose access was not used for long whether they are still there. Saves.</summary>
    public void AskWhetherStillHere(Person person)
    {
        var link = root + Room.KeepAccess.NewLink(db, person.Id, person.Id, clock.UtcNow);
        var until = clock.UtcNow + Room.KeepAccess.Life;
        Write(person, "Keep your access", $"""
            Dear {person.Name},

            You have not used Waymark for more than {Person.LapsesAfterDays} days, so your access to {Partnership} rests. If you still need it, open this link until {Day(until)}:

            {link}
            """);
        db.SaveChanges();
    }

    /// <summary>Tells somebody of a change of their own account.</summary>
    public void Tell(Person person, string subject, string text) => Write(person, subject, $"Dear {person.Name},\n\n{text}\n");

    /// <summary>"Headteacher, Maple Lower School, from 1 September 2016".</summary>
    public string InWords(RoleKind role, PlaceKey place, DateOnly from, DateOnly? until) =>
        $"{role.InWords()}, {db.NamePlace(place).Name}, {(from > clock.Today ? "from" : "since")} {from:d MMMM yyyy}{(until is { } last ? $" until {last:d MMMM yyyy}" : "")}";

    public string Partnership => db.Read(Setting.AuthorityName) is { Length: > 0 } name ? $"the {name} partnership" : "the education partnership";

    private DateOnly RealToday => DateOnly.FromDateTime(LocalClock.ToLondon(clock.UtcNow));

    private string NewLink(LinkPurpose purpose, Person person, int? by, string path, out DateTime until)
    {
        foreach (var before in db.SecretLinks.Where(link => link.PersonId == person.Id && link.Purpose == purpose && link.UsedAt == null)) before.Withdraw(clock.UtcNow);
        var (made, secret) = SecretLink.New(purpose, person.Id, clock.UtcNow, by);
        db.Add(made);
        until = made.ExpiresAt;
        return root + path + secret;
    }

    private void Write(Person person, string subject, string body) => db.Add(OutboxMail.To(person.Email, subject, body, clock.UtcNow));

    private static string Day(DateTime utc) => LocalClock.ToLondon(utc).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
