using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using Waymark.Shared.Access;

namespace Waymark.Shared.Web;

/// <summary>The frame of every page: layout, components, assets, headers and error pages.</summary>
public static class WebSetup
{
    /// <summary>Who may enter the pages of Shared.</summary>
    internal static IReadOnlyList<DoorOf> Doors { get; } = [new("Web/Pages", Door.Public), new("Web/Pages/Home", Door.For(Permission.Read)), new("Imports/Pages", Door.For(Permissions.LoadData)), new("Imports/Pages/Show", Door.For(Permission.Read) with { Forms = Permissions.LoadData }),
        new("Exports/Pages", Door.For(Permission.Read)), new("Exports/Pages/File", Door.For(Permission.Read, "file", (_, file) => Exports.Pages.FileModel.Find(file)))];

    public static IServiceCollection AddWaymarkWeb(this IServiceCollection services)
    {
        services.AddRazorPages(options =>
        {
            options.RootDirectory = "/";
            Gate.AddDoors(options);
        });
        services.Configure<RazorViewEngineOptions>(options =>
        {
            options.PageViewLocationFormats.Add("/Shared/Web/{0}.cshtml");
            options.ViewLocationFormats.Add("/Shared/Web/{0}.cshtml");
        });
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        services.PostConfigure<MvcOptions>(options =>
        {
            options.ModelMetadataDetailsProviders.Add(new PlainWords());
            options.ModelBinderProviders.Insert(0, new DayBinder.Provider());
            PlainWords.Bind(options.ModelBindingMessageProvider);
            options.Filters.Add<PostFilter>();
        });
        services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        services.AddKeyRing();
        services.AddSingleton<PublicAddress>();
        services.AddAntiforgery(options => Bind(options.Cookie, "__Host-waymark-form", SameSiteMode.Strict));
        services.Configure<CookieTempDataProviderOptions>(options => Bind(options.Cookie, Notifications.CookieName, SameSiteMode.Lax));
        services.TryAddScoped<PageFrame>();
        services.AddDocumentQueue();
        return services;
    }

    /// <summary>
    /// Comes first in the pipeline, before sign-in and pages. Pages are not compressed here: a compressed page that holds both
    /// a secret and what somebody searched for tells the secret by its length. Styles and scripts are, by the build.
    /// </summary>
    public static WebApplication UseWaymarkWeb(this WebApplication app)
    {
        app.Use(SecurityHeaders.Add);
        app.UseTransport();
        app.Use(BuiltAssets.Serve);
        app.UseExceptionHandler("/problem/500");
        app.UseStatusCodePagesWithReExecute("/problem/{0}");
        app.Use((http, next) =>
        {
            // The error page is shown, not posted to.
            if (http.Features.Get<IExceptionHandlerPathFeature>() is not null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
                http.Request.Method = HttpMethods.Get;
            return next(http);
        });
        app.UseRequestLocalization("en-GB");
        return app;
    }

    /// <summary>Of this host alone, over https alone, and no script's business.</summary>
    private static void Bind(CookieBuilder cookie, string name, SameSiteMode sameSite) =>
        (cookie.Name, cookie.HttpOnly, cookie.SecurePolicy, cookie.SameSite, cookie.Path, cookie.IsEssential) = (name, true, CookieSecurePolicy.Always, sameSite, "/", true);
}
