using System.Diagnostics;
using Npgsql;

namespace Waymark.Tests.Shared;

/// <summary>
/// One PostgreSQL server for a run of the tests, in a temporary folder, reached through a socket in it (no port, no password).
/// The shell that started it stops it and deletes the folder when this process ends, however it ends.
/// </summary>
public static class PostgresServer
{
    private const string Guard = """
        set -eu
        bin=$1
        dir=$(mktemp -d -t waymark-pg-XXXXXX)
        cd "$dir"
        trap '"$bin/pg_ctl" -D "$dir/db" -m immediate stop >/dev/null 2>&1 || true; cd /; rm -rf "$dir"' EXIT
        trap 'exit 1' HUP INT TERM
        "$bin/initdb" -D "$dir/db" -U waymark --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
        "$bin/pg_ctl" -D "$dir/db" -w -l "$dir/log" -o "-c listen_addresses='' -c unix_socket_directories='$dir' -c unix_socket_permissions=0700 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=300 -c timezone=UTC" start >/dev/null 2>&1 || { cat "$dir/log" >&2; exit 1; }
        echo "$dir"
        cat >/dev/null
        """;

    private static readonly Lazy<string> Socket = new(Start);
    private static Process? guard;

    /// <summary>Why there is no PostgreSQL here; null where there is.</summary>
    public static string? Missing { get; } = FindMissing();

    public static string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = Socket.Value,
        Username = "waymark",
        Database = database,
        MaxPoolSize = 20,
        IncludeErrorDetail = true,
    }.ToString();

    /// <summary>Runs a statement on the server's own database: create database, drop database.</summary>
    public static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of databases cannot be parameters; they are made in TestStore.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string? FindMissing()
    {
        if (Folder() is null) return "PostgreSQL is not installed (initdb and pg_ctl are neither in PATH nor in /usr/lib/postgresql): apt-get install postgresql.";
        if (Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)))
            return "PostgreSQL does not run as root, and there is no user postgres to run it as.";
        return null;
    }

    private static string? Folder()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(path => path.Length).ThenByDescending(path => path, StringComparer.Ordinal).Select(path => Path.Combine(path, "bin"))
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(installed)
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")) && File.Exists(Path.Combine(path, "pg_ctl")));
    }

    private static string Start()
    {
        string[] shell = ["sh", "-c", Guard, "waymark-pg", Folder()!];
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. shell] : shell;
        guard = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        if (guard.StandardOutput.ReadLine() is { Length: > 0 } folder) return folder;
        throw new InvalidOperationException($"PostgreSQL did not start: {guard.StandardError.ReadToEnd()}");
    }
}
