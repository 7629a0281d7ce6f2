using System.Collections;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Waymark.Shared.Web;

/// <summary>
/// An HTML element as a value: a name, attributes and content. Text is encoded; an attribute or a content that is null is
/// left out; an attribute of "" stands alone, as <c>checked</c> does. Every component is built from this and nothing else.
/// </summary>
internal sealed class Element(string name, IReadOnlyList<(string Name, string? Value)> attributes, params object?[] content) : IHtmlContent
{
    private static readonly HashSet<string> Void = ["br", "hr", "img", "input", "link", "meta"];

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write('<');
        writer.Write(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is null) continue;
            writer.Write(' ');
            writer.Write(attribute);
            if (value.Length == 0) continue;
            writer.Write("=\"");
            encoder.Encode(writer, value);
            writer.Write('"');
        }
        writer.Write('>');
        if (Void.Contains(name)) return;
        Write(content, writer, encoder);
        writer.Write("</");
        writer.Write(name);
        writer.Write('>');
    }

    private static void Write(object? content, TextWriter writer, HtmlEncoder encoder)
    {
        switch (content)
        {
            case null: break;
            case string text: encoder.Encode(writer, text); break;
            case IHtmlContent html: html.WriteTo(writer, encoder); break;
            case IEnumerable many: foreach (var one in many) Write(one, writer, encoder); break;
            default: throw new ArgumentException($"{content.GetType()} cannot stand in an element.", nameof(content));
        }
    }

    /// <summary>Several pieces of content as one.</summary>
    public static IHtmlContent All(params object?[] content) => new Pieces(content);

    /// <summary>The words of a class attribute that are there, or null when there are none.</summary>
    public static string? Words(params ReadOnlySpan<string?> words)
    {
        var all = "";
        foreach (var word in words)
            if (!string.IsNullOrWhiteSpace(word)) all = all.Length == 0 ? word.Trim() : all + " " + word.Trim();
        return all.Length == 0 ? null : all;
    }

    private sealed class Pieces(object?[] content) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => Write(content, writer, encoder);
    }
}
