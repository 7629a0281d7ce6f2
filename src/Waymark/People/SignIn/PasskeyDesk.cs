using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Waymark.Data;
using Waymark.Shared.Web;

namespace Waymark.People.SignIn;

/// <summary>Asks the browser for a passkey, and reads what it answers. What was asked lies sealed in the form, so that an answer fits one question of the last minutes.</summary>
public sealed class PasskeyDesk(WaymarkDb db, IPasskeyHandler<Person> handler, UserManager<Person> people, IDataProtectionProvider protection, TimeProvider time)
{
    private const int LongestCredential = 20_000;

    private sealed record Asked(string State);

    private readonly SealedCookie<Asked> seal = new(protection, time, "waymark-passkey", TimeSpan.FromMinutes(10));

    /// <summary>What the browser's script needs to ask for a passkey, and the seal that comes back with the answer.</summary>
    /// <param name="person">Whose passkeys will do; null for anybody's.</param>
    public async Task<(string Options, string Challenge)> AskFor(HttpContext http, Person? person)
    {
        var asked = await handler.MakeRequestOptionsAsync(person, http);
        return (asked.RequestOptionsJson, seal.Seal(new Asked(asked.AssertionState ?? "")));
    }

    /// <summary>Whose passkey answered; null when it is nobody's, or no answer to what was asked.</summary>
    public async Task<Person?> Person(HttpContext http, string? challenge, string? credential)
    {
        if (string.IsNullOrEmpty(credential) || credential.Length > LongestCredential || seal.Open(challenge) is not var (asked, _)) return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = asked.State });
        if (!result.Succeeded || !result.User.CanSignIn) return null;
        await new PersonStore(db).AddOrUpdatePasskeyAsync(result.User, result.Passkey, http.RequestAborted);
        return result.User;
    }

    public async Task<(string Options, string Challenge)> AskForNew(HttpContext http, Person person)
    {
        var asked = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = await people.GetUserIdAsync(person), Name = person.Email, DisplayName = person.Name }, http);
        return (asked.CreationOptionsJson, seal.Seal(new Asked(asked.AttestationState ?? "")));
    }

    /// <summary>Adds the passkey that the browser made; false when it is no answer to what was asked.</summary>
    public async Task<bool> Add(HttpContext http, Person person, string name, string? challenge, string? credential)
    {
        if (string.IsNullOrEmpty(credential) || credential.Length > LongestCredential || seal.Open(challenge) is not var (asked, _)) return false;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = asked.State });
        if (!result.Succeeded || result.UserEntity.Id != await people.GetUserIdAsync(person)) return false;
        result.Passkey.Name = name;
        await new PersonStore(db).AddOrUpdatePasskeyAsync(person, result.Passkey, http.RequestAborted);
        person.HasSecondFactor = true;
        return true;
    }
}
