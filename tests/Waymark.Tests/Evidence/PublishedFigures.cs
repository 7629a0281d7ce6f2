using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Evidence;

/// <summary>Figures as an import has left them, without a file.</summary>
internal static class PublishedFigures
{
    public static void Publish(this TestStore store, int import, FigureStatus status, int rank, params (PlaceKey Place, double? Value, double? Count, long? Of)[] cells) =>
        store.Publish(import, [.. cells.Select(cell => CubeTests.Row(import, cell.Place, status, rank, cell.Value, cell.Count, cell.Of, Catalogue.Measure("ks2.rwm.exp")))]);

    public static void Publish(this TestStore store, int import, params FigureRow[] rows)
    {
        using var db = store.Open();
        var published = new Import
        {
            Id = import,
            FileName = $"published_{import}.csv",
            Sha256 = import.ToString("x64", CultureInfo.InvariantCulture),
            Format = "test",
            Title = "Published figures",
            ImportedAt = new DateTime(2016, 12, 15, 9, 30, 0, DateTimeKind.Utc),
        };
        published.Years = string.Join(' ', rows.Select(row => row.Year.Code).Distinct().Order());
        published.Publish().ShouldBeNull();
        db.Add(published);
        db.AddRange(rows);
        db.SaveChanges();
        // PostgreSQL counts on from the last number that it gave itself.
        if (store.Database is Database.Postgres) db.Database.ExecuteSqlRaw("select setval(pg_get_serial_sequence('import', 'id'), (select max(id) from import))");
    }
}
