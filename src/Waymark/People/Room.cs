using System.CommandLine;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.People.Pages;
using Waymark.People.SignIn;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Jobs;
using Waymark.Shared.Web;

namespace Waymark.People;

/// <summary>Who takes part in the partnership, what they may do, for which place and how long; and how they sign in.</summary>
public sealed class Room : Shared.Room
{
    /// <summary>Who takes part, and with which roles.</summary>
    public static readonly Permission Manage = new("people.manage", "Invite people, give and end roles, close accounts", [RoleKind.Officer], [], SecondFactor: true);

    /// <summary>The people of a place: a school's head, chair and clerk invite and end its governors and who stands in, and nobody else.</summary>
    public static readonly Permission OwnSchool = new("people.school", "Invite the governors of the own school and who stands in for its head, and end their role", [RoleKind.Officer], [RoleKind.Headteacher, RoleKind.Chair, RoleKind.Clerk]);

    /// <summary>What the letter to somebody opens who was away for long. It opens nothing else: they sign in afterwards.</summary>
    public static readonly LinkedAction KeepAccess = new("people.keep", "Keep access that was not used for long", "/sign-in/keep/", TimeSpan.FromDays(7),
        (db, id) => db.People.Find(id) is { CanSignIn: true } person ? new Found(person, PlaceKey.Partnership, null) : null);

    public override IEnumerable<DoorOf> Doors =>
    [
        new("Pages/People", Door.For(Manage)), new("Pages/Invite", Door.For(Manage)), new("Pages/Invitations", Door.For(Manage)), new("Pages/Import", Door.For(Manage)),
        new("Pages/Review", Door.For(Manage)), new("Pages/Letters", Door.For(Manage)), new("Pages/Audit", Door.For(Manage)), new("Pages/DataProtection", Door.For(Manage)),
        new("Pages/Person", Door.For(Manage, "id", (db, id) => db.People.Find(Number(id)) is { } person ? new Found(person, PlaceKey.Partnership) : null)),
        new("Pages/HandOver", Door.For(Manage, "id", (db, id) => db.RolesHeld.Find(Number(id)) is { } role ? new Found(role, role.Place) : null)),
        // A role that a school does not give itself belongs, for this door, to the partnership: the school's head may not end it.
        new("Pages/EndRole", Door.For(OwnSchool, "id", (db, id) => db.RolesHeld.Find(Number(id)) is { } role ? new Found(role, RoleHeld.OfSchools.Contains(role.Role) ? role.Place : PlaceKey.Partnership) : null)),
        new("Pages/Place", new Door(DoorKind.Role, OwnSchool, (db, route) => Enum.TryParse<PlaceKind>((string?)route["kind"], ignoreCase: true, out var kind) && db.FindPlace(kind, (string)route["code"]!) is { } place ? new Found(place, place.Key, null) : null)),
        new("Pages/Enter", Door.Public),
        new("Pages/SignIn", Door.Public with { Before = SignInDesk.CheckAhead }), new("Pages/Code", Door.Public), new("Pages/With", Door.Public), new("Pages/SignOut", Door.Public), new("Pages/Forgotten", Door.Public), new("Pages/Resting", Door.Public),
        new("Pages/Welcome", BySecret(LinkPurpose.Invitation)), new("Pages/NewPassword", BySecret(LinkPurpose.NewPassword)), new("Pages/Keep", Door.Link(KeepAccess)),
        new("Pages/Account", Door.Account), new("Pages/Password", Door.Account), new("Pages/SecondFactor", Door.Account), new("Pages/RecoveryCodes", Door.Account),
        new("Pages/Passkeys", Door.Account), new("Pages/Sessions", Door.Account),
    ];

    public override IEnumerable<MenuEntry> Menu => [new("People", "/people", 80) { For = Manage }];

    public override IEnumerable<Panel> Panels => [new(PlaceKind.School, typeof(PeoplePanel), 90), new(PlaceKind.Cluster, typeof(PeoplePanel), 90)];

    public override IEnumerable<Command> Commands => [Waymark.People.Commands.InviteCommand.Create()];

    public override IEnumerable<JobKind> Jobs => [Privacy.Retention.Job, Privacy.ManyLooks.Job];

    public override IEnumerable<PlaceSource> Places =>
    [
        Only(PlaceKey.Partnership, "partnership", "the whole partnership"), Only(PlaceKey.Board, "board", "the board"),
        new(PlaceKind.Organisation, db => db.Organisations.OrderBy(organisation => organisation.Name).AsEnumerable().Select(Named), (db, keys) => db.Organisations.AsEnumerable().Where(organisation => keys.Contains(organisation.Place)).Select(Named),
            (db, name) => db.Organisations.AsEnumerable().Where(organisation => organisation.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(Named).FirstOrDefault()),
    ];

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        OpenId.Add(services, configuration);
        services.AddScoped<SignInDesk>();
        services.AddScoped<PasskeyDesk>();
        services.AddScoped(all => new InvitationDesk(all.GetRequiredService<WaymarkDb>(), all.GetRequiredService<LocalClock>(), all.GetRequiredService<PublicAddress>().Root));
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordCheck.Iterations);
        services.AddSingleton<PasswordCheck>();
        services.AddIdentityCore<Person>();
        services.AddScoped<IUserStore<Person>, PersonStore>();
        services.TryAddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        // Where the data is real, nobody enters by a click: the page is not there at all.
        services.AddOptions<RazorPagesOptions>().Configure<Store>((options, store) =>
        {
            using var db = store.Open();
            if (db.Read(Setting.Kind) != nameof(StoreKind.Example)) options.Conventions.AddPageRouteModelConvention("/People/Pages/Enter", page => page.Selectors.Clear());
        });
        services.Configure<IdentityPasskeyOptions>(options => (options.UserVerificationRequirement, options.ResidentKeyRequirement) = ("required", "required"));
    }

    public override void Use(IApplicationBuilder app)
    {
        // Else the framework takes the answers of other services before anything else has seen the request.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.Use(Recognition.Recognise).Use(OpenId.Answer);
    }

    /// <summary>A page behind a secret address. Its door is public and not a link's: what is typed there is a password, which no form key may keep.</summary>
    private static Door BySecret(LinkPurpose purpose) => new(DoorKind.Public, null, (db, route) =>
        Secret.HashOf(route["secret"] as string) is { } hash && db.SecretLinks.FirstOrDefault(link => link.Hash == hash && link.Purpose == purpose) is { } link ? new Found(link, PlaceKey.Partnership) : null);

    private static PlaceSource Only(PlaceKey place, string code, string name)
    {
        var only = new NamedPlace(place, code, name);
        return new PlaceSource(place.Kind, _ => [only], (_, keys) => keys.Contains(place) ? [only] : [], (_, text) => text.Equals(code, StringComparison.OrdinalIgnoreCase) ? only : null);
    }

    private static int Number(string id) => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static NamedPlace Named(Organisation organisation) => new(organisation.Place, organisation.Name, organisation.Name);
}
