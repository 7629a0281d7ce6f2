using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared;

/// <summary>A place with what it is called and the code by which files name it: a URN, a cluster's slug.</summary>
public sealed record NamedPlace(PlaceKey Key, string Code, string Name);

/// <summary>The places of one kind, as the room that keeps them knows them. Rooms below ask for names by it.</summary>
/// <param name="Offered">Those for which somebody can be given a role today, by name.</param>
/// <param name="Named">What these are called; a place that is gone may be missing.</param>
/// <param name="ByCode">The place that has this code.</param>
public sealed record PlaceSource(PlaceKind Kind, Func<WaymarkDb, IEnumerable<NamedPlace>> Offered, Func<WaymarkDb, IReadOnlyCollection<PlaceKey>, IEnumerable<NamedPlace>> Named, Func<WaymarkDb, string, NamedPlace?> ByCode);

/// <summary>What places are called, whichever room keeps them.</summary>
public static class NamedPlaces
{
    private static IEnumerable<PlaceSource> Of(PlaceKind kind) => Room.All.SelectMany(room => room.Places).Where(source => source.Kind == kind);

    extension(WaymarkDb db)
    {
        public IReadOnlyList<NamedPlace> PlacesOffered(PlaceKind kind) => [.. Of(kind).SelectMany(source => source.Offered(db))];

        public IReadOnlyDictionary<PlaceKey, NamedPlace> NamePlaces(IEnumerable<PlaceKey> places)
        {
            var wanted = places.Distinct().ToList();
            var named = wanted.GroupBy(place => place.Kind).SelectMany(kind => Of(kind.Key).SelectMany(source => source.Named(db, [.. kind]))).ToDictionary(place => place.Key);
            return wanted.ToDictionary(place => place, place => named.GetValueOrDefault(place) ?? new NamedPlace(place, "", "a place that is gone"));
        }

        public NamedPlace NamePlace(PlaceKey place) => db.NamePlaces([place])[place];

        /// <summary>By its code, or by its name written out.</summary>
        public NamedPlace? FindPlace(PlaceKind kind, string text) =>
            Of(kind).Select(source => source.ByCode(db, text)).FirstOrDefault(place => place is not null)
            ?? (db.PlacesOffered(kind).Where(place => place.Name.Equals(text, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var only] ? only : null);
    }
}
