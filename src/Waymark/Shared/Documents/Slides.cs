namespace Waymark.Shared.Documents;

/// <summary>One line of words on a slide.</summary>
internal sealed record SlideLine(string Text, double Size, bool Bold = false, bool Quiet = false, string Bullet = "", string? Href = null, double After = 8)
{
    /// <summary>How far bulleted words stand in, in points.</summary>
    public double Indent => Bullet.Length == 0 ? 0 : 24;

    public double Height(double width) => TextWidth.Lines(Text, Size, width - Indent, Bold) * Size * TextWidth.LineHeight + After;
}

/// <summary>The part of a table that one slide shows: some columns with their widths, some rows with their heights, in points.</summary>
internal sealed record SlideTable(Table Table, IReadOnlyList<(int Column, double Width)> Columns, double Size, double HeaderHeight, IReadOnlyList<(Row Row, double Height)> Rows)
{
    public double Height => HeaderHeight + Rows.Sum(row => row.Height);
}

/// <summary>One slide: a title that no other slide has, and words, a chart or a part of a table.</summary>
internal sealed record Slide(string Section, string Title)
{
    public IReadOnlyList<SlideLine> Lines { get; init; } = [];
    public ChartData? Chart { get; init; }
    public SlideTable? Table { get; init; }
    /// <summary>Words above the chart.</summary>
    public IReadOnlyList<SlideLine> Intro { get; init; } = [];
    /// <summary>Words under the chart or table.</summary>
    public IReadOnlyList<SlideLine> Notes { get; init; } = [];

    /// <summary>What the words above and below and the table leave for the chart.</summary>
    public double ChartHeight => BodyHeight - IntroHeight - NotesHeight - (Notes.Count > 0 ? 8 : 0) - (Table is null ? 0 : Table.Height + Gap);
    public double IntroHeight => Intro.Sum(n => n.Height(Width));
    public double NotesHeight => Notes.Sum(n => n.Height(Width));

    // The slide in points: 960 x 540, with the same margins everywhere.
    public const double Left = 48, Width = 864, BodyTop = 112, BodyHeight = 376, LongestIntro = 90, Gap = 10;
    public const double BodySize = 18, SmallBodySize = 16, NoteSize = 14, HeadingSize = 20, LeastChart = 165;

    /// <summary>The slides of a report after its title slide. Nothing is made smaller than can be read: what does not fit goes on to the next slide.</summary>
    public static IReadOnlyList<Slide> Of(Report report)
    {
        var slides = new List<Slide>();
        foreach (var section in report.Sections)
        {
            var words = new List<SlideLine[]>();
            foreach (var block in section.Blocks)
            {
                if (block is Paragraph paragraph)
                    words.Add([new(paragraph.Text, paragraph.IsNote ? NoteSize : BodySize, Quiet: paragraph.IsNote)]);
                else if (block is Sentences list)
                    words.AddRange(Listed(list));
                else if (block is Table table)
                {
                    SlideLine[] intro = [.. words.SelectMany(w => w)];
                    if (intro.Sum(l => l.Height(Width)) > LongestIntro)
                    {
                        slides.AddRange(Numbered(WordSlides(section, words)));
                        intro = [];
                    }
                    words.Clear();
                    slides.AddRange(Numbered(TableSlides(section, table, intro)));
                }
            }
            slides.AddRange(Numbered(WordSlides(section, words)));
        }
        return Unique(report, slides);
    }

    /// <summary>Groups of lines that stay together: a heading goes with its first sentence.</summary>
    private static IEnumerable<SlideLine[]> Listed(Sentences list)
    {
        var items = list.Items.Select((item, i) => new SlideLine(item.Text, BodySize, Bullet: list.Numbered ? $"{i + 1}." : "•", Href: item.Href)).ToList();
        if (list.Heading.Length > 0)
            yield return [new(list.Heading, HeadingSize, Bold: true), .. items.Take(1)];
        foreach (var item in items.Skip(list.Heading.Length > 0 ? 1 : 0))
            yield return [item];
    }

