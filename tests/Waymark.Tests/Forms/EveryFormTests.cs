using System.Globalization;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Tests.House;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Forms;

/// <summary>
/// Every form of the application, found by asking every address for its page: filled in so that it can be kept, and sent with more than it asks for, with words that
/// break other programs, or without its token.
/// </summary>
public sealed class EveryFormTests
{
    private const string Planted = "over-posted by hand";
    private const int PlantedNumber = 47_110_815;
    private const int Share = 24;
    /// <summary>A form of more than 1,024 fields is refused unread.</summary>
    private const int MostFields = 1_000;
    private const string PlantedDay = "1901-02-03";

    /// <summary>Tables that keep what was sent because it was sent, or hold figures of which one may be any number.</summary>
    private static readonly string[] NotCompared = ["form_key", "figure", "audit_value"];

    [Fact, Trait("attack", "A20")]
    public async Task Nothing_that_is_not_on_a_form_is_changed_by_sending_it()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        var before = Holding(store);
        var sent = new Counts();
        ILookup<string, string> plants;
        using (var db = store.Open())
            plants = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().SelectMany(property => new[] { property.Name, $"{entity.ClrType.Name}.{property.Name}" }.Select(name => (Name: name, Value: Plant(property.ClrType)))))
                // What stands in the address may not come from the form either.
                .Concat(new[] { "id", "slug", "urn", "code", "kind", "change", "member", "person", "caller", "handler", "secret" }.SelectMany(name => new[] { (Name: name, Value: Planted), (Name: name, Value: PlantedNumber.ToString(CultureInfo.InvariantCulture)) }))
                .Distinct().ToLookup(plant => plant.Name, plant => plant.Value, StringComparer.OrdinalIgnoreCase);
        await foreach (var (visitor, page, form) in Forms(host, store))
        {
            var fields = Filled(form, "Plain words");
            var more = plants.Where(plant => !fields.Any(field => field.Name.Equals(plant.Key, StringComparison.OrdinalIgnoreCase) || field.Name.StartsWith(plant.Key + ".", StringComparison.OrdinalIgnoreCase)));
            // A name is sent once in a form, so one that is of two types goes in two rounds.
            var rounds = more.SelectMany(plant => plant.Distinct().Select((value, round) => (Name: plant.Key, Value: value, Round: round))).GroupBy(plant => plant.Round);
            foreach (var part in rounds.SelectMany(round => round.Chunk(MostFields - fields.Count)))
            {
                var answer = await Post(visitor, page, form, [.. fields.Select(field => field.Name == "_key" ? (field.Name, Guid.NewGuid().ToString("N")) : field), .. part.Select(plant => (plant.Name, plant.Value))]);
                sent.Add(page, form, answer);
            }
        }
        sent.Faults.ShouldBeEmpty();
        sent.Kept.ShouldBeGreaterThan(20, "forms that are refused prove nothing");
        Holding(store).Except(before).ShouldBeEmpty();
    }

    [Fact, Trait("attack", "B15")]
    public async Task Every_form_without_its_token_or_with_another_person_s_is_refused_and_changes_nothing()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var stranger = host.NewVisitor(RoleKind.Viewer, person: 3);
        var theirs = (await stranger.Get("/sign-out")).Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var forms = 0;
        int events;
        using (var db = store.Open()) events = Changes(db);
        await foreach (var (visitor, page, form) in Forms(host, store))
        {
            forms++;
            var fields = Filled(form, "Plain words").Where(field => field.Name != "__RequestVerificationToken").ToList();
            fields.Count(field => field.Name == "__RequestVerificationToken").ShouldBe(0);
            form.QuerySelectorAll("[name=__RequestVerificationToken]").Length.ShouldBe(1, $"{page.Address.PathAndQuery}: {form.OuterHtml[..120]}");
            foreach (var spoiled in new[] { fields, [.. fields, ("__RequestVerificationToken", theirs)], [.. fields, ("__RequestVerificationToken", "")] })
                (await Post(visitor, page, form, spoiled)).Status.ShouldBe(System.Net.HttpStatusCode.BadRequest, $"{page.Address.PathAndQuery}: {form.OuterHtml[..120]}");
        }
        forms.ShouldBeGreaterThan(30);
        using (var db = store.Open()) Changes(db).ShouldBe(events);
    }

    [SkippableFact, Trait("attack", "F10")]
    public async Task Words_that_break_programs_come_back_as_they_were_typed_from_every_form_and_run_nothing()
    {
        var naughty = JsonSerializer.Deserialize<List<string>>(await File.ReadAllBytesAsync(SharedData.File("../corpora/naughty/blns.json")))!.Where(text => text.Trim().Length > 0).ToList();
        using var store = TestStore.WithExample(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        var sent = new Counts();
        var lost = new List<string>();
        var forms = 0;
        await foreach (var (visitor, page, form) in Forms(host, store))
        {
            // Only forms that keep words; what they keep is looked up in the trail of what was changed.
            if (!HasWords(form)) continue;
            // Every text goes through some forms, every form gets some texts; WAYMARK_ALL_WORDS sends every text through every form, which takes hours.
            var (first, step) = Environment.GetEnvironmentVariable("WAYMARK_ALL_WORDS") is null ? (forms++ % Share, Share) : (0, 1);
            for (var i = first; i < naughty.Count; i += step)
            {
                var text = naughty[i];
                int events;
                using (var db = store.Open()) events = db.AuditEvents.Count();
                var answer = await Post(visitor, page, form, [.. Filled(form, text).Select(field => field.Name == "_key" ? (field.Name, Guid.NewGuid().ToString("N")) : field).Where(field => field.Name != "_version")]);
                sent.Add(page, form, answer, text);
                if (Runs(answer) is { } fault) lost.Add($"{page.Address.PathAndQuery} '{text}': {fault}");
                if (answer.Location is not { } next) continue;
                using (var db = store.Open())
                    if (db.AuditEvents.Count() > events && db.AuditEvents.Max(audit => audit.Id) is var last && db.AuditValues.Where(value => value.EventId == last && value.After != null).Select(value => value.After!).ToList() is { Count: > 0 } kept
                        && kept.Any(after => Alike(after, text)) && !kept.Any(after => Same(after, text))) lost.Add($"{page.Address.PathAndQuery} '{text}' is kept as '{kept.First(after => Alike(after, text))}'");
                if (i % 3 == 0 && Runs(await visitor.Get(next.ToString())) is { } after2) lost.Add($"{next.PathAndQuery} '{text}': {after2}");
            }
        }
        sent.Faults.ShouldBeEmpty();
        lost.Take(20).ShouldBeEmpty();
        sent.Kept.ShouldBeGreaterThan(100);
        using (var db = store.Open()) db.BrokenAudit().ShouldBeEmpty();
    }

    /// <summary>What a property of a type would take: it tells itself again in the store.</summary>
    private static string Plant(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var day when day == typeof(DateOnly) || day == typeof(DateTime) => PlantedDay,
        var flag when flag == typeof(bool) => "true",
        var text when text == typeof(string) => Planted,
        // Numbers, and what is kept as one.
        _ => PlantedNumber.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What a browser would run of a page: nothing but our own files.</summary>
    private static string? Runs(PageAnswer page)
    {
        if (page.ContentHeaders.ContentType?.MediaType != "text/html") return null;
        if (page.Document.QuerySelectorAll("script").FirstOrDefault(script => script.GetAttribute("src")?.StartsWith("/built/", StringComparison.Ordinal) != true) is { } script) return script.OuterHtml;
        foreach (var element in page.Document.All)
            foreach (var attribute in element.Attributes)
                if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || (attribute.Name is "href" or "src" or "action" or "formaction" && attribute.Value.Trim().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))) return element.OuterHtml;
        return page.Document.QuerySelector("iframe, object, embed, base, meta[http-equiv=refresh]")?.OuterHtml;
    }

    /// <summary>Asking for the forms of single children's pages is written down as well.</summary>
    private static int Changes(WaymarkDb db) => db.AuditEvents.Count(audit => audit.Kind != AuditKind.Look);

    private static bool Same(string kept, string typed) => kept.ReplaceLineEndings("\n") == typed.ReplaceLineEndings("\n") || kept.ReplaceLineEndings("\n") == typed.Trim().ReplaceLineEndings("\n");

    private static bool Alike(string kept, string typed) => string.Concat(kept.Where(char.IsLetterOrDigit)) is { Length: > 2 } letters && string.Concat(typed.Where(char.IsLetterOrDigit)) == letters;

    private static bool HasWords(IElement form) => form.QuerySelector("textarea, input:not([type]), input[type=text]:not([inputmode])") is not null;

    /// <summary>Every form that an officer, a data officer in one, somebody signed in, or anybody may send.</summary>
    private static async IAsyncEnumerable<(Visitor Visitor, PageAnswer Page, IElement Form)> Forms(WaymarkHost host, TestStore store)
    {
        var samples = Samples.From(store);
        foreach (var line in PermissionMatrixTests.Written.Where(line => line.Method == "POST").OrderBy(line => line.Route, StringComparer.Ordinal).ToList())
        {
            // Signing in, joining and choosing a password are for who is not signed in.
            var isForStrangers = line.Route.StartsWith("/sign-in", StringComparison.Ordinal) || line.Route.StartsWith("/welcome", StringComparison.Ordinal);
            using var visitor = isForStrangers ? host.NewVisitor() : host.NewVisitor(line.Entry == "role" && !line.Everywhere.Contains(RoleKind.Officer) ? line.Everywhere.Concat(line.Own).First() : RoleKind.Officer);
            var page = await visitor.Get(samples.Address(line.Route, isThere: true));
            if (page.Status != System.Net.HttpStatusCode.OK) continue;
            foreach (var form in page.Document.QuerySelectorAll("main form[method=post]").ToList()) yield return (visitor, page, form);
        }
    }

    private static Task<PageAnswer> Post(Visitor visitor, PageAnswer page, IElement form, IReadOnlyList<(string Name, string Value)> fields)
    {
        var target = new Uri(page.Address, form.GetAttribute("action") is { Length: > 0 } action ? action : page.Address.PathAndQuery);
        HttpContent body;
        if (string.Equals(form.GetAttribute("enctype"), "multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var parts = new MultipartFormDataContent();
            foreach (var (name, value) in fields) parts.Add(new StringContent(value), name);
            body = parts;
        }
        else body = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return visitor.Send(new HttpRequestMessage(HttpMethod.Post, target) { Content = body });
    }

    /// <summary>A form as somebody fills it in who leaves nothing out.</summary>
    private static List<(string Name, string Value)> Filled(IElement form, string words)
    {
        var fields = new List<(string Name, string Value)>();
        foreach (var control in form.QuerySelectorAll("input[name], select[name], textarea[name]").Where(control => !control.HasAttribute("disabled")))
        {
            var name = control.GetAttribute("name")!;
            var part = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
            switch (control)
            {
                case IHtmlInputElement { Type: "submit" or "button" or "image" or "reset" or "file" }: break;
                case IHtmlInputElement { Type: "hidden" } hidden: fields.Add((name, hidden.Value)); break;
                case IHtmlInputElement { Type: "radio" } radio:
                    if (!fields.Any(field => field.Name == name)) fields.Add((name, radio.GetAttribute("value") ?? "on"));
                    break;
                case IHtmlInputElement { Type: "checkbox" } box: fields.Add((name, box.GetAttribute("value") ?? "on")); break;
                case IHtmlSelectElement select: fields.Add((name, select.Options.LastOrDefault(option => option.Value.Length > 0)?.Value ?? "")); break;
                case IHtmlInputElement input when part is "day" or "month" or "year": fields.Add((name, input.Value.Length > 0 ? input.Value : part == "year" ? "2017" : "1")); break;
                case IHtmlInputElement { Type: "email" }: fields.Add((name, $"reader{fields.Count}.{Interlocked.Increment(ref next)}@example.org")); break;
                case IHtmlInputElement { Type: "password" }: fields.Add((name, "walnut-harbour-seven")); break;
                case IHtmlInputElement input when input.HasAttribute("inputmode"): fields.Add((name, input.Value.Length > 0 ? input.Value : "7")); break;
                default: fields.Add((name, words)); break;
            }
        }
        return fields;
    }

    private static int next;

    /// <summary>For each column of each table, how often it holds what is planted.</summary>
    private static HashSet<string> Holding(TestStore store)
    {
        using var db = store.Open();
        using var connection = store.Store.Connect();
        var found = new HashSet<string>();
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => !NotCompared.Contains(entity.GetTableName())))
            foreach (var property in entity.GetProperties())
            {
                using var command = connection.CreateCommand();
                var column = $"\"{property.GetColumnName()}\"";
                command.CommandText = $"select count(*) from \"{entity.GetTableName()}\" where {column} = {PlantedNumber} or cast({column} as text) like '%{Planted}%' or cast({column} as text) like '{PlantedDay}%'";
                if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) is > 0 and var count) found.Add($"{entity.GetTableName()}.{property.GetColumnName()}: {count}");
            }
        return found;
    }

    private sealed class Counts
    {
        public int Kept { get; private set; }
        public List<string> Faults { get; } = [];

        public void Add(PageAnswer page, IElement form, PageAnswer answer, string words = "")
        {
            if (answer.Location is not null) Kept++;
            if ((int)answer.Status >= 500) Faults.Add($"{page.Address.PathAndQuery} {form.GetAttribute("action")} {form.Id}: {(int)answer.Status} {words}");
        }
    }
}
