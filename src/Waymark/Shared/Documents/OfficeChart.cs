using System.Globalization;
using DocumentFormat.OpenXml;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace Waymark.Shared.Documents;

/// <summary>
/// Draws a table as a native, editable Office chart. Series differ by marker, dash or pattern as well as by colour.
/// Built only from what PowerPoint and LibreOffice both draw rightly.
/// </summary>
internal sealed class OfficeChart
{
    public const string Ink = "0B0C0C", Grey = "505A5F", Rule = "B1B4B6", Blue = "1D70B8";

    private static readonly (string Colour, C.MarkerStyleValues Marker, A.PresetLineDashValues Dash, A.PresetPatternValues? Pattern)[] Styles =
    [
        (Blue, C.MarkerStyleValues.Circle, A.PresetLineDashValues.Solid, null),
        (Ink, C.MarkerStyleValues.Square, A.PresetLineDashValues.Dash, A.PresetPatternValues.WideUpwardDiagonal),
        ("00703C", C.MarkerStyleValues.Triangle, A.PresetLineDashValues.LargeDash, A.PresetPatternValues.DarkHorizontal),
        ("4C2C92", C.MarkerStyleValues.Diamond, A.PresetLineDashValues.DashDot, A.PresetPatternValues.SmallGrid),
        ("28A197", C.MarkerStyleValues.Dash, A.PresetLineDashValues.LargeDashDot, A.PresetPatternValues.Percent50),
        (Grey, C.MarkerStyleValues.X, A.PresetLineDashValues.SystemDash, A.PresetPatternValues.WideDownwardDiagonal),
    ];

    private static readonly A.PresetLineDashValues[] ReferenceDashes = [A.PresetLineDashValues.SystemDash, A.PresetLineDashValues.SystemDot, A.PresetLineDashValues.LargeDashDot];

    private readonly ChartData data;
    private readonly int fontSize;
    private uint series;
    private int longest;
    private readonly List<uint> withoutKey = [];

    private OfficeChart(ChartData data, int fontSize) => (this.data, this.fontSize) = (data, fontSize);

    /// <summary>The sheet that the chart's formulas point into.</summary>
    public ChartSheet Sheet { get; } = new();

    public C.ChartSpace Space { get; private set; } = null!;

    /// <param name="workbook">The relationship that leads to the embedded workbook.</param>
    public static OfficeChart Draw(ChartData data, string workbook, int fontSize = 14)
    {
        var chart = new OfficeChart(data, fontSize);
        var plot = data.Chart.Kind switch
        {
            ChartKind.Trend => chart.Trend(),
            ChartKind.Interval => chart.Interval(),
            ChartKind.Funnel => chart.Funnel(),
            ChartKind.Stacked or ChartKind.Diverging => chart.Stacked(),
            _ => chart.Bars(),
        };
        var drawing = new C.Chart(new C.AutoTitleDeleted { Val = true }, plot);
        if (chart.series - chart.withoutKey.Count > 1)
            drawing.Append(new C.Legend([new C.LegendPosition { Val = C.LegendPositionValues.Top },
                .. chart.withoutKey.Select(i => new C.LegendEntry(new C.Index { Val = i }, new C.Delete { Val = true })), new C.Overlay { Val = false }, chart.Font(Ink)]));
        drawing.Append(new C.PlotVisibleOnly { Val = true }, new C.DisplayBlanksAs { Val = C.DisplayBlanksAsValues.Gap });
        chart.Space = new C.ChartSpace(new C.Date1904 { Val = false }, new C.EditingLanguage { Val = "en-GB" }, new C.RoundedCorners { Val = false },
            drawing, new C.ShapeProperties(new A.NoFill(), new A.Outline(new A.NoFill())), chart.Font(Ink), new C.ExternalData(new C.AutoUpdate { Val = false }) { Id = workbook });
        return chart;
    }

    private IReadOnlyList<Reference> References => data.Chart.References ?? [];

