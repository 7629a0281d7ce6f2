using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>A QR code drawn into the page itself: its secret is asked of no address.</summary>
internal static class QrPicture
{
    public static IHtmlContent Of(string text, string label)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows.Count; x++)
                if (rows[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        var size = rows.Count.ToString(CultureInfo.InvariantCulture);
        return new Element("svg", [("viewBox", $"0 0 {size} {size}"), ("role", "img"), ("aria-label", label), ("shape-rendering", "crispEdges")],
            new Element("rect", [("width", size), ("height", size), ("fill", "#fff")]),
            new Element("path", [("d", path.ToString()), ("fill", "#000")]));
    }
}
