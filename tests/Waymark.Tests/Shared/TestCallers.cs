using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Field;
using Waymark.People.SignIn;
using Waymark.Shared.Access;

namespace Waymark.Tests.Shared;

/// <summary>
/// Lets a test say who asks, in a header that only hosts made by tests read: signing in costs a password's worth of time, and a matrix of all roles and pages has
/// thousands of cells. That a cookie stands for its person and nobody else is what the tests of signing in prove.
/// </summary>
public sealed class TestCallers : IStartupFilter
{
    public const string Header = "Test-Caller";

    public static string Text(int person, params IEnumerable<HeldRole> roles) =>
        string.Create(CultureInfo.InvariantCulture, $"{person} {string.Join(' ', roles.Select(held => $"{(int)held.Role}@{held.Place.Value}"))}");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, go) =>
        {
            if (http.Request.Headers[Header] is [{ } text])
            {
                http.Caller = Read(text);
                http.Features.Set(new SignedIn(0, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, MustEnrol: false));
            }
            return go(http);
        });
        next(app);
    };

    private static Caller Read(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Caller(int.Parse(parts[0], CultureInfo.InvariantCulture), "Test person", [.. parts.Skip(1).Select(part => part.Split('@')).Select(part =>
            new HeldRole((RoleKind)int.Parse(part[0], CultureInfo.InvariantCulture), new PlaceKey(int.Parse(part[1], CultureInfo.InvariantCulture))))], SecondFactor: true);
    }
}
