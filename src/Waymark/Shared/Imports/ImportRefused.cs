namespace Waymark.Shared.Imports;

/// <summary>A whole file that cannot be read: one sentence that says what is wrong and what would be right. Nothing was kept.</summary>
public class ImportRefusedException(string sentence) : Exception(sentence);

/// <summary>A readable table that is of no known family: a person may say what its columns hold.</summary>
public sealed class UnknownTableException(TabularFile file, IEnumerable<string> known) : ImportRefusedException($"{Columns(file)} Known are {string.Join("; ", known)}.")
{
    public TabularFile File => file;

    /// <summary>Without the list of all that is known.</summary>
    public string Sentence => Columns(file);

    private static string Columns(TabularFile file) =>
        $"{file.Name}, line 1: no known file has these columns: {string.Join(", ", file.Header.Take(6))}{(file.Header.Count > 6 ? $" and {file.Header.Count - 6} more" : "")}.";
}
