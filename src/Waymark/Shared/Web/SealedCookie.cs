using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Waymark.Shared.Web;

/// <summary>Something that a browser keeps for us and can neither read nor change, for one purpose and a time.</summary>
/// <param name="name">Without the prefix that binds it to this host.</param>
/// <param name="remember">Kept when the browser is closed.</param>
internal sealed class SealedCookie<T>(IDataProtectionProvider protection, TimeProvider time, string name, TimeSpan life, bool remember = false) where T : class
{
    private sealed record Dated(DateTime Until, T Value);

    private readonly IDataProtector protector = protection.CreateProtector(name);
    private readonly CookieBuilder cookie = new() { Name = "__Host-" + name, HttpOnly = true, SecurePolicy = CookieSecurePolicy.Always, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };

    public string Name => cookie.Name!;

    public string Seal(T value) => protector.Protect(JsonSerializer.Serialize(new Dated(time.GetUtcNow().UtcDateTime + life, value)));

    /// <summary>What was sealed; null when it is not ours or its time is over.</summary>
    public (T Value, DateTime Until)? Open(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 4_000) return null;
        try
        {
            return JsonSerializer.Deserialize<Dated>(protector.Unprotect(text)) is { } dated && time.GetUtcNow().UtcDateTime < dated.Until ? (dated.Value, dated.Until) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public (T Value, DateTime Until)? Read(HttpContext http) => Open(http.Request.Cookies[Name]);

    public void Write(HttpContext http, T value)
    {
        var options = cookie.Build(http);
        if (remember) options.MaxAge = life;
        http.Response.Cookies.Append(Name, Seal(value), options);
    }

    public void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, cookie.Build(http));
}
