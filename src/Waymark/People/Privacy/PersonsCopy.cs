using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Waymark.Data;
using Waymark.Shared.Mail;

namespace Waymark.People.Privacy;

/// <summary>
/// All that the store holds about one person, in one file: for who asks what is kept about them. Found through the model, so that a new table that names a person is in it.
/// Hashes and secrets are left out, and so is every other person: of what they did, the record's number stands there.
/// </summary>
public static class PersonsCopy
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Of(WaymarkDb db, Person person)
    {
        var copy = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["person"] = Fields(db, person) };
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.ClrType != typeof(Person) && entity.FindProperty("PersonId") is not null))
            Put(copy, entity, Rows(db, entity.ClrType).Where(row => Equals(entity.FindProperty("PersonId")!.PropertyInfo!.GetValue(row), person.Id)).Select(row => Fields(db, row)));
        Put(copy, db.Model.FindEntityType(typeof(OutboxMail))!, db.Outbox.AsNoTracking().Where(letter => letter.Recipient == person.Email).AsEnumerable().Select(letter => Fields(db, letter)));
        var name = $"{nameof(Person)} {person.Id.ToString(CultureInfo.InvariantCulture)}";
        Put(copy, db.Model.FindEntityType(typeof(AuditValue))!, db.AuditValues.AsNoTracking().Where(value => value.Record == name).AsEnumerable().Select(value => Fields(db, value)));
        return JsonSerializer.SerializeToUtf8Bytes(copy, Options);
    }

    private static void Put(SortedDictionary<string, object> copy, IEntityType entity, IEnumerable<object> rows)
    {
        if (rows.ToList() is { Count: > 0 } all) copy[entity.GetTableName()!] = all;
    }

    private static IEnumerable<object> Rows(WaymarkDb db, Type type) =>
        ((IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type).Invoke(db, null)!).AsNoTracking();

    private static Dictionary<string, object?> Fields(WaymarkDb db, object row) => db.Model.FindEntityType(row.GetType())!.GetProperties()
        .Where(property => property.PropertyInfo is { } info && info.PropertyType != typeof(byte[]) && !info.IsDefined(typeof(NotAuditedAttribute)))
        .ToDictionary(property => property.GetColumnName(), property => property.PropertyInfo!.GetValue(row) switch
        {
            null => null,
            DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            bool yes => (object)yes,
            int number => number,
            var value => Convert.ToString(value, CultureInfo.InvariantCulture),
        });
}
