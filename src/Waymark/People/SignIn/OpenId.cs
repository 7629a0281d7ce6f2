using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.SignIn;

/// <summary>A sign-in service that a partnership trusts: DfE Sign-in, Entra ID or any other that speaks OpenID Connect.</summary>
/// <param name="EmailIsVerified">It gives addresses to their owners only, and does not say so with each.</param>
/// <param name="SecondFactor">It asks everybody for a second factor, and does not say so with each.</param>
public sealed record OpenIdService(string Name, string Title, string Authority, string ClientId, string? ClientSecret, bool EmailIsVerified, bool SecondFactor)
{
    /// <summary>What stands under OpenId in the configuration: OpenId__dfe__Authority, OpenId__dfe__ClientId, OpenId__dfe__ClientSecret, OpenId__dfe__Title.</summary>
    public static IReadOnlyList<OpenIdService> All(IConfiguration configuration) =>
    [
        .. from section in configuration.GetSection("OpenId").GetChildren()
           let name = section.Key.ToLowerInvariant()
           select new OpenIdService(name, section["Title"] ?? name, Needed(section, "Authority"), Needed(section, "ClientId"), section["ClientSecret"], section["EmailIsVerified"] == "true", section["SecondFactor"] == "true"),
    ];

    private static string Needed(IConfigurationSection section, string key) => section[key] is { Length: > 0 } value ? value : throw new InvalidOperationException($"OpenId:{section.Key}:{key} is missing.");
}

/// <summary>Signing in with an account of another service: it opens the account of a person who is here or invited, and makes none.</summary>
internal static class OpenId
{
    private const string Path = "/sign-in/answer/";

    /// <summary>Each service answers at an address of its own, so that one's answer is never taken for another's.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var all = OpenIdService.All(configuration);
        services.AddSingleton(all);
        // A token with a new key waits for the service's new keys, instead of being refused while they are fetched.
        AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
        var authentication = services.AddAuthentication();
        foreach (var service in all) authentication.AddOpenIdConnect(service.Name, service.Title, options => Configure(options, service));
    }

    /// <summary>Takes the answers of the services; every other request goes on.</summary>
    public static async Task Answer(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments(Path.TrimEnd('/'), out var name)
            && await http.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(http, name.Value!.Trim('/')) is IAuthenticationRequestHandler handler
            && await handler.HandleRequestAsync())
            return;
        await next(http);
    }

    private static void Configure(OpenIdConnectOptions options, OpenIdService service)
    {
        (options.Authority, options.ClientId, options.ClientSecret) = (service.Authority, service.ClientId, service.ClientSecret);
        (options.ResponseType, options.ResponseMode, options.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        options.RequireHttpsMetadata = !new Uri(service.Authority).IsLoopback;
        options.CallbackPath = Path + service.Name;
        options.SignInScheme = "session";
        (options.MapInboundClaims, options.SaveTokens, options.DisableTelemetry, options.GetClaimsFromUserInfoEndpoint) = (false, false, true, false);
        options.Scope.Add("email");
        // What the token says stays as it says it.
        options.ClaimActions.Clear();
        options.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        foreach (var (cookie, kind) in new[] { (options.CorrelationCookie, "state"), (options.NonceCookie, "nonce") })
            (cookie.Name, cookie.Path, cookie.SecurePolicy, cookie.SameSite, cookie.HttpOnly) = ($"__Host-waymark-{kind}.", "/", CookieSecurePolicy.Always, SameSiteMode.Lax, true);
        options.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.RedirectUri = context.HttpContext.RequestServices.GetRequiredService<PublicAddress>().Of(Path + service.Name);
                return Task.CompletedTask;
            },
            OnMessageReceived = RefuseAnotherIssuer,
            OnTokenValidated = RefuseUnsigned,
            OnTicketReceived = context => Enter(context, service),
            OnRemoteFailure = context =>
            {
                context.Response.Redirect("/sign-in?refused=failed");
                context.HandleResponse();
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>An answer that says which service it is from (RFC 9207) must be from this one.</summary>
    private static async Task RefuseAnotherIssuer(MessageReceivedContext context)
    {
        var known = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        if (context.ProtocolMessage.Parameters.TryGetValue("iss", out var issuer) && issuer != known.Issuer) context.Fail("The answer is from another service.");
    }

    /// <summary>The framework takes an unsigned token when it came over the service's own line; here it is signed with a key that only the service has.</summary>
    private static Task RefuseUnsigned(TokenValidatedContext context)
    {
        if (context.SecurityToken.Header.Alg is not (['R' or 'P' or 'E', 'S', ..])) context.Fail("The token is not signed.");
        return Task.CompletedTask;
    }

    private static async Task Enter(TicketReceivedContext context, OpenIdService service)
    {
        context.HandleResponse();
        var http = context.HttpContext;
        var db = http.RequestServices.GetRequiredService<WaymarkDb>();
        var turn = http.RequestServices.GetRequiredService<Store>().WriteTurn;
        await turn.WaitAsync(http.RequestAborted);
        try
        {
            await Decide(context, service, db, http);
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task Decide(TicketReceivedContext context, OpenIdService service, WaymarkDb db, HttpContext http)
    {
        var clock = http.RequestServices.GetRequiredService<LocalClock>();
        var desk = http.RequestServices.GetRequiredService<SignInDesk>();
        await using var transaction = await Posts.Lock(db);
        db.Audit = new AuditTrail(db);
        var address = PersonOf(db, context.Principal!, service, clock.UtcNow) is { } person
            ? desk.EnterFrom(http, person, service.SecondFactor || context.Principal!.FindAll("amr").Any(way => way.Value is "mfa"), context.ReturnUri)
            : "/sign-in?refused=unknown";
        await db.SaveChangesAsync();
        db.Audit.Write(AuditKind.Access, clock.UtcNow, http.Caller.PersonId, $"GET {Path}{service.Name}", "");
        await transaction.CommitAsync();
        context.Response.Redirect(address);
    }

    /// <summary>Whose account it is: by the service's lasting name for it; the first time, by an address that the service vouches for. Null for who is neither here nor invited.</summary>
    private static Person? PersonOf(WaymarkDb db, ClaimsPrincipal principal, OpenIdService service, DateTime now)
    {
        if (principal.FindFirstValue("iss") is not { } issuer || principal.FindFirstValue("sub") is not { } subject) return null;
        if (db.ExternalLogins.Where(login => login.Issuer == issuer && login.Subject == subject).Join(db.People, login => login.PersonId, known => known.Id, (_, known) => known).FirstOrDefault() is { } here) return here.CanSignIn ? here : null;
        if (!service.EmailIsVerified && principal.FindFirstValue("email_verified") != "true") return null;
        if (db.FindPerson(principal.FindFirstValue("email")) is not { ClosedAt: null } person) return null;
        if (person.JoinedAt is null)
        {
            if (db.SecretLinks.Where(link => link.PersonId == person.Id && link.Purpose == LinkPurpose.Invitation).AsEnumerable().FirstOrDefault(link => link.IsOpen(now)) is not { } invitation) return null;
            invitation.Use(now);
            person.JoinedAt = now;
        }
        db.Add(new ExternalLogin { PersonId = person.Id, Issuer = issuer, Subject = subject, AddedAt = now });
        return person;
    }
}