    /// <summary>A table's charts, then its rows; a single chart stands over its rows where both have room.</summary>
    private static List<Slide> TableSlides(Section section, Table table, SlideLine[] intro)
    {
        List<Slide> charts = [.. ChartSlides(section, table)];
        if (charts.Count > 0) charts[0] = charts[0] with { Intro = intro };
        if (charts.Count == 1)
        {
            var note = NotesOf(table);
            // What cannot be compared is said once.
            var notes = note.Any(line => line.Text.StartsWith("Not comparable", StringComparison.Ordinal)) ? note : [.. charts[0].Notes, .. note];
            List<SlideTable> parts = [.. TableLayout.Fit(table, Width, BodyHeight, TableLayout.Sizes[^1])];
            if (parts.Count == 1 && charts[0] with { Table = parts[0], Notes = notes } is { ChartHeight: >= LeastChart } both) return [both];
        }
        return [.. charts, .. RowSlides(section, table, charts.Count > 0 ? [] : intro)];
    }

    /// <summary>In letters of the usual size, or a little smaller where that saves a slide.</summary>
    private static List<Slide> WordSlides(Section section, IReadOnlyList<SlideLine[]> groups)
    {
        var usual = WordSlidesOf(section, groups);
        if (usual.Count < 2) return usual;
        var smaller = WordSlidesOf(section, [.. groups.Select(group => group.Select(line => line.Size == BodySize ? line with { Size = SmallBodySize, After = 6 } : line).ToArray())]);
        return smaller.Count < usual.Count ? smaller : usual;
    }

    private static List<Slide> WordSlidesOf(Section section, IEnumerable<SlideLine[]> groups)
    {
        var pages = new List<List<SlideLine>>();
        var room = 0.0;
        foreach (var group in groups.SelectMany(ThatFit))
        {
            var height = group.Sum(l => l.Height(Width));
            if (pages.Count == 0 || height > room)
            {
                pages.Add([]);
                room = BodyHeight;
            }
            pages[^1].AddRange(group);
            room -= height;
        }
        return [.. pages.Select(lines => new Slide(section.Heading, section.Heading) { Lines = lines })];
    }

    /// <summary>Words longer than a slide are cut into slides at a word.</summary>
    private static IEnumerable<SlideLine[]> ThatFit(SlideLine[] group)
    {
        if (group.Sum(l => l.Height(Width)) <= BodyHeight)
        {
            yield return group;
            yield break;
        }
        foreach (var line in group)
        {
            var most = (int)((BodyHeight - line.After) / (line.Size * TextWidth.LineHeight));
            var rest = line.Text;
            for (var first = true; rest.Length > 0; first = false)
                yield return [line with { Text = TextWidth.Cut(rest, line.Size, Width - line.Indent, most, line.Bold, out rest), Bullet = first ? line.Bullet : line.Bullet.Length > 0 ? " " : "" }];
        }
    }

    private static IEnumerable<Slide> ChartSlides(Section section, Table table)
    {
        foreach (var chart in ChartData.From(table))
            yield return new(section.Heading, chart.Chart == table.Funnel ? $"By number of children: {table.Caption}" : table.Caption)
            {
                Chart = chart,
                Notes = [.. chart.Notes().Where(n => n.Length > 0).Select(n => new SlideLine(n, NoteSize, Quiet: true, After: 2))],
            };
    }

    private static IEnumerable<Slide> RowSlides(Section section, Table table, SlideLine[] intro)
    {
        var title = ChartData.From(table).Count > 0 ? $"Figures: {table.Caption}" : table.Caption;
        var slide = new Slide(section.Heading, title) { Intro = intro, Notes = NotesOf(table) };
        List<SlideTable> parts = [.. TableLayout.Fit(table, Width, slide.ChartHeight)], smaller = [.. TableLayout.Fit(table, Width, slide.ChartHeight, TableLayout.Sizes[^1])];
        return (smaller.Count < parts.Count ? smaller : parts).Select(part => slide with { Table = part });
    }

    private static SlideLine[] NotesOf(Table table) => string.IsNullOrEmpty(table.Note) ? [] : [new(AtASentence(table.Note), NoteSize, Quiet: true, After: 2)];

    /// <summary>As many whole sentences as four lines hold; the page and the workbook have the rest.</summary>
    private static string AtASentence(string note)
    {
        var shown = TextWidth.Cut(note, NoteSize, Width, 4, bold: false, out var rest);
        return rest.Length > 0 && shown.LastIndexOf(". ", StringComparison.Ordinal) is var end and > 0 ? shown[..(end + 1)] : shown;
    }

