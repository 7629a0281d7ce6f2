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

    /// <summary>Prints a value; a sequence is printed as it comes and never held as a whole.</summary>
    public static void Json<T>(T value)
    {
        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, value, Options);
        output.Write("\n"u8);
    }

    /// <summary>Says why on standard error; what the command then answers.</summary>
    public static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return Refused;
    }

    public static int RefuseYear(string year) => Refuse($"--year {year} is not an academic year. Write it as six digits, for example 201718.");

    /// <summary>Progress on standard error, once something has taken a second: on one line where a person watches, else a line every five seconds.</summary>
    public sealed class Progress : IProgress<string>, IDisposable
    {
        private const string Clear = "\r\u001b[K";
        private readonly bool watched = !Console.IsErrorRedirected;
        private long next = Environment.TickCount64 + 1_000;
        private bool shown;

        public void Report(string value)
        {
            if (Environment.TickCount64 < next) return;
            next = Environment.TickCount64 + (watched ? 100 : 5_000);
            if (watched) Console.Error.Write(Clear + value);
            else Console.Error.WriteLine(value);
            shown = true;
        }

        public void Dispose()
        {
            if (watched && shown) Console.Error.Write(Clear);
        }
    }
}