    private C.PlotArea Trend()
    {
        var lines = new C.LineChart(new C.Grouping { Val = C.GroupingValues.Standard }, new C.VaryColors { Val = false });
        var years = Categories("Academic year");
        for (var i = 0; i < data.Series.Count; i++)
        {
            var (colour, marker, dash, _) = Styles[i % Styles.Length];
            var (name, values, errors) = Numbers(data.Series[i], colour);
            lines.Append(new C.LineChartSeries([Index(), Order(), name, Line(colour, 2.25, dash), Marker(marker, colour), .. errors,
                years(), new C.Values(values), new C.Smooth { Val = false }]));
        }
        foreach (var (line, i) in References.Select((r, i) => (r, i)))
            lines.Append(ReferenceLine(line, i, years));
        lines.Append(new C.ShowMarker { Val = true }, new C.AxisId { Val = 1 }, new C.AxisId { Val = 2 });
        return Plot(lines, CategoryAxis(), ValueAxis(2, 1, C.AxisPositionValues.Left, Title(data.Value), data.Axis));
    }

    private C.PlotArea Bars()
    {
        var bars = new C.BarChart(new C.BarDirection { Val = C.BarDirectionValues.Column }, new C.BarGrouping { Val = C.BarGroupingValues.Clustered }, new C.VaryColors { Val = false });
        var names = Categories("");
        for (var i = 0; i < data.Series.Count; i++)
        {
            var (colour, _, _, pattern) = Styles[i % Styles.Length];
            var (name, values, errors) = Numbers(data.Series[i], i == 0 ? Ink : Grey);
            OpenXmlElement fill = pattern is { } p
                ? new A.PatternFill(new A.ForegroundColor(Rgb(colour)), new A.BackgroundColor(Rgb("FFFFFF"))) { Preset = p } : new A.SolidFill(Rgb(colour));
            bars.Append(new C.BarChartSeries([Index(), Order(), name, new C.ShapeProperties(fill, new A.Outline(new A.SolidFill(Rgb(colour))) { Width = 12700 }),
                new C.InvertIfNegative { Val = false }, .. errors, names(), new C.Values(values)]));
        }
        bars.Append(new C.GapWidth { Val = 80 }, new C.Overlap { Val = -10 }, new C.AxisId { Val = 1 }, new C.AxisId { Val = 2 });
        if (References.Count == 0)
            return Plot(bars, CategoryAxis(), ValueAxis(2, 1, C.AxisPositionValues.Left, Title(data.Value), data.Axis));
        var lines = new C.LineChart(new C.Grouping { Val = C.GroupingValues.Standard }, new C.VaryColors { Val = false });
        foreach (var (line, i) in References.Select((r, i) => (r, i)))
            lines.Append(ReferenceLine(line, i, names));
        lines.Append(new C.ShowMarker { Val = true }, new C.AxisId { Val = 1 }, new C.AxisId { Val = 2 });
        return Plot(bars, lines, CategoryAxis(), ValueAxis(2, 1, C.AxisPositionValues.Left, Title(data.Value), data.Axis));
    }

    /// <summary>One bar to a row, all of one length. Office has no bars that part at a zero of their own, so those that do on a page stand here side by side, too.</summary>
    private C.PlotArea Stacked()
    {
        var bars = new C.BarChart(new C.BarDirection { Val = C.BarDirectionValues.Bar }, new C.BarGrouping { Val = C.BarGroupingValues.PercentStacked }, new C.VaryColors { Val = false });
        var names = Categories("");
        for (var i = 0; i < data.Series.Count; i++)
        {
            var (name, values, _) = Numbers(data.Series[i], Ink);
            bars.Append(new C.BarChartSeries([Index(), Order(), name, new C.ShapeProperties(new A.SolidFill(Rgb(StackColours[i % StackColours.Length])), new A.Outline(new A.SolidFill(Rgb("FFFFFF"))) { Width = 12700 }),
                new C.InvertIfNegative { Val = false }, names(), new C.Values(values)]));
        }
        bars.Append(new C.GapWidth { Val = 40 }, new C.Overlap { Val = 100 }, new C.AxisId { Val = 1 }, new C.AxisId { Val = 2 });
        var rows = CategoryAxis();
        // The first row on top.
        rows.GetFirstChild<C.Scaling>()!.GetFirstChild<C.Orientation>()!.Val = C.OrientationValues.MaxMin;
        rows.GetFirstChild<C.AxisPosition>()!.Val = C.AxisPositionValues.Left;
        var whole = ValueAxis(2, 1, C.AxisPositionValues.Bottom, "", new(0, 1, 0.25));
        whole.GetFirstChild<C.NumberingFormat>()!.FormatCode = "0%";
        return Plot(bars, rows, whole);
    }

