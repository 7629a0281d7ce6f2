using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Imports;

namespace Waymark.Priorities;

/// <summary>A priority with the clusters that share it, those of the priorities joined into it included.</summary>
/// <param name="Of">How many clusters there are.</param>
public sealed record SharedPriority(Priority Priority, IReadOnlyList<Cluster> Clusters, int Of, IReadOnlyList<Priority> Joined)
{
    public string SharedInWords => Clusters.Count == 0 ? "No cluster yet" : Clusters.Count == Of ? $"All {Of} clusters" : $"{Clusters.Count} of {Of} clusters";

    public string Names => string.Join("; ", Clusters.Select(cluster => cluster.Name));
}

/// <summary>Two priorities that sound alike.</summary>
public sealed record Alike(SharedPriority First, SharedPriority Second, double Likeness);

public static class PrioritySets
{
    extension(WaymarkDb db)
    {
        /// <summary>Those that people entered, and those of files in use; joined and ended ones included.</summary>
        public IQueryable<Priority> AllPriorities
        {
            get
            {
                var imports = db.Imports;
                return db.Set<Priority>().Where(priority => priority.ImportId == null || imports.Any(import => import.Id == priority.ImportId && import.State == ImportState.Published));
            }
        }

        public DbSet<Adoption> Adoptions => db.Set<Adoption>();
        public DbSet<KeptApart> KeptApart => db.Set<KeptApart>();

        /// <summary>All that were not joined to others, with who shares them, by horizon, then by how many share them. Who holds no role sees what clusters have adopted.</summary>
        public IReadOnlyList<SharedPriority> SharedPriorities(DateOnly today)
        {
            var all = db.AllPriorities.AsNoTracking().ToList();
            var (joined, clusters) = (all.ToLookup(priority => priority.JoinedInto), db.OuterClusters(today));
            var inside = db.ClustersOfJoint().Where(containment => containment.HoldsOn(today)).ToLookup(containment => containment.Parent, containment => containment.Child.Number);
            var adopted = db.Adoptions.AsNoTracking().ToLookup(adoption => adoption.PriorityId, adoption => adoption.ClusterId);
            return [.. all.Where(priority => priority.JoinedInto is null).Select(priority =>
            {
                var parts = PartsOf(priority).ToList();
                var by = parts.Prepend(priority).SelectMany(part => adopted[part.Id]).ToHashSet();
                return new SharedPriority(priority, [.. clusters.Where(cluster => by.Contains(cluster.Id) || inside[cluster.Place].Any(by.Contains))], clusters.Count, parts);
            }).Where(shared => shared.Clusters.Count > 0 || !db.PublishedOnly)
                .OrderBy(shared => shared.Priority.Horizon).ThenByDescending(shared => shared.Clusters.Count).ThenBy(shared => shared.Priority.Id)];

            IEnumerable<Priority> PartsOf(Priority priority) => joined[priority.Id].SelectMany(part => PartsOf(part).Prepend(part));
        }

        /// <summary>By number; for one that was joined to another, that other.</summary>
        public SharedPriority? SharedPriority(int id, DateOnly today) =>
            db.SharedPriorities(today).FirstOrDefault(shared => shared.Priority.Id == id || shared.Joined.Any(part => part.Id == id));

        /// <summary>Open priorities of one horizon that sound alike, the most alike first; without those that people have kept apart.</summary>
        public IReadOnlyList<Alike> AlikePriorities(DateOnly today)
        {
            var open = db.SharedPriorities(today).Where(shared => shared.Priority.IsOpen).OrderBy(shared => shared.Priority.Id).ToList();
            var apart = db.KeptApart.AsNoTracking().AsEnumerable().Select(pair => (pair.FirstId, pair.SecondId)).ToHashSet();
            return [.. open.SelectMany((first, i) => open.Skip(i + 1).Where(second => second.Priority.Horizon == first.Priority.Horizon && !apart.Contains((first.Priority.Id, second.Priority.Id)))
                    .Select(second => new Alike(first, second, Likeness.Of(first.Priority.Title, second.Priority.Title))))
                .Where(alike => alike.Likeness >= Likeness.Enough).OrderByDescending(alike => alike.Likeness)];
        }

        internal LiveRecord? PriorityToCite(string key, DateOnly today) =>
            int.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) && db.SharedPriority(id, today) is { } shared ? LiveOf(shared) : null;
    }

    internal static LiveRecord LiveOf(SharedPriority shared) => new(KeyOf(shared.Priority.Id), shared.Priority.Title,
        $"{shared.Priority.Horizon.InWords()}; {FigureText.InSentence(shared.SharedInWords)}{(shared.Priority.EndedOn is { } ended ? $"; ended on {ended:d MMMM yyyy}" : "")}", shared.Priority.Place, shared.Clusters.Count > 0)
    {
        Value = shared.Clusters.Count,
        Base = shared.Of,
        On = shared.Priority.ProposedOn,
        Members = [.. shared.Clusters.Select(cluster => cluster.Name)],
    };

    internal static string KeyOf(int id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
