using System.Reflection;
using Microsoft.AspNetCore.Razor.Hosting;

namespace Waymark.Tests.House;

/// <summary>
/// Who may see whom in the one assembly, as data. The compiler does not hold these lines, because all rooms lie in one assembly;
/// <see cref="BrokenBy"/> reads every type, method body, attribute and compiled page of an assembly and names each line that is crossed.
/// </summary>
public static class HousePlan
{
    /// <summary>Below every room, and open to each with all that is in them.</summary>
    private static readonly string[] Ground = ["Shared", "Data", "Field"];

    private static readonly string[] Foundation = ["Evidence", "Clusters", "Schools", "People"];

    private static readonly string[] Middle = ["Outcomes", "Meetings", "Listening", "Priorities", "Practice", "Governance"];

    /// <summary>For each part of the house, what it may see beside itself. The empty name is the program itself, outside every room.</summary>
    private static readonly Dictionary<string, string[]> Sees = new()
    {
        ["Field"] = [],
        ["Data"] = ["Field"],
        ["Shared"] = ["Data", "Field"],
        ["People"] = [.. Ground],
        ["Schools"] = ["People", .. Ground],
        ["Clusters"] = ["Schools", "People", .. Ground],
        ["Evidence"] = ["Clusters", "Schools", "People", .. Ground],
        ["Outcomes"] = [.. Foundation, .. Ground],
        ["Meetings"] = [.. Foundation, .. Ground],
        ["Listening"] = [.. Foundation, .. Ground],
        ["Priorities"] = [.. Foundation, .. Ground],
        ["Practice"] = [.. Foundation, .. Ground],
        ["Governance"] = [.. Foundation, .. Ground],
        ["Reports"] = [.. Middle, .. Foundation, .. Ground],
        ["Example"] = ["Reports", .. Middle, .. Foundation, .. Ground],
        [""] = ["Example", "Reports", .. Middle, .. Foundation, .. Ground],
    };

    private const string Web = "Microsoft.AspNetCore", Ef = "Microsoft.EntityFrameworkCore";

    /// <summary>Libraries that a part of the house does not know, whatever it does.</summary>
    private static readonly Dictionary<string, string[]> KnowsNo = new()
    {
        ["Field"] = [Web, Ef, "Dapper", "Npgsql", "Microsoft.Data.Sqlite", "System.CommandLine"],
        ["Data"] = [Web, "System.CommandLine"],
    };

    /// <summary>A sentence for each line of the plan that the assembly crosses.</summary>
    /// <param name="root">The namespace that the parts of the house lie in.</param>
    /// <param name="entities">The classes that are kept in the database: state and rules, which know neither web nor database.</param>
    public static IReadOnlyList<string> BrokenBy(Assembly assembly, string root, IReadOnlySet<Type> entities)
    {
        var pages = assembly.GetCustomAttributes<RazorCompiledItemAttribute>().ToDictionary(page => page.Type, page => page.Identifier);
        var broken = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in assembly.GetTypes())
        {
            var owner = Outermost(type);
            if (AddressOf(owner) is not { } from) continue;
            if (!Sees.TryGetValue(from.Part, out var sees))
            {
                broken.Add($"{from.Name}: the plan of the house has no {from.Part}");
                continue;
            }
            foreach (var seen in TypeReferences.Of(type))
            {
                var library = seen.Assembly.GetName().Name!;
                bool Is(string name) => library == name || library.StartsWith(name + ".", StringComparison.Ordinal);
                if (KnowsNo.GetValueOrDefault(from.Part)?.FirstOrDefault(Is) is { } banned)
                    broken.Add($"{from.Name} uses {seen.Name}: {from.Part} knows no {banned}");
                if (entities.Contains(owner) && new[] { Web, Ef }.FirstOrDefault(Is) is { } foreign)
                    broken.Add($"{from.Name} uses {seen.Name}: what is kept knows no {foreign}");
                if (from.IsRoot && from.Part.Length > 0 && !Ground.Contains(from.Part) && !IsRoom(owner) && Is(Web))
                    broken.Add($"{from.Name} uses {seen.Name}: only a room's Room and Pages know {Web}");
                if (seen.Assembly != assembly || AddressOf(Outermost(seen)) is not { } to || to.Part == from.Part) continue;
                if (!sees.Contains(to.Part))
                    broken.Add($"{from.Name} uses {to.Name}: {(from.Part.Length == 0 ? "the program" : from.Part)} does not see {(to.Part.Length == 0 ? "the program" : to.Part)}");
                else if (!to.IsRoot && !Ground.Contains(to.Part))
                    broken.Add($"{from.Name} uses {to.Name}: another room's {to.Inner} is not seen");
            }
        }
        return [.. broken];

        Address? AddressOf(Type type)
        {
            // A compiled page's class lies in a namespace of the compiler's; its room is where its file is.
            var name = pages.TryGetValue(type, out var file)
                ? $"{root}.{file.Trim('/').Replace(".cshtml", "", StringComparison.Ordinal).Replace('/', '.')}"
                : type.FullName ?? type.Name;
            if (type.Namespace is null && type.Name.StartsWith("Program", StringComparison.Ordinal)) return new Address("Program", "", "");
            if (!name.StartsWith(root + ".", StringComparison.Ordinal)) return null;
            var steps = name[(root.Length + 1)..].Split('.');
            return new Address(string.Join('.', steps), steps.Length == 1 ? "" : steps[0], steps.Length <= 2 ? "" : steps[1]);
        }
    }

    private static bool IsRoom(Type type) => type.BaseType?.Name == "Room";

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <param name="Name">The type's name without the house's own.</param>
    /// <param name="Part">The room (or Shared, Data, Field) that it lies in; empty for the program.</param>
    /// <param name="Inner">The first namespace inside the room: Pages, Imports, Documents; empty in its root.</param>
    private sealed record Address(string Name, string Part, string Inner)
    {
        public bool IsRoot => Inner.Length == 0;
    }
}