    private static readonly string[] StackColours = ["0F4C5C", "7FB0BC", "E8B48A", "9C4A00", "C8CDD0", Grey];

    /// <summary>
    /// A row for each name, the first on top. Office knows no dots on a row of names, so this is a scatter whose heights are the rows;
    /// the names are labels of points on the axis.
    /// </summary>
    private C.PlotArea Interval()
    {
        var scatter = Scatter();
        var rows = data.Categories.Count;
        longest = Math.Max(2, rows * 3);
        Sheet.Add("", data.Categories);
        double?[] heights = [.. Enumerable.Range(0, rows).Select(i => (double?)(rows - i))];
        foreach (var (line, i) in References.Select((r, i) => (r, i)))
            scatter.Append(Points(line.Label, "Row", [line.Value, line.Value], [0.5, rows + 0.5], Line(Grey, 1.75, ReferenceDashes[i % ReferenceDashes.Length]), NoMarker()));
        // LibreOffice drops error bars that lie along and differ, so an interval is a line from its lower end to its upper end, cut by an empty height.
        var intervals = data.Series.SelectMany(s => s.Points.Select((p, row) => (p, row))).Where(p => p.p is { Lower: not null, Upper: not null }).ToList();
        if (intervals.Count > 0)
            scatter.Append(Points("95% interval", "Row", [.. intervals.SelectMany(p => new[] { p.p!.Lower, p.p.Upper, p.p.Upper })],
                [.. intervals.SelectMany(p => new[] { heights[p.row], heights[p.row], null })], Line(Ink, 1.5, A.PresetLineDashValues.Solid), NoMarker()));
        for (var i = 0; i < data.Series.Count; i++)
        {
            var (colour, marker, _, _) = Styles[i % Styles.Length];
            scatter.Append(Points(data.Series[i].Name, "Row", [.. data.Series[i].Points.Select(p => p?.Value)], heights, Line(null, 0, A.PresetLineDashValues.Solid), Marker(marker, colour, 10)));
        }
        const double LongestName = 0.46;
        var room = TextWidth.Of("00", fontSize);
        var shown = data.Categories.Select(name => TextWidth.Cut(name, fontSize, Slide.Width * LongestName - room, 1, bold: false, out var rest) + (rest.Length > 0 ? "…" : "")).ToList();
        withoutKey.Add(series);
        scatter.Append(Points("Names", "Row", [.. heights.Select(_ => (double?)data.Axis.From)], heights, Line(null, 0, A.PresetLineDashValues.Solid), NoMarker(),
            Labels(shown.Select((name, i) => ((uint)i, name, C.DataLabelPositionValues.Left)))));
        scatter.Append(new C.AxisId { Val = 1 }, new C.AxisId { Val = 2 });
        var rank = ValueAxis(2, 1, C.AxisPositionValues.Left, "", new(0.5, rows + 0.5, rows));
        rank.GetFirstChild<C.Delete>()!.Val = true;
        rank.RemoveAllChildren<C.MajorGridlines>();
        var plot = Plot(scatter, ValueAxis(1, 2, C.AxisPositionValues.Bottom, Title(data.Value), data.Axis), rank);
        var left = Math.Min(LongestName, (shown.Max(n => TextWidth.Of(n, fontSize)) + room) / Slide.Width);
        plot.Layout = new(new C.ManualLayout(new C.LayoutTarget { Val = C.LayoutTargetValues.Inner }, new C.LeftMode { Val = C.LayoutModeValues.Edge }, new C.TopMode { Val = C.LayoutModeValues.Edge },
            new C.Left { Val = left }, new C.Top { Val = 0.17 }, new C.Width { Val = 0.98 - left }, new C.Height { Val = 0.65 }));
        return plot;
    }

