using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Waymark.People.SignIn;

/// <summary>Compares passwords with what is kept of them, which is slow on purpose; no more at once than the machine has cores for.</summary>
public sealed class PasswordCheck(IOptions<PasswordHasherOptions> options) : IDisposable
{
    /// <summary>Rounds of PBKDF2 with SHA-512.</summary>
    public const int Iterations = 210_000;

    private static readonly Person Nobody = new() { Name = "", Email = "", EmailKey = "", InvitedAt = default };

    private readonly PasswordHasher<Person> hasher = new(options);
    private readonly SemaphoreSlim cores = new(Environment.ProcessorCount);
    private readonly Lazy<string> nobodys = new(() => new PasswordHasher<Person>(options).HashPassword(Nobody, "nobody"));

    /// <summary>What a password is compared with where there is no account: the answer takes as long.</summary>
    public string NobodysHash => nobodys.Value;

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    public PasswordVerificationResult Compare(string hash, string password) => hasher.VerifyHashedPassword(Nobody, hash, password);

    /// <summary>The same, after those before it: who waits holds no thread.</summary>
    public async Task<PasswordVerificationResult> CompareInTurn(string hash, string password, CancellationToken stop)
    {
        await cores.WaitAsync(stop);
        try
        {
            return Compare(hash, password);
        }
        finally
        {
            cores.Release();
        }
    }

    public void Dispose() => cores.Dispose();
}
