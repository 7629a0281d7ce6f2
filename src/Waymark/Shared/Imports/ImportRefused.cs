namespace Waymark.Shared.Imports;

/// <summary>A whole file that cannot be read: one sentence that says what is wrong and what would be right. Nothing was kept.</summary>
public class ImportRefusedException(string sentence) : Exception(sentence);

/// <summary>A readable table that is of no known family: a person may say what its columns hold.</summary>
public sealed class UnknownTableException(TabularFile file, IEnumerable<string> known)
    : ImportRefusedException($"{file.Name}, line 1: no known file has these columns: {Columns(file)}. Known are {string.Join("; ", known)}.")
{
    public TabularFile File => file;

    private static string Columns(TabularFile file) => string.Join(", ", file.Header.Take(6)) + (file.Header.Count > 6 ? $" and {file.Header.Count - 6} more" : "");
}