    private static C.ScatterChart Scatter() => new(new C.ScatterStyle { Val = C.ScatterStyleValues.LineMarker }, new C.VaryColors { Val = false });

    private C.ScatterChartSeries Points(string heading, string other, double?[] x, double?[] y, C.ChartShapeProperties shape, C.Marker marker, C.DataLabels? labels = null)
    {
        // LibreOffice loses a series that is shorter than one after it, so all are filled up with nothing.
        (x, y) = ([.. x, .. new double?[longest - x.Length]], [.. y, .. new double?[longest - y.Length]]);
        // In the sheet the figures stand under their name, whichever axis they are drawn on.
        var across = data.Chart.Kind == ChartKind.Interval;
        var xs = Sheet.Add(across ? heading : other, x.Select(v => (object?)v));
        var ys = Sheet.Add(across ? other : heading, y.Select(v => (object?)v));
        var drawn = new C.ScatterChartSeries(Index(), Order(), Name(across ? xs : ys, heading), shape, marker);
        if (labels is not null) drawn.Append(labels);
        drawn.Append(new C.XValues(Reference(xs, x, "General")), new C.YValues(Reference(ys, y, "General")), new C.Smooth { Val = false });
        return drawn;
    }

    /// <summary>Labels for some points, in words of their own, on one line each.</summary>
    private C.DataLabels Labels(IEnumerable<(uint Point, string Text, C.DataLabelPositionValues Position)> texts)
    {
        static OpenXmlElement[] Showing(bool value) =>
            [new C.ShowLegendKey { Val = false }, new C.ShowValue { Val = value }, new C.ShowCategoryName { Val = false }, new C.ShowSeriesName { Val = false }, new C.ShowPercent { Val = false }, new C.ShowBubbleSize { Val = false }];
        return new([.. texts.Select(t => new C.DataLabel([new C.Index { Val = t.Point },
            new C.ChartText(new C.RichText(new A.BodyProperties { Wrap = A.TextWrappingValues.None }, new A.ListStyle(), new A.Paragraph(
                new A.Run(new A.RunProperties(new A.SolidFill(Rgb(Ink)), new A.LatinFont { Typeface = "Arial" }) { Language = "en-GB", FontSize = fontSize * 100 }, new A.Text(Wording.Clean(Inert.Write(t.Text))))))),
            new C.DataLabelPosition { Val = t.Position }, .. Showing(true)])), .. Showing(false)]);
    }

    private C.PlotArea Funnel()
    {
        var scatter = Scatter();
        var points = data.Series.SelectMany(s => s.Points).OfType<ChartPoint>().Where(p => p.Base is not null).ToList();
        var limits = (data.Chart.Limits ?? []).OrderBy(l => l.Base).ToList();
        longest = Math.Max(2, Math.Max(points.Count, limits.Count));
        Sheet.Add("", points.Select(p => (object?)p.Name));
        var sizes = data.Base?.HeadingWithUnit() ?? "Pupils";

        // Labels for the schools that chance does not explain: the few that a reader will ask about.
        bool Outside(ChartPoint p) => Within(limits, p.Base!.Value) is { } at && (p.Value < at.Lower95 || p.Value > at.Upper95);
        var across = Documents.ValueAxis.Round(0, points.Select(p => p.Base!.Value).Concat(limits.Select(l => l.Base)).DefaultIfEmpty(0).Max());
        var labels = Labels(Apart(points, Outside, across));
        scatter.Append(Points(Title(data.Value), sizes, [.. points.Select(p => p.Base)], [.. points.Select(p => (double?)p.Value)],
            Line(null, 0, A.PresetLineDashValues.Solid), Marker(C.MarkerStyleValues.Circle, Blue, 9), labels));
        void Limits(string heading, Func<Limit, double> end, A.PresetLineDashValues dash, bool key)
        {
            if (limits.Count == 0) return;
            if (!key) withoutKey.Add(series);
            scatter.Append(Points(heading, sizes, [.. limits.Select(l => (double?)l.Base)], [.. limits.Select(l => (double?)end(l))], Line(Grey, 1.5, dash), NoMarker()));
        }
        Limits("95% limits", l => l.Upper95, A.PresetLineDashValues.Dash, key: true);
        Limits("95% limits, lower", l => l.Lower95, A.PresetLineDashValues.Dash, key: false);
        Limits("99.8% limits", l => l.Upper998, A.PresetLineDashValues.SystemDot, key: true);
        Limits("99.8% limits, lower", l => l.Lower998, A.PresetLineDashValues.SystemDot, key: false);
        var bases = points.Select(p => p.Base!.Value).Concat(limits.Select(l => l.Base)).DefaultIfEmpty(0).ToList();
        foreach (var line in References)
            scatter.Append(Points(line.Label, sizes, [bases.Min(), bases.Max()], [line.Value, line.Value], Line(Ink, 1.5, A.PresetLineDashValues.Solid), NoMarker()));
        scatter.Append(new C.AxisId { Val = 1 }, new C.AxisId { Val = 2 });
        return Plot(scatter, ValueAxis(1, 2, C.AxisPositionValues.Bottom, sizes, across), ValueAxis(2, 1, C.AxisPositionValues.Left, Title(data.Value), data.Axis));
    }

