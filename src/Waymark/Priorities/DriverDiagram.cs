namespace Waymark.Priorities;

/// <summary>What stands in a driver diagram: the aim, what drives it, what is done, how it will be seen.</summary>
/// <param name="Inner">What works through it.</param>
public sealed record DiagramNode(DiagramPart Part, string Text, IReadOnlyList<DiagramNode> Inner, int? Id = null);

public enum DiagramPart { Aim, Driver, Action, Measure }

/// <summary>A box as it is drawn.</summary>
public sealed record DiagramBox(DiagramPart Part, int X, int Y, int Width, int Height, IReadOnlyList<string> Lines)
{
    public int Middle => Y + Height / 2;
}

/// <summary>A driver diagram laid out from its records: the aim on the left, each column what works through the one before, actions in the last.</summary>
public sealed class DriverDiagram
{
    public const int LineHeight = 18, Gap = 14;
    private const int BoxWidth = 200, ColumnGap = 46, Letters = 25, Padding = 10;

    private readonly List<DiagramBox> boxes = [];
    private readonly List<(DiagramBox From, DiagramBox To)> lines = [];

    public DriverDiagram(DiagramNode aim, IReadOnlyList<string> measures)
    {
        Columns = 1 + Math.Max(1, Depth(aim));
        var bottom = 0;
        var root = Place(aim, 0, ref bottom);
        var y = root.Y + root.Height + 2 * Gap;
        foreach (var measure in measures)
        {
            var box = Box(DiagramPart.Measure, measure, 0, y);
            boxes.Add(box);
            lines.Add((root, box));
            y = box.Y + box.Height + Gap;
        }
        Height = Math.Max(bottom, y) + Gap;
    }

    public int Columns { get; }
    public int Width => Columns * BoxWidth + (Columns - 1) * ColumnGap + 2;
    public int Height { get; }
    public IReadOnlyList<DiagramBox> Boxes => boxes;
    public IReadOnlyList<(DiagramBox From, DiagramBox To)> Lines => lines;

    private static int Depth(DiagramNode node) => node.Inner.Count == 0 ? 0 : 1 + node.Inner.Max(Depth);

    /// <summary>A node stands in the middle of what works through it.</summary>
    private DiagramBox Place(DiagramNode node, int column, ref int bottom)
    {
        var first = bottom;
        var below = new List<DiagramBox>();
        foreach (var inner in node.Inner) below.Add(Place(inner, inner.Part == DiagramPart.Action ? Columns - 1 : column + 1, ref bottom));
        var box = Box(node.Part, node.Text, column, 0);
        var y = below.Count == 0 ? first : Math.Max(first, (below[0].Middle + below[^1].Middle - box.Height) / 2);
        box = box with { Y = y };
        bottom = Math.Max(bottom, box.Y + box.Height + Gap);
        boxes.Add(box);
        lines.AddRange(below.Select(to => (box, to)));
        return box;
    }

    private static DiagramBox Box(DiagramPart part, string text, int column, int y)
    {
        var wrapped = Wrap(text);
        return new(part, 1 + column * (BoxWidth + ColumnGap), y, BoxWidth, wrapped.Count * LineHeight + 2 * Padding, wrapped);
    }

    private static List<string> Wrap(string text)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Chunk(Letters).Select(part => new string(part))))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > Letters) lines.Add(word);
            else lines[^1] = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
        }
        return lines;
    }
}
