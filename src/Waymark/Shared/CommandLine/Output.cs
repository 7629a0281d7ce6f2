using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waymark.Shared.CommandLine;

/// <summary>How commands speak to other programs: one JSON value on standard output, sentences for people on standard error.</summary>
public static class Output
{
    public const int Done = 0;
    public const int Refused = 2;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Json<T>(T value)
    {
        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, value, Options);
        output.Write("\n"u8);
    }

    /// <summary>Progress on one line of standard error, only where a person watches and only after a second.</summary>
    public static IProgress<string>? Progress() => Console.IsErrorRedirected ? null : new LineProgress();

    private sealed class LineProgress : IProgress<string>
    {
        private readonly long started = Environment.TickCount64;

        public void Report(string value)
        {
            if (Environment.TickCount64 - started > 1_000)
                Console.Error.Write($"\r{value}\u001b[K");
        }
    }
}
