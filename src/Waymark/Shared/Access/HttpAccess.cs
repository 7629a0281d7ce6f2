using Microsoft.AspNetCore.Http.Features;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared.Access;

/// <summary>What pages and middleware ask of a request about who makes it and what it is about.</summary>
public static class HttpAccess
{
    extension(HttpContext http)
    {
        /// <summary>Who asks.</summary>
        public Caller Caller
        {
            get => http.Features.Get<CallerFeature>()?.Caller ?? Access.Caller.Nobody;
            set => http.Features.Set(new CallerFeature(value));
        }

        /// <summary>The record that the address names, looked up by the door.</summary>
        public Found? Found => http.Items.TryGetValue(typeof(Found), out var found) ? (Found?)found : null;

        /// <summary>The same, as what it is.</summary>
        public T Record<T>() where T : class => (T)http.Found!.Record;

        /// <summary>The link of a letter by which this page was opened.</summary>
        public ActionLink? ActionLink => http.Items[typeof(ActionLink)] as ActionLink;

        /// <summary>Whether who asks has a permission for a place (or for the partnership): a page shows no way to where its reader may not go.</summary>
        public bool May(Permission permission, PlaceKey? place = null) => http.Caller.IsMember && permission.AllowedTo(http.Caller,
            Around(http.RequestServices.GetRequiredService<WaymarkDb>(), place ?? PlaceKey.Partnership, http.RequestServices.GetRequiredService<LocalClock>().Today));

        /// <summary>Says that what this POST changed is committed although its answer leads nowhere else: a counter of wrong guesses, files of which some were refused.</summary>
        public void Keep() => http.Items[typeof(KeepMark)] = KeepMark.Set;

        /// <summary>
        /// Writes down that this request shows single children, or gives them out: before they are shown, and for good. A page that shows them calls it, whatever its method.
        /// False when this person has looked at so many that these are not shown: the page then answers <see cref="StatusCodes.Status429TooManyRequests"/>.
        /// </summary>
        /// <param name="records">Each child's record by its number, never by a name.</param>
        public async Task<bool> LookAt(IReadOnlyCollection<string> records)
        {
            var db = http.RequestServices.GetRequiredService<WaymarkDb>();
            bool isOver;
            if (db.Audit is { } running)
            {
                isOver = Looks.AreOver(db, http.Caller.PersonId, http.RequestServices.GetRequiredService<LocalClock>().UtcNow);
                if (!isOver) running.LookAt(records);
                http.Keep();
            }
            else isOver = !await Posts.WriteDown(http, db, records);
            if (isOver) http.Items[typeof(Looks)] = true;
            return !isOver;
        }

        /// <summary>Whether this request was refused because its sender has looked at so many single children.</summary>
        public bool LooksAreOver => http.Items.ContainsKey(typeof(Looks));

        internal bool IsKept => http.Items.ContainsKey(typeof(KeepMark));
    }

    /// <summary>The place itself and all that it lies in on a day.</summary>
    internal static IReadOnlyCollection<PlaceKey> Around(WaymarkDb db, PlaceKey place, DateOnly day)
    {
        var around = new HashSet<PlaceKey> { place, PlaceKey.Partnership };
        var next = new List<PlaceKey> { place };
        while (next.Count > 0)
        {
            var children = next;
            next = [.. db.Containments.On(day).Where(containment => children.Contains(containment.Child)).Select(containment => containment.Parent).AsEnumerable().Where(around.Add)];
        }
        return around;
    }

    private sealed record CallerFeature(Caller Caller);

    private sealed record KeepMark
    {
        public static readonly KeepMark Set = new();
    }
}
