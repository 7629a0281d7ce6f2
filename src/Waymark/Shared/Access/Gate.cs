using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared.Access;

/// <summary>
/// Stands before every endpoint: who may enter, enters; who is not signed in is asked to; a record that is not there, or not this person's business, is 404;
/// a function of one's own place that the role lacks is 403.
/// </summary>
public static class Gate
{
    /// <summary>Allowed, once a second step is set up and used: answered with the way there.</summary>
    private const int NeedsSecondFactor = StatusCodes.Status428PreconditionRequired;

    /// <summary>The door of a page by its file: the longest path that a room names.</summary>
    /// <param name="file">"/Clusters/Pages/Edit.cshtml".</param>
    public static Door DoorOf(string file)
    {
        var path = file[1..^".cshtml".Length];
        return Room.All.SelectMany(room => room.Doors.Select(of => (Path: $"{room.Name}/{of.Path}", of.Door))).Concat(Web.WebSetup.Doors.Select(of => (Path: $"Shared/{of.Path}", of.Door)))
            .Where(of => path == of.Path || path.StartsWith(of.Path + "/", StringComparison.Ordinal))
            .OrderByDescending(of => of.Path.Length).Select(of => of.Door).FirstOrDefault()
            ?? throw new InvalidOperationException($"{file} has no door. Say in its room's Room.cs who may enter it.");
    }

    /// <summary>Puts its door on every page.</summary>
    internal static void AddDoors(RazorPagesOptions options)
    {
        options.Conventions.AddFolderRouteModelConvention("/", page =>
        {
            foreach (var selector in page.Selectors) selector.EndpointMetadata.Add(DoorOf(page.RelativePath));
        });
        // A page is compiled when it is first asked for; what its class says is known only then.
        options.Conventions.AddFolderApplicationModelConvention("/", page =>
        {
            page.EndpointMetadata.Add(DoorOf(page.RelativePath));
            foreach (var limit in page.HandlerTypeAttributes.OfType<UploadLimitAttribute>()) page.EndpointMetadata.Add(limit);
        });
    }

    /// <summary>Stops a start with an endpoint that nobody said who may enter.</summary>
    internal static void RefuseWithoutDoors(IEnumerable<Endpoint> endpoints)
    {
        if (endpoints.FirstOrDefault(endpoint => endpoint.Metadata.GetMetadata<Door>() is null) is { } open)
            throw new InvalidOperationException($"{open.DisplayName} has no door. Say who may enter it.");
    }

    internal static async Task Enter(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Door>() is not { } door)
        {
            await next(http);
            return;
        }
        var refusal = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsPost(http.Request.Method) ? Refuse(http, door) : StatusCodes.Status405MethodNotAllowed;
        if (refusal is not null)
        {
            // What was asked for by its route and who asked by number: nothing that a stranger wrote comes into the log.
            if (http.Caller.PersonId is { } person) Log(http).LogWarning("{Action} was refused to person {Person}: {Status}.", Posts.RouteOf(http), person, refusal);
            Answer(http, refusal.Value);
        }
        else if (HttpMethods.IsPost(http.Request.Method) && !door.IsSealed) await Posts.Wrap(http, door, next);
        else if (!HttpMethods.IsPost(http.Request.Method) || await Posts.ReadForm(http) is not null) await next(http);
    }

    private static ILogger Log(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Gate).FullName!);

    /// <summary>Null for who may enter, else the status that answers; the record is looked up anew.</summary>
    internal static int? Refuse(HttpContext http, Door door)
    {
        var caller = http.Caller;
        if ((door.Kind is DoorKind.Role or DoorKind.Account || (door.Forms is not null && HttpMethods.IsPost(http.Request.Method))) && !caller.IsSignedIn) return StatusCodes.Status401Unauthorized;
        var db = http.RequestServices.GetRequiredService<WaymarkDb>();
        db.PublishedOnly = !caller.IsMember;
        var found = door.Finds?.Invoke(db, http.Request.RouteValues);
        http.Items[typeof(Found)] = found;
        if (door.Finds is not null && found is null) return StatusCodes.Status404NotFound;
        if (door.Action is { } action)
        {
            var link = db.FindActionLink(action, http.Request.RouteValues["secret"] as string)!;
            http.Items[typeof(ActionLink)] = link;
            // A form that is sent again is answered as before: the wrapper of POSTs decides.
            if (!HttpMethods.IsPost(http.Request.Method) && !link.IsOpen(http.RequestServices.GetRequiredService<LocalClock>().UtcNow)) return StatusCodes.Status410Gone;
        }
        if ((HttpMethods.IsPost(http.Request.Method) ? door.Forms ?? door.Permission : door.Permission) is not { } permission) return null;
        var today = http.RequestServices.GetRequiredService<LocalClock>().Today;
        var place = found?.Place ?? PlaceKey.Partnership;
        var around = HttpAccess.Around(db, place, today);
        if (permission.AllowedTo(caller, around))
            return permission.SecondFactor && !caller.SecondFactor ? NeedsSecondFactor : null;
        var isOwn = found is null || place == PlaceKey.Partnership || caller.Roles.Any(held => around.Contains(held.Place) || HttpAccess.Around(db, held.Place, today).Contains(place));
        return isOwn ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound;
    }

    internal static void Answer(HttpContext http, int status)
    {
        if (status is not (StatusCodes.Status401Unauthorized or NeedsSecondFactor))
        {
            http.Response.StatusCode = status;
            return;
        }
        var query = HttpMethods.IsGet(http.Request.Method) ? http.Request.QueryString.ToString() : "";
        http.Response.Redirect($"{(status == NeedsSecondFactor ? "/account/second-factor" : "/sign-in")}?returnUrl={Uri.EscapeDataString(http.Request.Path + query)}");
    }
}
