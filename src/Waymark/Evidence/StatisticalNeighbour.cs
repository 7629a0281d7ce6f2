using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Evidence;

/// <summary>One authority on the list of those whose children live in circumstances most like those of another's; a line of a file.</summary>
public sealed class StatisticalNeighbour
{
    public required int ImportId { get; init; }
    public required LocalAuthorityCode Authority { get; init; }
    /// <summary>The day from which the list that it stands on is used.</summary>
    public required DateOnly Since { get; init; }
    /// <summary>1 is the nearest.</summary>
    public required int Rank { get; init; }
    public required LocalAuthorityCode Neighbour { get; init; }
    public required int Line { get; init; }
}

/// <summary>An authority's statistical neighbours, nearest first, as the list of one day names them.</summary>
/// <param name="IsOldest">No list as old as the day asked for is loaded, and this one, the oldest, stands in.</param>
public sealed record NeighbourList(LocalAuthorityCode Authority, DateOnly Since, IReadOnlyList<LocalAuthorityCode> Neighbours, bool IsOldest)
{
    public PlaceKey Place => PlaceKey.NeighboursOf(Authority);

    /// <summary>"the list of April 2021"; with what has to be said of it.</summary>
    public string InWords => $"the list of {Since:MMMM yyyy}{(IsOldest ? ", the oldest that is loaded" : "")}";
}

internal sealed class StatisticalNeighbourTable : IEntityTypeConfiguration<StatisticalNeighbour>
{
    public void Configure(EntityTypeBuilder<StatisticalNeighbour> builder)
    {
        builder.ToTable("StatisticalNeighbour");
        builder.HasKey(row => new { row.ImportId, row.Authority, row.Since, row.Rank });
        builder.HasOne<Import>().WithMany().HasForeignKey(row => row.ImportId);
        builder.HasIndex(row => row.Authority);
    }
}

public static class StatisticalNeighbours
{
    extension(WaymarkDb db)
    {
        /// <summary>
        /// The list that held on a day: the newest not younger than it. Lists are made anew every few years, and a year keeps the neighbours it had.
        /// Of several files with one list the newest counts. Null where no loaded list names the authority.
        /// </summary>
        public NeighbourList? NeighboursOf(LocalAuthorityCode authority, DateOnly day)
        {
            var imports = db.Imports;
            var lists = db.Set<StatisticalNeighbour>().AsNoTracking()
                .Where(row => row.Authority == authority && imports.Any(import => import.Id == row.ImportId && import.State == ImportState.Published)).AsEnumerable()
                .GroupBy(row => row.Since).OrderBy(list => list.Key).ToList();
            if (lists.Count == 0) return null;
            var held = lists.LastOrDefault(list => list.Key <= day);
            var chosen = held ?? lists[0];
            var newest = chosen.Max(row => row.ImportId);
            return new NeighbourList(authority, chosen.Key, [.. chosen.Where(row => row.ImportId == newest).OrderBy(row => row.Rank).Select(row => row.Neighbour)], held is null);
        }
    }
}