    private static IEnumerable<Slide> Numbered(List<Slide> slides) => slides.GroupBy(slide => slide.Title).SelectMany(same =>
        same.Count() < 2 ? same : same.Select((slide, i) => slide with { Title = $"{slide.Title} ({i + 1} of {same.Count()})" }));

    /// <summary>A title says which slide one is on, to a listener too: two tables of the same caption take their section's name, then a number.</summary>
    private static List<Slide> Unique(Report report, List<Slide> slides)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { report.Title };
        return [.. slides.Select(slide =>
        {
            var title = slide.Title;
            if (!taken.Add(title) && !taken.Add(title = $"{slide.Section}: {slide.Title}"))
                for (var n = 2; !taken.Add(title = $"{slide.Title}, {n}"); n++) { }
            return slide with { Title = title };
        })];
    }
}

/// <summary>Fits a table on slides: widths from its words, then as many rows as there is room for, then as many columns.</summary>
internal static class TableLayout
{
    private const double Padding = 14, RowPadding = 7, WidestWord = 240, MostLines = 6, WidestText = 420;
    /// <summary>In points, the usual first.</summary>
    public static readonly double[] Sizes = [14, 12];

    /// <param name="letters">In points; null for the largest in which all columns stand side by side.</param>
    public static IEnumerable<SlideTable> Fit(Table table, double width, double room, double? letters = null)
    {
        if (table.Columns.Count == 0) yield break;
        var size = letters ?? Sizes.FirstOrDefault(s => table.Columns.Select((_, c) => Least(table, c, s)).Sum() <= width, Sizes[^1]);
        foreach (var columns in Groups(table, size, width))
        {
            var widths = Widths(table, columns, size, width);
            double Height(Func<int, string> text, bool bold) => RowPadding + size * TextWidth.LineHeight *
                widths.Max(w => Math.Min(MostLines, TextWidth.Lines(text(w.Column), size, w.Width - Padding, bold)));
            var header = Height(c => table.Columns[c].HeadingWithUnit(), bold: true);
            (Row, double)[] rows = [.. table.Rows.Select(row => (row, Height(c => row.CellAt(c).Text, bold: false)))];
            foreach (var page in Pages(rows, room - header))
                yield return new(table, widths, size, header, page);
        }
    }

    /// <summary>As few pages as can be, with rows spread evenly over them: no last page with a single row.</summary>
    private static List<List<(Row, double)>> Pages((Row, double Height)[] rows, double room)
    {
        List<List<(Row, double)>> Fill(int most)
        {
            List<List<(Row, double)>> pages = [[]];
            var left = room;
            foreach (var row in rows)
            {
                if (pages[^1].Count > 0 && (row.Height > left || pages[^1].Count == most))
                {
                    pages.Add([]);
                    left = room;
                }
                pages[^1].Add(row);
                left -= row.Height;
            }
            return pages;
        }
        var fewest = Fill(rows.Length).Count;
        for (var most = (rows.Length + fewest - 1) / fewest; most < rows.Length; most++)
            if (Fill(most) is var pages && pages.Count == fewest) return pages;
        return Fill(rows.Length);
    }

    /// <summary>The text of a cell, cut where even the tallest row cannot hold it; the workbook has it whole.</summary>
    public static string Shown(string text, double size, double width, bool bold)
    {
        var shown = TextWidth.Cut(text, size, width - Padding, (int)MostLines, bold, out var rest);
        return rest.Length > 0 ? shown[..^Math.Min(2, shown.Length)] + "…" : shown;
    }

    /// <summary>Columns that stand side by side; where they are too many, the leading words (whose row is this?) are repeated with each group.</summary>
    private static IEnumerable<int[]> Groups(Table table, double size, double width)
    {
        var keys = Enumerable.Range(0, table.Columns.Count).TakeWhile(c => table.Columns[c].Role is ColumnRole.Label or ColumnRole.Series or ColumnRole.Period).Take(2).ToArray();
        var room = width - keys.Sum(c => Least(table, c, size));
        var group = new List<int>();
        var used = 0.0;
        foreach (var c in Enumerable.Range(keys.Length, table.Columns.Count - keys.Length))
        {
            var least = Least(table, c, size);
            if (group.Count > 0 && used + least > room)
            {
                yield return [.. keys, .. group];
                group.Clear();
                used = 0;
            }
            group.Add(c);
            used += least;
        }
        yield return [.. keys, .. group];
    }

