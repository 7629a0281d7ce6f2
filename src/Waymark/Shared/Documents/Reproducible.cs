using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Waymark.Shared.Documents;

/// <summary>Makes the bytes of an Office file depend on its contents alone, so that the same data give the same file and a hash can vouch for it.</summary>
public static class Reproducible
{
    // The ZIP format counts its years from 1980.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Copies a finished package: entries in the order of their names and dated 1980-01-01, and the package's own
    /// relationships, whose ids are drawn at random when it is made, numbered in the order of their targets.
    /// </summary>
    public static void Zip(Stream package, Stream output)
    {
        package.Position = 0;
        using var from = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
        using var buffer = new MemoryStream();
        using (var to = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = Epoch;
                using var source = entry.Open();
                using var target = copy.Open();
                if (entry.FullName is "_rels/.rels" or "[Content_Types].xml")
                    InOrder(source, numbered: entry.FullName == "_rels/.rels").Save(target);
                else
                    source.CopyTo(target);
            }
        }
        buffer.Position = 0;
        buffer.CopyTo(output);
    }

    private static XDocument InOrder(Stream source, bool numbered)
    {
        var xml = XDocument.Load(source);
        var elements = xml.Root!.Elements()
            .OrderBy(e => (string?)e.Attribute("Target") ?? $"{e.Name.LocalName} {(string?)e.Attribute("Extension")}{(string?)e.Attribute("PartName")}", StringComparer.Ordinal)
            .ToList();
        if (numbered)
            for (var i = 0; i < elements.Count; i++) elements[i].SetAttributeValue("Id", $"rId{i + 1}");
        xml.Root.ReplaceNodes(elements);
        return xml;
    }

    /// <summary>The title, language and day of a document, and nothing about who made it or when: no name, no clock.</summary>
    internal static void WriteCoreProperties(Stream part, Report report)
    {
        XNamespace cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties", dc = "http://purl.org/dc/elements/1.1/",
            terms = "http://purl.org/dc/terms/", xsi = "http://www.w3.org/2001/XMLSchema-instance";
        XElement Day(string name) => new(terms + name, new XAttribute(xsi + "type", "dcterms:W3CDTF"), $"{report.AsOf:yyyy-MM-dd}T00:00:00Z");
        using var writer = new StreamWriter(part, new UTF8Encoding(false));
        new XDocument(new XElement(cp + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", cp), new XAttribute(XNamespace.Xmlns + "dc", dc),
            new XAttribute(XNamespace.Xmlns + "dcterms", terms), new XAttribute(XNamespace.Xmlns + "xsi", xsi),
            new XElement(dc + "title", Wording.Clean(report.Title)), new XElement(dc + "language", "en-GB"), Day("created"), Day("modified"))).Save(writer);
    }
}
