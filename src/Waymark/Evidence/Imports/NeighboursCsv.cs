using System.Globalization;
using Dapper;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Evidence.Imports;

/// <summary>Reads lists of statistical neighbours: one row for each authority, each of its neighbours and each list, which bears the month from which it is used.</summary>
internal sealed class NeighboursCsv : Importer
{
    private static readonly string[] Columns = ["la_code", "rank", "neighbour_la_code", "list"];
    private static readonly string[] Described = ["la_name", "region", "closeness"];
    private static readonly string[] Days = ["yyyy-MM", "yyyy-MM-dd"];

    public override string Reads => "lists of statistical neighbours (la_code, rank, neighbour_la_code, list)";

    public override Recognised? Recognise(TabularFile file) => Columns.All(file.Has) ? new Recognised("statistical-neighbours", "Statistical neighbours of authorities", Columns.Length) : null;

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        foreach (var column in file.Header.Where(column => column.Length > 0 && !Columns.Contains(column, StringComparer.OrdinalIgnoreCase)))
            run.UnknownColumn(column, Described.Contains(column, StringComparer.OrdinalIgnoreCase) ? "words about the authority or its neighbour" : "a list of neighbours has no place for this column");
        var at = Columns.Select(file.Column).ToArray();
        var rows = new Dictionary<(int Authority, DateOnly Since, int Rank), (int Neighbour, int Line)>();
        foreach (var row in file.Rows())
        {
            run.Read();
            if (row.IsBlank)
            {
                run.List(row.Line, "this row is blank");
                continue;
            }
            if (row.Text(at[2]) is "-" or "")
            {
                run.List(row.Line, "this list names no neighbour of this rank");
                continue;
            }
            var (authority, neighbour) = (Authority(row, at[0]), Authority(row, at[2]));
            int? rank = int.TryParse(row.Text(at[1]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
            if (rank is null) Fault(row, at[1], "This is not a rank. Write 1 for the nearest neighbour, 2 for the next.");
            DateOnly? since = DateOnly.TryParseExact(row.Text(at[3]), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
            if (since is null) Fault(row, at[3], "This does not say from when the list is used. Write the month, for example 2021-04.");
            if (authority is null || neighbour is null || rank is null || since is null) continue;
            if (authority == neighbour) Fault(row, at[2], "An authority is no neighbour of its own. Write the code of another.");
            else if (!rows.TryAdd((authority.Value, since.Value, rank.Value), (neighbour.Value, row.Line)))
                Fault(row, at[1], $"Line {rows[(authority.Value, since.Value, rank.Value)].Line} names a neighbour of this rank already. Give each its own.");
            else run.Kept();
        }
        if (run.Faults > 0) return;
        run.Connection.Execute("insert into statistical_neighbour (import_id, authority, since, rank, neighbour, line) values (@ImportId, @Authority, @Since, @Rank, @Neighbour, @Line)",
            rows.Select(row => new { run.ImportId, row.Key.Authority, row.Key.Since, row.Key.Rank, row.Value.Neighbour, row.Value.Line }), run.Transaction);

        int? Authority(TabularRow row, int column)
        {
            if (LocalAuthorityCode.TryParse(row.Text(column), null, out var code)) return code.Value;
            Fault(row, column, "This is not a local authority's code. It has three digits, for example 823.");
            return null;
        }

        void Fault(TabularRow row, int column, string sentence) => run.Fault(row.Line, file.Header[column], row.Text(column), sentence);
    }
}
