using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using A = DocumentFormat.OpenXml.Drawing;

namespace Waymark.Shared.Documents;

/// <summary>The look of the deck: one master, three layouts, one theme. Positions are in points on a slide of 960 by 540.</summary>
internal static class SlideMaster
{
    public const double TitleSize = 24, SmallTitleSize = 18, FooterWidth = 780;

    public static (SlideLayoutPart Title, SlideLayoutPart Words, SlideLayoutPart Heading) Add(PresentationPart presentation)
    {
        var master = presentation.AddNewPart<SlideMasterPart>("master");
        master.AddNewPart<ThemePart>("theme").Theme = new A.Theme(Theme);
        presentation.AddPart(master.ThemePart!, "theme");

        var title = Layout(master, 1, "Title", SlideLayoutValues.Title,
            Shape(2, "Title", PlaceholderValues.CenteredTitle, null, 130, 150, 40, bold: true, anchor: A.TextAnchoringTypeValues.Bottom),
            Shape(3, "Subtitle", PlaceholderValues.SubTitle, 1, 292, 96, 20, OfficeChart.Grey),
            Shape(4, "Notices", PlaceholderValues.Body, 13, 400, 110, 18, OfficeChart.Ink, bold: true, anchor: A.TextAnchoringTypeValues.Bottom));
        var words = Layout(master, 2, "Heading and words", SlideLayoutValues.Object, [.. Heading(), Body(), .. Foot()]);
        var heading = Layout(master, 3, "Heading", SlideLayoutValues.TitleOnly, [.. Heading(), .. Foot()]);

        var bar = new Shape(
            new NonVisualShapeProperties(new NonVisualDrawingProperties { Id = 20, Name = "Bar" }, new NonVisualShapeDrawingProperties(), new ApplicationNonVisualDrawingProperties()),
            new ShapeProperties(Box(0, 0, 960, 12), Rectangle(), Fill(OfficeChart.Blue), new A.Outline(new A.NoFill())), new TextBody(new A.BodyProperties(), new A.ListStyle(), new A.Paragraph()));
        master.SlideMaster = new(
            new CommonSlideData(
                new Background(new BackgroundProperties(new A.SolidFill(new A.SchemeColor { Val = A.SchemeColorValues.Background1 }), new A.EffectList())),
                Tree([bar, Shape(2, "Title", PlaceholderValues.Title, null, 44, 62, TitleSize, bold: true), Body(), .. Foot()])),
            new ColorMap
            {
                Background1 = A.ColorSchemeIndexValues.Light1,
                Text1 = A.ColorSchemeIndexValues.Dark1,
                Background2 = A.ColorSchemeIndexValues.Light2,
                Text2 = A.ColorSchemeIndexValues.Dark2,
                Accent1 = A.ColorSchemeIndexValues.Accent1,
                Accent2 = A.ColorSchemeIndexValues.Accent2,
                Accent3 = A.ColorSchemeIndexValues.Accent3,
                Accent4 = A.ColorSchemeIndexValues.Accent4,
                Accent5 = A.ColorSchemeIndexValues.Accent5,
                Accent6 = A.ColorSchemeIndexValues.Accent6,
                Hyperlink = A.ColorSchemeIndexValues.Hyperlink,
                FollowedHyperlink = A.ColorSchemeIndexValues.FollowedHyperlink,
            },
            new SlideLayoutIdList(new SlideLayoutId { Id = 2147483649, RelationshipId = "layout1" }, new SlideLayoutId { Id = 2147483650, RelationshipId = "layout2" }, new SlideLayoutId { Id = 2147483651, RelationshipId = "layout3" }),
            new TextStyles(
                new TitleStyle(new A.Level1ParagraphProperties(Style(TitleSize, OfficeChart.Ink, bold: true)) { Alignment = A.TextAlignmentTypeValues.Left }),
                new BodyStyle(new A.Level1ParagraphProperties(new A.NoBullet(), Style(Slide.BodySize, OfficeChart.Ink, bold: false)) { LeftMargin = 0, Indent = 0 }),
                new OtherStyle(new A.Level1ParagraphProperties(Style(Slide.BodySize, OfficeChart.Ink, bold: false)))));
        return (title, words, heading);
    }

    private static Shape[] Heading() =>
    [
        Shape(2, "Title", PlaceholderValues.Title, null, 44, 62, TitleSize, bold: true),
        Shape(3, "Section", PlaceholderValues.Body, 13, 22, 20, 14, OfficeChart.Grey),
    ];

    private static Shape Body() => Shape(4, "Words", PlaceholderValues.Body, 1, Slide.BodyTop, Slide.BodyHeight, Slide.BodySize);

    private static Shape[] Foot() =>
    [
        Shape(5, "Notices", PlaceholderValues.Footer, 11, 496, 32, 12, OfficeChart.Grey, anchor: A.TextAnchoringTypeValues.Center, width: FooterWidth),
        Shape(6, "Page", PlaceholderValues.SlideNumber, 12, 496, 32, 12, OfficeChart.Grey, anchor: A.TextAnchoringTypeValues.Center, left: 840, width: 72, align: A.TextAlignmentTypeValues.Right),
    ];

