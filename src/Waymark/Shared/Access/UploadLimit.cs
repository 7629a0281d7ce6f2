namespace Waymark.Shared.Access;

/// <summary>The page takes files of this size; a body that says itself that it is larger is refused before anything reads it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UploadLimitAttribute(long bytes) : Attribute
{
    public long Bytes => bytes;
}
