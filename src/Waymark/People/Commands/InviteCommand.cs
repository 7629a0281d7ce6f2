using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.Shared;
using Waymark.Shared.CommandLine;
using Waymark.Shared.Web;

namespace Waymark.People.Commands;

/// <summary>waymark invite: the first officer of a store, and the way back in when no officer is left who can sign in.</summary>
internal static class InviteCommand
{
    public static Command Create()
    {
        var email = new Argument<string>("EMAIL") { Description = "Whom to invite." };
        var role = new Option<string>("--role") { Description = $"One of {string.Join(", ", Roles.All.Select(each => each.Code()))}.", Required = true, HelpName = "ROLE" };
        var place = new Option<string?>("--place") { Description = "Where the role is held: a school's URN, a cluster's name, an organisation's name. Not needed for a role in the whole partnership or on the board.", HelpName = "CODE" };
        var name = new Option<string?>("--name") { Description = "The person's name, which they can change when they join." };
        var data = StoreOption.Create();
        var command = new Command("invite", "Gives somebody a role and prints the link by which they join; somebody who has joined already gets a link to set up their sign-in anew.") { email, role, place, name, data };
        command.SetAction(parsed =>
        {
            if (StoreOption.OpenExisting(parsed, data) is not { } store) return Output.Refused;
            using var db = store.Open();
            var clock = LocalClock.ForStore(db.Read(Setting.Today), TimeProvider.System);
            if (Roles.Find(parsed.GetValue(role)) is not { } kind) return Refuse($"--role {parsed.GetValue(role)}: there is no such role. Choose one of {string.Join(", ", Roles.All.Select(each => each.Code()))}.");
            if (PlaceOf(db, kind, parsed.GetValue(place)) is not { } where)
                return Refuse(parsed.GetValue(place) is { } text ? $"--place {text}: no {Words(kind)} is known by this." : $"--place is needed: {kind.InWords()} is a role of one {Words(kind)}.");

            using var transaction = db.Database.BeginTransaction(System.Data.IsolationLevel.Serializable);
            db.Audit = new AuditTrail(db);
            var root = Environment.GetEnvironmentVariable(PublicAddress.Variable)?.TrimEnd('/') ?? PublicAddress.Default;
            var letters = new InvitationDesk(db, clock, root);
            var address = parsed.GetValue(email)!;
            var invited = letters.Invite(parsed.GetValue(name) ?? address.Split('@')[0], address, kind, where.Key, clock.Today, null, null);
            // Who holds the role already is let in again: the command line is the way back when nobody else can send a link.
            var holds = invited is { Rule: not null, Person: { } known } && db.RolesHeld.On(clock.Today).Any(held => held.PersonId == known.Id && held.Role == kind && held.Place == where.Key);
            if (invited.Rule is { } rule && !holds) return Refuse(rule);
            var link = holds ? letters.SetUpAnew(invited.Person!, null) : invited.Link;
            db.Audit.Write(AuditKind.Change, clock.UtcNow, null, "waymark invite", $"Person {invited.Person!.Id}");
            transaction.Commit();
            Console.WriteLine($"{invited.Person.Email}: {kind.InWords()}, {where.Name}.{(link is null ? "" : $" The link works once, for {SecretLink.Life(LinkPurpose.Invitation).TotalDays} days:")}");
            Console.WriteLine(link ?? $"{root}/sign-in");
            return Output.Done;
        });
        return command;
    }

    private static NamedPlace? PlaceOf(WaymarkDb db, RoleKind role, string? text) => text is null
        ? role.HeldFor()[0] is PlaceKind.Partnership or PlaceKind.Board ? db.PlacesOffered(role.HeldFor()[0])[0] : null
        : role.HeldFor().Select(kind => db.FindPlace(kind, text)).FirstOrDefault(found => found is not null);

    private static string Words(RoleKind role) => string.Join(" or ", role.HeldFor().Select(kind => kind switch { PlaceKind.Group => "working group", PlaceKind.Organisation => "organisation", _ => kind.ToString().ToLowerInvariant() }));

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return Output.Refused;
    }
}