    private static SlideLayoutPart Layout(SlideMasterPart master, int number, string name, SlideLayoutValues type, params Shape[] shapes)
    {
        var part = master.AddNewPart<SlideLayoutPart>($"layout{number}");
        part.SlideLayout = new(new CommonSlideData(Tree(shapes)) { Name = name }, new ColorMapOverride(new A.MasterColorMapping())) { Type = type, Preserve = true };
        part.AddPart(master, "master");
        return part;
    }

    private static Shape Shape(uint id, string name, PlaceholderValues type, uint? index, double top, double height, double size, string colour = OfficeChart.Ink,
        bool bold = false, A.TextAnchoringTypeValues? anchor = null, double left = Slide.Left, double width = Slide.Width, A.TextAlignmentTypeValues? align = null)
    {
        var placeholder = new PlaceholderShape { Type = type };
        if (index is { } i) placeholder.Index = i;
        var paragraph = type == PlaceholderValues.SlideNumber
            ? new A.Paragraph(new A.Field(new A.RunProperties { Language = "en-GB" }, new A.Text("1")) { Id = "{5A3E7B41-6C0D-4D6B-9F0C-0C7B5B0E1A01}", Type = "slidenum" })
            : new A.Paragraph(new A.Run(new A.RunProperties { Language = "en-GB" }, new A.Text(name)));
        return new(
            new NonVisualShapeProperties(new NonVisualDrawingProperties { Id = id, Name = name }, new NonVisualShapeDrawingProperties(new A.ShapeLocks { NoGrouping = true }), new ApplicationNonVisualDrawingProperties(placeholder)),
            new ShapeProperties(Box(left, top, width, height), Rectangle()),
            new TextBody(Frame(anchor ?? A.TextAnchoringTypeValues.Top),
                new A.ListStyle(new A.Level1ParagraphProperties(new A.NoBullet(), Style(size, colour, bold)) { LeftMargin = 0, Indent = 0, Alignment = align ?? A.TextAlignmentTypeValues.Left }), paragraph));
    }

    private static A.DefaultRunProperties Style(double size, string colour, bool bold) =>
        new(Fill(colour), new A.LatinFont { Typeface = "+mn-lt" }) { FontSize = (int)(size * 100), Bold = bold, Language = "en-GB" };

    public static long Emu(double points) => (long)Math.Round(points * 12700);

    public static A.Transform2D Box(double left, double top, double width, double height) =>
        new(new A.Offset { X = Emu(left), Y = Emu(top) }, new A.Extents { Cx = Emu(width), Cy = Emu(height) });

    public static A.PresetGeometry Rectangle() => new(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle };

    public static A.SolidFill Fill(string colour) => new(new A.RgbColorModelHex { Val = colour });

    /// <summary>A text frame without inner margins, so that all words begin on one line down the slide.</summary>
    public static A.BodyProperties Frame(A.TextAnchoringTypeValues anchor) =>
        new(new A.NoAutoFit()) { LeftInset = 0, RightInset = 0, TopInset = 0, BottomInset = 0, Anchor = anchor, Wrap = A.TextWrappingValues.Square };

    public static ShapeTree Tree(params OpenXmlElement[] shapes) => new([
        new NonVisualGroupShapeProperties(new NonVisualDrawingProperties { Id = 1, Name = "" }, new NonVisualGroupShapeDrawingProperties(), new ApplicationNonVisualDrawingProperties()),
        new GroupShapeProperties(new A.TransformGroup(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = 0, Cy = 0 }, new A.ChildOffset { X = 0, Y = 0 }, new A.ChildExtents { Cx = 0, Cy = 0 })),
        .. shapes]);

    private const string Plain = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    private const string PlainLine = "<a:ln w=\"9525\">" + Plain + "</a:ln>";
    private const string NoEffect = "<a:effectStyle><a:effectLst/></a:effectStyle>";

    private const string Theme =
        $"""
        <a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Waymark"><a:themeElements>
        <a:clrScheme name="Waymark"><a:dk1><a:srgbClr val="0B0C0C"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="505A5F"/></a:dk2><a:lt2><a:srgbClr val="F3F2F1"/></a:lt2>
        <a:accent1><a:srgbClr val="1D70B8"/></a:accent1><a:accent2><a:srgbClr val="00703C"/></a:accent2><a:accent3><a:srgbClr val="4C2C92"/></a:accent3><a:accent4><a:srgbClr val="28A197"/></a:accent4>
        <a:accent5><a:srgbClr val="505A5F"/></a:accent5><a:accent6><a:srgbClr val="F47738"/></a:accent6><a:hlink><a:srgbClr val="1D70B8"/></a:hlink><a:folHlink><a:srgbClr val="4C2C92"/></a:folHlink></a:clrScheme>
        <a:fontScheme name="Waymark"><a:majorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont><a:minorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont></a:fontScheme>
        <a:fmtScheme name="Waymark"><a:fillStyleLst>{Plain}{Plain}{Plain}</a:fillStyleLst><a:lnStyleLst>{PlainLine}{PlainLine}{PlainLine}</a:lnStyleLst>
        <a:effectStyleLst>{NoEffect}{NoEffect}{NoEffect}</a:effectStyleLst><a:bgFillStyleLst>{Plain}{Plain}{Plain}</a:bgFillStyleLst></a:fmtScheme>
        </a:themeElements></a:theme>
        """;
}
