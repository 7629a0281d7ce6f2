using System.Globalization;
using System.IO.Compression;
using System.Text;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Outcomes.Imports;

/// <summary>Files of results as tests need them.</summary>
internal static class ResultFiles
{
    public const string LocalHeader = "urn,year,measure,group,numerator,denominator,value,status\n";

    public static string Local(params string[] rows) => LocalHeader + string.Concat(rows.Select(row => row + "\n"));

    /// <summary>Local results of so many schools, from URN 110000.</summary>
    public static string LocalOf(int schools, int reached = 20)
    {
        var text = new StringBuilder(LocalHeader);
        for (var i = 0; i < schools; i++) text.Append(CultureInfo.InvariantCulture, $"{110_000 + i},201516,phonics.y1,all,{reached},30,,provisional\n");
        return text.ToString();
    }

    /// <summary>A register that holds these schools of one authority.</summary>
    public static string Register(params int[] urns) =>
        SchoolFiles.Register([.. urns.Select((urn, i) => $"{urn},823,{2101 + i},School {urn},Community school,Local authority maintained schools,Open,01-09-1970,,Primary,4,11,Sandy,SG19 1AA,516000,249000,Nobody,01-02-2016")]);

    /// <summary>The lines of a CSV file, split plainly: another reading of the file than the importer's. Gzip'd files are unpacked.</summary>
    public static List<string[]> Plainly(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream, Encoding.UTF8);
        var lines = new List<string[]>();
        while (reader.ReadLine() is { } line) lines.Add(Split(line));
        return lines;
    }

    private static string[] Split(string line)
    {
        var cells = new List<string>();
        var (cell, quoted) = (new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
                else quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }
        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }
}
