using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;

namespace Waymark.People.SignIn;

/// <summary>What the framework's passkeys ask of people. The rest of a person is this room's own.</summary>
internal sealed class PersonStore(WaymarkDb db) : IUserPasskeyStore<Person>
{
    public async Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        int.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? await db.People.FindAsync([id], cancellationToken) : null;

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult(db.FindPerson(normalizedUserName));
    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));
    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);
    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.EmailKey);
    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;
    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        if (await db.Passkeys.FirstOrDefaultAsync(known => known.PersonId == user.Id && known.CredentialId == passkey.CredentialId, cancellationToken) is { } known)
            (known.SignCount, known.IsBackedUp) = (passkey.SignCount, passkey.IsBackedUp);
        else
            db.Add(new Passkey
            {
                PersonId = user.Id,
                CredentialId = passkey.CredentialId,
                PublicKey = passkey.PublicKey,
                Name = passkey.Name ?? "Passkey",
                AddedAt = passkey.CreatedAt.UtcDateTime,
                SignCount = passkey.SignCount,
                Transports = string.Join(' ', passkey.Transports ?? []),
                IsBackupEligible = passkey.IsBackupEligible,
                IsBackedUp = passkey.IsBackedUp,
            });
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        [.. (await db.Passkeys.AsNoTracking().Where(passkey => passkey.PersonId == user.Id).ToListAsync(cancellationToken)).Select(Info)];

    public async Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Passkeys.Where(passkey => passkey.CredentialId == credentialId).Join(db.People, passkey => passkey.PersonId, person => person.Id, (_, person) => person).FirstOrDefaultAsync(cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Passkeys.AsNoTracking().FirstOrDefaultAsync(passkey => passkey.PersonId == user.Id && passkey.CredentialId == credentialId, cancellationToken) is { } passkey ? Info(passkey) : null;

    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) => db.Passkeys.Where(passkey => passkey.PersonId == user.Id && passkey.CredentialId == credentialId).ExecuteDeleteAsync(cancellationToken);

    // People come by invitation and are closed by an officer, never through the framework.
    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose() { }

    private static UserPasskeyInfo Info(Passkey passkey) => new(passkey.CredentialId, passkey.PublicKey, new DateTimeOffset(passkey.AddedAt, TimeSpan.Zero), (uint)passkey.SignCount,
        passkey.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries), isUserVerified: true, passkey.IsBackupEligible, passkey.IsBackedUp, attestationObject: [], clientDataJson: [])
    { Name = passkey.Name };
}
