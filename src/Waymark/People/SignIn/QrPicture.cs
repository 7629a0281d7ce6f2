using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using QRCoder;
using Waymark.Shared.Web;

namespace Waymark.People.SignIn;

/// <summary>A QR code drawn into the page itself: no picture is asked of any address, so the secret is in no log.</summary>
internal static class QrPicture
{
    private const int Quiet = 4;

    public static IHtmlContent Of(string text, string label)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = Quiet; y < rows.Count - Quiet; y++)
            for (var x = Quiet; x < rows.Count - Quiet; x++)
                if (rows[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        var size = rows.Count.ToString(CultureInfo.InvariantCulture);
        return new Element("svg", [("viewBox", $"0 0 {size} {size}"), ("width", "240"), ("height", "240"), ("role", "img"), ("aria-label", label), ("shape-rendering", "crispEdges")],
            new Element("rect", [("width", size), ("height", size), ("fill", "#fff")]),
            new Element("path", [("d", path.ToString()), ("fill", "#000")]));
    }
}
