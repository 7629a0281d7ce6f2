using System.Reflection;
using Microsoft.Playwright;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Tests.Shared;
using Xunit.Sdk;

namespace Waymark.Journeys;

/// <summary>How somebody reads and presses: on what, with or without JavaScript, with a pointer or with the keyboard alone; as an officer, who may see every page, or not signed in.</summary>
public sealed record Reader(int Width, int Height, bool JavaScript = true, bool Pointer = true, bool IsOfficer = true)
{
    public static readonly Reader Phone = new(375, 812);
    public static readonly Reader Desktop = new(1280, 900);

    /// <summary>The narrowest that a page must fit without scrolling sideways (WCAG 1.4.10).</summary>
    public static readonly Reader Narrow = new(320, 640);

    public Reader WithoutJavaScript => this with { JavaScript = false };
    public Reader NotSignedIn => this with { IsOfficer = false };
    public Reader WithTheKeyboardAlone => this with { Pointer = false };

    /// <summary>Presses a box, or the head of something that opens.</summary>
    public async Task Presses(ILocator target)
    {
        if (Pointer)
        {
            await target.First.ClickAsync();
            return;
        }
        var page = target.Page;
        switch (await target.First.GetAttributeAsync("type"))
        {
            case "radio":
                // The Tab key stops once at a group, at the radio that is chosen or else at its first; arrows choose.
                await page.TabTo(page.Locator($"input[type=radio][name='{await target.First.GetAttributeAsync("name")}']"), anyOf: true);
                if (!await target.First.IsCheckedAsync()) await page.Keyboard.PressAsync("Space");
                for (var presses = 0; presses < 30 && !await target.First.IsCheckedAsync(); presses++) await page.Keyboard.PressAsync("ArrowDown");
                (await target.First.IsCheckedAsync()).ShouldBeTrue();
                break;
            case "checkbox":
                await page.TabTo(target);
                await page.Keyboard.PressAsync("Space");
                break;
            default:
                await page.TabTo(target);
                await page.Keyboard.PressAsync("Enter");
                break;
        }
    }

    /// <summary>Presses what leads to another page, and waits until that page is there.</summary>
    public async Task Follows(ILocator target)
    {
        var there = new TaskCompletionSource();
        void Loaded(object? sender, IPage page) => there.TrySetResult();
        target.Page.Load += Loaded;
        await Presses(target);
        await there.Task.WaitAsync(TimeSpan.FromMinutes(1));
        target.Page.Load -= Loaded;
    }

    /// <summary>Goes on by the main menu, which a phone opens first.</summary>
    public async Task FollowsMenu(IPage page, string entry)
    {
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true });
        if (await menu.IsVisibleAsync()) await Presses(menu);
        await Follows(page.GetByRole(AriaRole.Navigation, new() { Name = "Menu" }).GetByRole(AriaRole.Link, new() { Name = entry, Exact = true }));
    }

    /// <summary>Types into a box, in the place of what stood there.</summary>
    public async Task Types(ILocator box, string text)
    {
        if (Pointer)
        {
            await box.FillAsync(text);
            return;
        }
        await box.Page.TabTo(box);
        await box.Page.Keyboard.PressAsync("Control+A");
        await box.Page.Keyboard.TypeAsync(text);
    }

    public async Task TypesDay(ILocator group, DateOnly day)
    {
        await Types(group.GetByLabel("Day"), $"{day.Day}");
        await Types(group.GetByLabel("Month"), $"{day.Month}");
        await Types(group.GetByLabel("Year"), $"{day.Year}");
    }

    public override string ToString() => $"{(Width < 700 ? "phone" : "wide screen")}{(JavaScript ? "" : " without JavaScript")}{(Pointer ? "" : " with the keyboard alone")}";

    internal BrowserNewContextOptions Options(Uri address) => new()
    {
        BaseURL = address.ToString(),
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
        JavaScriptEnabled = JavaScript,
        Locale = "en-GB",
        TimezoneId = "Europe/London",
        ReducedMotion = ReducedMotion.Reduce,
        ExtraHTTPHeaders = IsOfficer ? [new(TestCallers.Header, TestCallers.Text(1, new HeldRole(RoleKind.Officer, PlaceKey.Partnership)))] : null,
    };
}

/// <summary>The readers that every journey is made by: none of them may be left behind.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadersAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [[Reader.Phone], [Reader.Desktop], [Reader.Desktop.WithTheKeyboardAlone], [Reader.Phone.WithoutJavaScript]];
}