    /// <summary>Each label right of its point, left, above or below, wherever it hides least; the chart's size is nearly that of a slide.</summary>
    private IEnumerable<(uint, string, C.DataLabelPositionValues)> Apart(IReadOnlyList<ChartPoint> points, Func<ChartPoint, bool> isNamed, ValueAxis across)
    {
        const double width = 780, height = 240, away = 8;
        var line = fontSize * TextWidth.LineHeight;
        double X(ChartPoint p) => (p.Base!.Value - across.From) / (across.To - across.From) * width;
        double Y(ChartPoint p) => (data.Axis.To - p.Value) / (data.Axis.To - data.Axis.From) * height;
        List<(double Left, double Top, double Right, double Bottom)> taken = [.. points.Select(p => (X(p) - 4, Y(p) - 4, X(p) + 4, Y(p) + 4))];
        foreach (var (point, i) in points.Select((point, i) => (point, i)).Where(p => isNamed(p.point)))
        {
            var (x, y, length) = (X(point), Y(point), TextWidth.Of(point.Name, fontSize));
            (C.DataLabelPositionValues Position, double Left, double Top)[] places =
            [
                (C.DataLabelPositionValues.Right, x + away, y - line / 2), (C.DataLabelPositionValues.Left, x - away - length, y - line / 2),
                (C.DataLabelPositionValues.Top, x - length / 2, y - away - line), (C.DataLabelPositionValues.Bottom, x - length / 2, y + away),
            ];
            var (position, left, top) = places.MinBy(place => taken.Count(other => place.Left < other.Right && other.Left < place.Left + length && place.Top < other.Bottom && other.Top < place.Top + line)
                + (place.Left < 0 || place.Left + length > width || place.Top < 0 || place.Top + line > height ? 10 : 0));
            taken.Add((left, top, left + length, top + line));
            yield return ((uint)i, point.Name, position);
        }
    }

    private static Limit? Within(List<Limit> limits, double size)
    {
        var after = limits.FindIndex(l => l.Base >= size);
        if (after < 0 || (after == 0 && limits[0].Base > size)) return null;
        if (after == 0) return limits[0];
        var (a, b) = (limits[after - 1], limits[after]);
        var share = (size - a.Base) / (b.Base - a.Base);
        double Between(double from, double to) => from + (to - from) * share;
        return new(size, Between(a.Lower95, b.Lower95), Between(a.Upper95, b.Upper95), Between(a.Lower998, b.Lower998), Between(a.Upper998, b.Upper998));
    }

