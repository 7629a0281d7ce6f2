namespace Waymark.Shared.Imports;

/// <summary>A whole file that cannot be read: one sentence that says what is wrong and what would be right. Nothing was kept.</summary>
public sealed class ImportRefusedException(string sentence) : Exception(sentence);
