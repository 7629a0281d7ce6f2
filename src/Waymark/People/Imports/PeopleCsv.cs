using System.Globalization;
using System.Text;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.People.Imports;

/// <param name="Place">Null for a partner organisation that is new here; its name is <paramref name="PlaceText"/>.</param>
public sealed record PeopleRow(int Line, string Name, string Email, RoleKind Role, NamedPlace? Place, string PlaceText, DateOnly From);

/// <summary>people.csv: name, email, role, place, from. Every row's faults are collected before anybody is invited.</summary>
public static class PeopleCsv
{
    public const int MostRows = 2_000;
    private static readonly string[] Needed = ["name", "email", "role", "place", "from"];
    private static readonly string[] Formats = ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy"];

    public static string Heading => string.Join(',', Needed) + "\r\n";

    /// <exception cref="ImportRefusedException">It is no table, or not this one.</exception>
    public static (IReadOnlyList<PeopleRow> Rows, IReadOnlyList<ImportNote> Faults) Read(TabularFile file, WaymarkDb db)
    {
        int Column(string name) => file.Has(name) ? file.Column(name) : name == "email" ? file.Column("e-mail") : -1;
        if (Needed.Where(name => Column(name) < 0).ToList() is { Count: > 0 } missing)
            throw new ImportRefusedException($"{file.Name} has no column {string.Join(" and no column ", missing)}. Its first line must name the columns {string.Join(", ", Needed)}.");
        var (rows, faults) = (new List<PeopleRow>(), new List<ImportNote>());
        var offered = Roles.All.SelectMany(role => role.HeldFor()).Distinct().ToDictionary(kind => kind, kind => db.PlacesOffered(kind));
        var held = db.RolesHeld.Join(db.People, role => role.PersonId, person => person.Id, (role, person) => new { person.EmailKey, role }).AsEnumerable().ToLookup(of => of.EmailKey, of => of.role);
        foreach (var row in file.Rows())
        {
            if (row.IsBlank) continue;
            var (line, before) = (row.Line, faults.Count);
            string Cell(string name) => Inert.Read(row.Text(Column(name)));
            void Fault(string column, string sentence) => faults.Add(new ImportNote { Kind = NoteKind.Fault, Line = line, Column = column, Value = Cell(column) is { Length: > 80 } text ? text[..80] + "…" : Cell(column), Sentence = sentence });
            if (Person.CheckName(Cell("name")) is { } name) Fault("name", name);
            if (Person.CheckEmail(Cell("email")) is { } email) Fault("email", email);
            var role = Roles.Find(Cell("role"));
            if (role is null) Fault("role", $"There is no such role. Write one of {string.Join(", ", Roles.All.Select(each => each.Code()))}.");
            var place = role is { } kind ? PlaceOf(offered, kind, Cell("place")) : null;
            if (role is { } needsPlace && place is null && (needsPlace != RoleKind.Partner || Organisation.CheckName(Cell("place")) is not null))
                Fault("place", $"No place of a {needsPlace.InWords().ToLowerInvariant()} is known by this. Write a school’s URN, a cluster’s name, or leave it empty for a role in the whole partnership.");
            if (!DateOnly.TryParseExact(Cell("from"), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)) Fault("from", "This is not a date. Write it as 2016-09-01 or 01/09/2016.");
            if (faults.Count > before) continue;
            var next = new PeopleRow(line, Cell("name").Trim(), Cell("email").Trim(), role!.Value, place, Cell("place").Trim(), from);
            if (rows.FirstOrDefault(other => Same(other, next)) is { } twice) Fault("email", $"This person has this role on line {twice.Line} already.");
            else if (place is not null && RoleHeld.Check(next.Role, place.Key, from, null, held[Person.KeyOf(next.Email)]) is { } rule) Fault("role", rule);
            else if (rows.FirstOrDefault(other => Person.KeyOf(other.Email) == Person.KeyOf(next.Email) && other.Name != next.Name) is { } other) Fault("name", $"Line {other.Line} has another name for this address: {other.Name}.");
            else rows.Add(next);
            if (rows.Count + faults.Count > MostRows) throw new ImportRefusedException($"{file.Name} has more than {MostRows:N0} rows. Split it.");
        }
        return (rows, faults);
    }

    /// <summary>The rows as a file again, to be read anew when they are confirmed.</summary>
    public static string Write(IEnumerable<PeopleRow> rows)
    {
        var text = new StringBuilder(Heading);
        foreach (var row in rows)
            text.AppendJoin(',', new[] { row.Name, row.Email, row.Role.Code(), row.Place?.Code ?? row.PlaceText, row.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
        return text.ToString();
    }

    private static bool Same(PeopleRow one, PeopleRow other) =>
        Person.KeyOf(one.Email) == Person.KeyOf(other.Email) && one.Role == other.Role && one.Place?.Key == other.Place?.Key && (one.Place is not null || one.PlaceText.Equals(other.PlaceText, StringComparison.OrdinalIgnoreCase));

    private static NamedPlace? PlaceOf(Dictionary<PlaceKind, IReadOnlyList<NamedPlace>> offered, RoleKind role, string text)
    {
        var kinds = role.HeldFor();
        if (text.Length == 0) return kinds[0] is PlaceKind.Partnership or PlaceKind.Board ? offered[kinds[0]][0] : null;
        var places = kinds.SelectMany(kind => offered[kind]).ToList();
        return places.Find(place => place.Code.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? (places.Where(place => place.Name.Equals(text, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var named] ? named : null);
    }
}
