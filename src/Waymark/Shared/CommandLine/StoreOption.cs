using System.CommandLine;
using System.CommandLine.Parsing;
using Waymark.Data;

namespace Waymark.Shared.CommandLine;

/// <summary>
/// --data DIR, the same on every command. A PostgreSQL database is named by the environment variable WAYMARK_DATABASE instead,
/// so that its password stands in no process list.
/// </summary>
public static class StoreOption
{
    public const string PostgresVariable = "WAYMARK_DATABASE";

    public static Option<string> Create() => new("--data")
    {
        Description = $"The data directory (default: ./data, or the variable WAYMARK_DATA). With {PostgresVariable} set to a connection string, PostgreSQL is used.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("WAYMARK_DATA") is { Length: > 0 } directory ? directory : "data",
        HelpName = "DIR",
    };

    public static Store Locate(ParseResult parsed, Option<string> option) => Locate(parsed.GetValue(option)!);

    public static Store Locate(string directory) =>
        Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } connection ? Store.OnPostgres(connection) : Store.InDirectory(directory);

    /// <summary>An existing store, brought up to date; null with a sentence on standard error when there is none.</summary>
    public static Store? OpenExisting(ParseResult parsed, Option<string> option)
    {
        var store = Locate(parsed, option);
        if (!store.Exists)
        {
            Console.Error.WriteLine($"There is no store in {store.Directory}. Make one with 'waymark serve --data {store.Directory}' (the example) or 'waymark import FILE --data {store.Directory}' (your own data).");
            return null;
        }
        store.BringUpToDate();
        return store;
    }
}
