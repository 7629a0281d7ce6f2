using System.Diagnostics;
using Waymark.Shared.CommandLine;

namespace Waymark.Tests.Shared;

/// <summary>The program as another process: what it prints, what it answers.</summary>
public sealed record WaymarkProcess(int ExitCode, string Output, string Errors)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "waymark.dll");

    /// <summary>Runs one command on a store to its end, as somebody would type it: <c>Run(store, "import", file)</c>.</summary>
    public static Task<WaymarkProcess> Run(TestStore store, params string[] arguments) => RunProgram(Program, store, arguments);

    internal static async Task<WaymarkProcess> RunProgram(string program, TestStore store, string[] arguments)
    {
        using var process = Start(program, store, [], arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new WaymarkProcess(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a command and leaves it running; the caller ends it.</summary>
    public static Process Start(TestStore store, params string[] arguments) => Start(Program, store, [], arguments);

    /// <summary>The same as in a terminal, where Ctrl-C reaches it; what runs in the background of a shell is made deaf to it.</summary>
    public static Process StartInTerminal(TestStore store, params string[] arguments) => Start(Program, store, ["env", "--default-signal=INT"], arguments);

    internal static Process Start(string program, TestStore store, string[] before, string[] arguments)
    {
        string[] whole = [.. before, "dotnet", program, .. arguments];
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("WAYMARK_DATA");
        start.Environment.Remove(StoreOption.PostgresVariable);
        if (store.Folder is not null) start.Environment["WAYMARK_DATA"] = store.Folder;
        else start.Environment[StoreOption.PostgresVariable] = store.Store.ConnectionString;
        return Process.Start(start)!;
    }
}
