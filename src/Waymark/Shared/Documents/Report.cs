namespace Waymark.Shared.Documents;

/// <summary>
/// A document before it has a format: sections of sentences and tables. A page, a slide deck, a workbook and a PDF
/// are all made from this one value, so they cannot disagree. A chart is never data of its own: it is a way to draw a table.
/// </summary>
/// <param name="Id">A file-name-safe name: "pack-houghton-regis-201516".</param>
/// <param name="Notices">Lines that stand on every page: "Example data about fictional schools", "Contains provisional results".</param>
/// <param name="AsOf">The day the document describes; all its dates come from here, so the same data give the same bytes.</param>
public sealed record Report(string Id, string Title, string Subtitle, DateOnly AsOf, IReadOnlyList<string> Notices, IReadOnlyList<Section> Sections);

/// <summary>A section that fits one A4 side; the first section of a pack stands alone.</summary>
public sealed record Section(string Id, string Heading, IReadOnlyList<Block> Blocks);

public abstract record Block;

/// <summary>A paragraph of plain words.</summary>
public sealed record Paragraph(string Text, bool IsNote = false) : Block;

/// <summary>A short list of sentences: findings, questions, what is not known.</summary>
public sealed record Sentences(string Heading, IReadOnlyList<Sentence> Items, bool Numbered = false) : Block;

/// <param name="Href">Where its figure is explained; null when there is none.</param>
/// <param name="Lead">The words it begins with that a page sets in bold, so that the eye finds what it is about.</param>
public sealed record Sentence(string Text, string? Href = null, string Lead = "");

/// <summary>
/// A table and, where <paramref name="Chart"/> is set, the chart drawn from it. Each column says what it holds,
/// so that a page's script, a slide's native chart and a CSV's metadata all read the same columns.
/// </summary>
/// <param name="Funnel">A second way to draw the same rows: each value against its base.</param>
public sealed record Table(string Id, string Caption, IReadOnlyList<Column> Columns, IReadOnlyList<Row> Rows, Chart? Chart = null, string? Note = null, Chart? Funnel = null) : Block
{
    public IEnumerable<Chart> Charts => new[] { Chart, Funnel }.OfType<Chart>();
}

/// <param name="Id">snake_case, used as a CSV header.</param>
/// <param name="Role">What part a chart may draw it in.</param>
/// <param name="Unit">"%", "points", "pupils" or empty.</param>
public sealed record Column(string Id, string Heading, ColumnRole Role = ColumnRole.Text, string Unit = "", int Decimals = 0)
{
    public bool IsNumeric => Role is not (ColumnRole.Text or ColumnRole.Label or ColumnRole.Series or ColumnRole.Period);
}

public enum ColumnRole
{
    /// <summary>Words that a chart leaves out.</summary>
    Text,
    /// <summary>The name of the thing in the row: a school, a group.</summary>
    Label,
    /// <summary>Which line or colour the row belongs to.</summary>
    Series,
    /// <summary>An academic year, six digits in files, "2017/18" on pages.</summary>
    Period,
    /// <summary>The figure.</summary>
    Value,
    /// <summary>The lower end of its 95% interval.</summary>
    Lower,
    /// <summary>The upper end of its 95% interval.</summary>
    Upper,
    /// <summary>The number of children the figure rests on.</summary>
    Base,
    /// <summary>How many of them.</summary>
    Count,
    /// <summary>A number that a chart leaves out.</summary>
    Number,
}

public sealed record Row(IReadOnlyList<Cell> Cells);

/// <param name="Text">What a reader sees: "62%", "not available".</param>
/// <param name="Number">The number behind it, null where a symbol stands.</param>
/// <param name="Symbol">The symbol as in files (z, x, c, low, u), empty for a number or words.</param>
public sealed record Cell(string Text, double? Number = null, string Symbol = "", string? Href = null);

/// <param name="Kind">How the table is drawn.</param>
/// <param name="Description">One sentence that says what the chart shows, its text alternative.</param>
/// <param name="From">Where the value axis starts; with <paramref name="To"/> fixed so that no bar is cut off.</param>
/// <param name="References">Lines to compare with: the nation, the authority.</param>
/// <param name="Breaks">Years before which figures cannot be compared, with the reason.</param>
public sealed record Chart(
    ChartKind Kind,
    string Description,
    double? From = null,
    double? To = null,
    IReadOnlyList<Reference>? References = null,
    IReadOnlyList<Break>? Breaks = null,
    IReadOnlyList<Limit>? Limits = null);

public enum ChartKind
{
    /// <summary>Lines over years, one per series or per column of values, with intervals; a gap where a year is missing.</summary>
    Trend,
    /// <summary>One row each: a dot with its interval, in the table's order.</summary>
    Interval,
    /// <summary>Value against base, inside the limits that chance alone would give.</summary>
    Funnel,
    /// <summary>Bars from zero with intervals, side by side by series.</summary>
    Bars,
    /// <summary>One bar to a row, its columns of values side by side up to the whole.</summary>
    Stacked,
    /// <summary>The first half of the columns of values to the right of zero, the others to the left; an odd last one stands aside.</summary>
    Diverging,
    /// <summary>A process chart: the first column of values over time, with its mean and limits in the others; a row with words of what is unusual stands out.</summary>
    Control,
}

public sealed record Reference(string Label, double Value);

public sealed record Break(int Year, string Reason);

/// <summary>One point of a funnel's limits: at this base, between these values lie 95% and 99.8% of what chance gives.</summary>
public sealed record Limit(double Base, double Lower95, double Upper95, double Lower998, double Upper998);
