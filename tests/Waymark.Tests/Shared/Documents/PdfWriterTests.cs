using System.Text;
using Waymark.Shared.Documents;

namespace Waymark.Tests.Shared.Documents;

public class PdfWriterTests
{
    private const string Page = "<!doctype html><html lang=\"en-GB\"><head><title>Houghton Regis</title></head><body><h1>Houghton Regis</h1><p>46% of 228 pupils</p><table><tr><th scope=\"col\">School</th></tr><tr><td>Larkmead</td></tr></table></body></html>";
    private static readonly DateOnly AsOf = new(2016, 10, 3);

    [SkippableFact]
    public async Task The_same_page_gives_the_same_tagged_PDF()
    {
        Skip.If(Chromium.Find() is null, Chromium.HowToInstall);
        using MemoryStream first = new(), second = new();
        (await PdfWriter.WriteAsync(Page, AsOf, first)).ShouldBe(new PdfResult.Written());
        (await PdfWriter.WriteAsync(Page, AsOf, second)).ShouldBe(new PdfResult.Written());
        second.ToArray().ShouldBe(first.ToArray());
        var text = Encoding.Latin1.GetString(first.ToArray());
        text.ShouldStartWith("%PDF-");
        text.ShouldContain("/StructTreeRoot");
        text.ShouldContain("/Lang (en-GB)");
        text.ShouldContain("(D:20161003000000");
    }
}