    private C.LineChartSeries ReferenceLine(Reference line, int i, Func<C.CategoryAxisData> categories)
    {
        var values = Sheet.Add(line.Label, data.Categories.Select(_ => (object?)line.Value));
        return new(Index(), Order(), Name(values, line.Label), Line(Grey, 1.75, ReferenceDashes[i % ReferenceDashes.Length]), NoMarker(), categories(),
            new C.Values(Reference(values, [.. data.Categories.Select(_ => (double?)line.Value)], Wording.NumberFormat(1))), new C.Smooth { Val = false });
    }

    private (C.SeriesText Name, C.NumberReference Values, IEnumerable<C.ErrorBars> Errors) Numbers(ChartSeries line, string colour)
    {
        var column = Sheet.Add(line.Name, line.Points.Select(p => (object?)p?.Value));
        var errors = Errors(line.Name, line.Points, colour);
        return (Name(column, line.Name), Reference(column, [.. line.Points.Select(p => p?.Value)], Wording.NumberFormat(data.Value.Decimals)), errors is null ? [] : [errors]);
    }

    /// <summary>Puts on the sheet how far the intervals reach below and above their figures, which is how Office keeps error bars.</summary>
    private C.ErrorBars? Errors(string name, IReadOnlyList<ChartPoint?> points, string colour)
    {
        double?[] below = [.. points.Select(p => p?.Value - p?.Lower)], above = [.. points.Select(p => p?.Upper - p?.Value)];
        if (below.All(b => b is null) || above.All(a => a is null)) return null;
        var down = Sheet.Add($"{name}: interval below", below.Cast<object?>());
        var up = Sheet.Add($"{name}: interval above", above.Cast<object?>());
        // Bars know their direction; lines have to be told.
        OpenXmlElement[] direction = data.Chart.Kind == ChartKind.Bars ? [] : [new C.ErrorDirection { Val = C.ErrorBarDirectionValues.Y }];
        return new([.. direction, new C.ErrorBarType { Val = C.ErrorBarValues.Both }, new C.ErrorBarValueType { Val = C.ErrorValues.Custom },
            new C.NoEndCap { Val = false }, new C.Plus(Reference(up, above, "General")), new C.Minus(Reference(down, below, "General")),
            new C.ChartShapeProperties(new A.Outline(new A.SolidFill(Rgb(colour))) { Width = data.Chart.Kind == ChartKind.Trend ? 9525 : 15875 })]);
    }

    private C.Index Index() => new() { Val = series };

    private C.Order Order() => new() { Val = series++ };

    private static C.SeriesText Name(string column, string name) => new(new C.StringReference(new C.Formula($"{ChartSheet.Name}!${column}$1"),
        new C.StringCache(new C.PointCount { Val = 1 }, new C.StringPoint(new C.NumericValue(Wording.Clean(Inert.Write(name)))) { Index = 0 })));

    private Func<C.CategoryAxisData> Categories(string header)
    {
        var names = data.Categories;
        var column = Sheet.Add(header, names);
        return () =>
        {
            var cache = new C.StringCache(new C.PointCount { Val = (uint)names.Count });
            for (var i = 0; i < names.Count; i++) cache.Append(new C.StringPoint(new C.NumericValue(Wording.Clean(Inert.Write(names[i])))) { Index = (uint)i });
            return new(new C.StringReference(new C.Formula(Cells(column, names.Count)), cache));
        };
    }

