using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Tests.Shared.Documents;

public class CsvTests
{
    [Fact]
    public void A_table_is_exported_as_it_is_seen()
    {
        var lines = Text(s => TableCsv.Write(SampleReport.Trend, s)).Split("\r\n");
        lines[0].ShouldBe("group,time_period,value,lower,upper,denominator");
        lines[1].ShouldBe("Houghton Regis,201213,66.5,59.9,72.5,212");
        lines.Length.ShouldBe(SampleReport.Trend.Rows.Count + 2);
        Text(s => TableCsv.Write(SampleReport.Gap, s)).ShouldContain("Maths,Disadvantaged pupils,c,c,c,88");
    }

    [Fact]
    public void It_is_UTF8_without_a_byte_order_mark()
    {
        using var file = new MemoryStream();
        TableCsv.Write(SampleReport.People, file);
        file.ToArray()[..4].ShouldBe("name"u8.ToArray());
    }

    [Fact]
    public void Halves_are_rounded_away_from_zero()
    {
        var table = new Table("t", "T", [new("v", "Value", ColumnRole.Value)], [.. new[] { 62.5, 63.5, -0.5, 1e20 }.Select(v => new Row([new("", v)]))]);
        Text(s => TableCsv.Write(table, s)).ShouldBe("v\r\n63\r\n64\r\n-1\r\n1E+20\r\n");
    }

    [Fact]
    public void No_field_runs_as_a_formula_and_what_was_written_reads_back()
    {
        foreach (var (text, inert) in OfficeFiles.Formulas)
        {
            Inert.Write(text).ShouldBe(inert);
            Inert.Read(inert).ShouldBe(text);
        }
    }

    [Fact]
    public void Any_text_reads_back_as_it_was() =>
        Prop.ForAll<string?>(text => Inert.Read(Inert.Write(text ?? "")) == (text ?? "") && Inert.Read(Inert.Write("'=" + text)) == "'=" + text).QuickCheckThrowOnFailure();

    [Fact]
    public void Awkward_fields_are_quoted_and_come_back()
    {
        string[] awkward = ["a,b", "say \"hello\"", "two\nlines", " spaced ", "=1+1", "plain", "O'Brien"];
        var table = new Table("t", "T", [new("text", "Text"), new("end", "End")], [.. awkward.Select(t => new Row([new(t), new("x")]))]);
        var rows = Parse(Text(s => TableCsv.Write(table, s)));
        rows.Skip(1).Select(r => Inert.Read(r[0])).ShouldBe(awkward);
    }

    [Fact]
    public void A_tidy_figure_has_six_digit_years_and_a_symbol_where_a_number_is_missing()
    {
        TidyRow[] rows =
        [
            new(AcademicYear.Ending(2016), PlaceKind.School, "100001", "Larkmead, Academy", "ks2_rwm_exp", "Reading, writing and maths", "all", 62.25, 28, 45, 47.6, 75.1, Symbol.None, "%", 1),
            new(AcademicYear.Ending(2016), PlaceKind.Authority, "823", "Central Bedfordshire", "suspensions.rate", "Suspensions", "all", 4, null, null, null, null, Symbol.None, "per 100", 2, 12, 151, 1),
            new(AcademicYear.Ending(2016), PlaceKind.Authority, "823", "Central Bedfordshire", "ks2_rwm_exp", "Reading, writing and maths", "all", null, null, null, null, null, Symbol.Confidential, "%", 1),
        ];
        var lines = Parse(Text(s => TidyCsv.Write(rows, s)));
        lines[1].ShouldBe(["201516", "Academic year", "School", "100001", "Larkmead, Academy", "ks2_rwm_exp", "Reading, writing and maths", "all", "62.3", "28", "45", "47.6", "75.1", "", "%", "z", "z", "z"]);
        lines[2].Skip(8).ShouldBe(["4.00", "x", "x", "x", "x", "", "per 100", "12", "151", "1"]);
        lines[3].Skip(2).ShouldBe(["Local authority", "823", "Central Bedfordshire", "ks2_rwm_exp", "Reading, writing and maths", "all", "c", "c", "c", "c", "c", "c", "%", "z", "z", "z"]);
    }

    [Fact]
    public void The_meta_file_names_every_column_that_is_neither_time_nor_level()
    {
        var header = Parse(Text(s => TidyCsv.Write([], s)))[0];
        var meta = Parse(Text(TidyCsv.WriteMeta));
        meta[0].ShouldBe(["col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint", "filter_grouping_column"]);
        meta.Skip(1).Select(m => m[0]).ShouldBe(header.Skip(3), ignoreOrder: true);
        meta.Skip(1).Select(m => m[1]).ShouldAllBe(type => type == "Filter" || type == "Indicator");
    }

    private static string Text(Action<Stream> write)
    {
        using var file = new MemoryStream();
        write(file);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    /// <summary>Reads RFC 4180 without the writer's help.</summary>
    private static List<List<string>> Parse(string csv)
    {
        List<List<string>> rows = [[]];
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            if (quoted && csv[i] == '"' && i + 1 < csv.Length && csv[i + 1] == '"') field.Append(csv[i++]);
            else if (csv[i] == '"') quoted = !quoted;
            else if (quoted || csv[i] is not (',' or '\r' or '\n')) field.Append(csv[i]);
            else if (csv[i] is ',' or '\n')
            {
                rows[^1].Add(field.ToString());
                field.Clear();
                if (csv[i] == '\n') rows.Add([]);
            }
        }
        rows.RemoveAt(rows.Count - 1);
        return rows;
    }
}