    /// <summary>
    /// How many lines the header and each row take on a page, where a browser lays the columns out: each gets what its longest word needs, and of what is left
    /// a share by how much more it would take to stand on one line.
    /// </summary>
    public static (int Header, IReadOnlyList<int> Rows) Lines(Table table, double size, double width, double padding)
    {
        (double Least, double Most)[] needs = [.. table.Columns.Select((column, c) => table.Rows.Select(row => row.CellAt(c).Text)
            .Select(text => (Least: IsFigure(table, c, text) || IsShort(text) ? TextWidth.Of(text, size) : TextWidth.LongestWord(text, size), Most: TextWidth.Of(text, size)))
            .Append((Least: TextWidth.LongestWord(column.Heading, size, bold: true), Most: TextWidth.Of(column.Heading, size, bold: true)))
            .Aggregate((one, other) => (Least: Math.Max(one.Least, other.Least), Most: Math.Max(one.Most, other.Most))))];
        double least = needs.Sum(need => need.Least), most = needs.Sum(need => need.Most), room = width - padding * needs.Length;
        double WidthOf(int c) => most <= room ? needs[c].Most : needs[c].Least + (needs[c].Most - needs[c].Least) * Math.Max(0, room - least) / (most - least);
        int Tallest(Func<int, string> text, bool bold) => Enumerable.Range(0, needs.Length).Max(c => TextWidth.Lines(text(c), size, WidthOf(c) + 0.01, bold));
        return (Tallest(c => table.Columns[c].Heading, bold: true), [.. table.Rows.Select(row => Tallest(c => row.CellAt(c).Text, bold: false))]);
    }

    private static bool IsShort(string text) => text.Length <= 16 && text.Any(char.IsAsciiDigit);

    private static (int Column, double Width)[] Widths(Table table, int[] columns, double size, double width)
    {
        var least = columns.Select(c => Least(table, c, size)).ToArray();
        var wanted = columns.Select((c, i) => Math.Max(least[i], Wanted(table, c, size))).ToArray();
        // The widest columns give way first, down to a width that all can have.
        double low = 0, high = width;
        for (var step = 0; step < 40; step++)
        {
            var cap = (low + high) / 2;
            if (wanted.Select((w, i) => Math.Max(least[i], Math.Min(w, cap))).Sum() <= width) low = cap;
            else high = cap;
        }
        var fitted = wanted.Select((w, i) => Math.Max(least[i], Math.Min(w, low))).ToArray();
        var stretch = Math.Min(1.8, width / fitted.Sum());
        return [.. columns.Select((c, i) => (c, fitted[i] * stretch))];
    }

    /// <summary>The width below which a word would be broken.</summary>
    private static double Least(Table table, int c, double size) => Padding + Math.Min(WidestWord, table.Rows.Select(r => r.CellAt(c).Text)
        .Select(t => IsFigure(table, c, t) ? TextWidth.Of(t, size) : TextWidth.LongestWord(t, size))
        .Append(TextWidth.LongestWord(table.Columns[c].HeadingWithUnit(), size, bold: true)).Max());

    private static double Wanted(Table table, int c, double size) => Padding + Math.Min(WidestText, Math.Max(
        table.Rows.Select(r => r.CellAt(c).Text).Select(t => TextWidth.Of(t, size) / (!table.Columns[c].IsNumeric || IsFigure(table, c, t) ? 1 : 2.5)).DefaultIfEmpty(0).Max(),
        TextWidth.Of(table.Columns[c].HeadingWithUnit(), size, bold: true) / (table.Columns[c].IsNumeric ? 2.2 : 1)));

    /// <summary>A figure keeps to one line; the words that stand for a missing one may take several.</summary>
    private static bool IsFigure(Table table, int c, string text) => table.Columns[c].IsNumeric && text.Length < 16;
}