    private static C.NumberReference Reference(string column, double?[] values, string format)
    {
        var cache = new C.NumberingCache(new C.FormatCode(format), new C.PointCount { Val = (uint)values.Length });
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value)
                cache.Append(new C.NumericPoint(new C.NumericValue(value.ToString("R", CultureInfo.InvariantCulture))) { Index = (uint)i });
        return new(new C.Formula(Cells(column, values.Length)), cache);
    }

    private static string Cells(string column, int rows) => $"{ChartSheet.Name}!${column}$2:${column}${rows + 1}";

    private static C.PlotArea Plot(params OpenXmlElement[] parts) => new([new C.Layout(), .. parts]);

    private C.CategoryAxis CategoryAxis()
    {
        var axis = new C.CategoryAxis(new C.AxisId { Val = 1 },
            new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }), new C.Delete { Val = false }, new C.AxisPosition { Val = C.AxisPositionValues.Bottom });
        axis.Append(new C.NumberingFormat { FormatCode = "General", SourceLinked = false }, new C.MajorTickMark { Val = C.TickMarkValues.None }, new C.MinorTickMark { Val = C.TickMarkValues.None },
            new C.TickLabelPosition { Val = C.TickLabelPositionValues.Low }, Line(Grey, 1, A.PresetLineDashValues.Solid), Font(Ink), new C.CrossingAxis { Val = 2 }, new C.Crosses { Val = C.CrossesValues.AutoZero },
            new C.AutoLabeled { Val = false }, new C.LabelAlignment { Val = C.LabelAlignmentValues.Center }, new C.LabelOffset { Val = 100 }, new C.TickLabelSkip { Val = 1 }, new C.NoMultiLevelLabels { Val = true });
        return axis;
    }

    private C.ValueAxis ValueAxis(uint id, uint across, C.AxisPositionValues position, string title, ValueAxis scale) => new([
        new C.AxisId { Val = id },
        new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }, new C.MaxAxisValue { Val = scale.To }, new C.MinAxisValue { Val = scale.From }),
        new C.Delete { Val = false }, new C.AxisPosition { Val = position },
        new C.MajorGridlines(Line("DEE0E2", 0.75, A.PresetLineDashValues.Solid)), .. title.Length > 0 ? [AxisTitle(title)] : Array.Empty<OpenXmlElement>(),
        new C.NumberingFormat { FormatCode = scale.Format, SourceLinked = false }, new C.MajorTickMark { Val = C.TickMarkValues.None }, new C.MinorTickMark { Val = C.TickMarkValues.None },
        new C.TickLabelPosition { Val = C.TickLabelPositionValues.Low }, Line(Grey, 1, A.PresetLineDashValues.Solid), Font(Ink), new C.CrossingAxis { Val = across },
        new C.Crosses { Val = C.CrossesValues.Minimum },
        new C.CrossBetween { Val = data.Chart.Kind is ChartKind.Funnel or ChartKind.Interval ? C.CrossBetweenValues.MidpointCategory : C.CrossBetweenValues.Between }, new C.MajorUnit { Val = scale.Step }]);

    private static string Title(Column column) => column.HeadingWithUnit();

    private C.Title AxisTitle(string text) => new(
        new C.ChartText(new C.RichText(new A.BodyProperties(), new A.ListStyle(), new A.Paragraph(
            new A.Run(new A.RunProperties(new A.SolidFill(Rgb(Grey)), new A.LatinFont { Typeface = "Arial" }) { Language = "en-GB", FontSize = fontSize * 100, Bold = false }, new A.Text(Wording.Clean(text)))))),
        new C.Overlay { Val = false });

    private C.TextProperties Font(string colour) => new(new A.BodyProperties(), new A.ListStyle(), new A.Paragraph(new A.ParagraphProperties(
        new A.DefaultRunProperties(new A.SolidFill(Rgb(colour)), new A.LatinFont { Typeface = "Arial" }) { FontSize = fontSize * 100 }), new A.EndParagraphRunProperties { Language = "en-GB" }));

    private static C.ChartShapeProperties Line(string? colour, double points, A.PresetLineDashValues dash) => new(colour is null
        ? new A.Outline(new A.NoFill())
        : new A.Outline(new A.SolidFill(Rgb(colour)), new A.PresetDash { Val = dash }) { Width = (int)(points * 12700) });

    private static C.Marker Marker(C.MarkerStyleValues style, string colour, byte size = 8) => new(new C.Symbol { Val = style }, new C.Size { Val = size },
        new C.ChartShapeProperties(new A.SolidFill(Rgb(colour)), new A.Outline(new A.SolidFill(Rgb(style == C.MarkerStyleValues.X ? colour : "FFFFFF")))));

    private static C.Marker NoMarker() => new(new C.Symbol { Val = C.MarkerStyleValues.None });

    private static A.RgbColorModelHex Rgb(string colour) => new() { Val = colour };
}
