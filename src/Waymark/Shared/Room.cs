using System.CommandLine;
using Waymark.Data;
using Waymark.Shared.Imports;

namespace Waymark.Shared;

/// <summary>
/// What a room adds to the house. Each room has one class deriving from this one, called Room, in its root namespace.
/// </summary>
public abstract class Room
{
    /// <summary>All rooms of this assembly, in the order of their names.</summary>
    public static IReadOnlyList<Room> All { get; } =
    [
        .. typeof(Room).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Room)))
            .OrderBy(type => type.Namespace, StringComparer.Ordinal)
            .Select(type => (Room)Activator.CreateInstance(type)!),
    ];

    /// <summary>The folder it lives in: "Clusters".</summary>
    public string Name => GetType().Namespace!.Split('.')[1];

    /// <summary>Who may enter its pages, by folder or page.</summary>
    public virtual IEnumerable<Access.DoorOf> Doors => [];

    /// <summary>Entries of the main menu.</summary>
    public virtual IEnumerable<Web.MenuEntry> Menu => [];

    /// <summary>What it shows on the pages of schools and clusters.</summary>
    public virtual IEnumerable<Web.Panel> Panels => [];

    /// <summary>The kinds of places that it keeps.</summary>
    public virtual IEnumerable<PlaceSource> Places => [];

    /// <summary>The families of files it reads.</summary>
    public virtual IEnumerable<Importer> Importers => [];

    /// <summary>Its commands on the command line.</summary>
    public virtual IEnumerable<Command> Commands => [];

    /// <summary>The records it gives out by name, as files and on the command line.</summary>
    public virtual IEnumerable<Exports.Export> Exports => [];

    /// <summary>What must always hold in its tables: each returns a sentence for every row that breaks it. 'waymark check' runs them all.</summary>
    public virtual IEnumerable<Invariant> Invariants => [];

    /// <summary>What it says of an import before and after it is confirmed: what is in it, what it changes.</summary>
    public virtual IEnumerable<Documents.Table> Preview(WaymarkDb db, Import import) => [];

    /// <summary>What will show instead once an import in use is taken back, in sentences.</summary>
    public virtual IEnumerable<string> TakingBack(WaymarkDb db, Import import) => [];

    /// <summary>Fills a new example store with this room's part of the example, through the same doors as real data.</summary>
    public virtual void FillExample(Store store) { }

    /// <summary>What of it can be cited, and what of it rests on citations.</summary>
    public virtual IEnumerable<Citable> Citables => [];

    /// <summary>What in it waits for this person, for their home page: what they have promised or are asked, and nothing else.</summary>
    /// <param name="until">The last day of the half term.</param>
    public virtual IEnumerable<Need> Needs(WaymarkDb db, Access.Caller caller, DateOnly today, DateOnly until) => [];

    /// <summary>Work that it does later, or each day.</summary>
    public virtual IEnumerable<Jobs.JobKind> Jobs => [];

    /// <summary>Services its pages ask for.</summary>
    public virtual void AddServices(IServiceCollection services, IConfiguration configuration) { }

    /// <summary>What it does with every request, before any door is passed.</summary>
    public virtual void Use(IApplicationBuilder app) { }
}

/// <summary>One thing that waits for a person.</summary>
/// <param name="Text">What is to do, beginning with the verb: "Report progress on Year 5 reading partners".</param>
/// <param name="Of">Whose it is: "Dunstable".</param>
/// <param name="Due">The last day for it; null where it has none.</param>
public sealed record Need(string Text, string Of, string Href, DateOnly? Due);

/// <param name="Name">What is checked, in words.</param>
/// <param name="Broken">One sentence for each row that breaks it.</param>
public sealed record Invariant(string Name, Func<WaymarkDb, IEnumerable<string>> Broken);
