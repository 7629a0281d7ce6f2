using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Data;
using Waymark.Field;
using Waymark.Listening;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Listening;

/// <summary>Who has answered and what was answered stay apart, whoever holds the database, its log, its backups and their differences.</summary>
public sealed class AnonymityTests
{
    [SkippableTheory, Databases, Trait("attack", "C02")]
    public async Task A_full_dump_joins_nobody_to_an_answer(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        var people = Enumerable.Range(0, 47).Select(i => $"person{i:00}@example.org").ToList();
        using (var db = store.Open())
        {
            var of = db.Surveys.First(one => one.Id == survey.Id);
            db.AddRange(people.Select(email => SurveyLinks.Invite(of, survey.Keys.Of(survey.Id), email, "", PlaceKey.Partnership)));
            await db.SaveChangesAsync();
        }
        await using var host = await WaymarkHost.Serving(store);
        var dumps = new List<Dump> { Dump.Of(store) };
        var order = people.OrderBy(email => email.GetHashCode(StringComparison.Ordinal)).ToList();
        foreach (var email in order)
        {
            await Answer(host, survey, survey.Keys.Of(survey.Id).Secret(SurveyLinks.Of(email, PlaceKey.Partnership)), TextOf(email));
            dumps.Add(Dump.Of(store));
            await host.Services.GetRequiredService<Mixer>().MoveOn();
            dumps.Add(Dump.Of(store));
        }
        survey.Close(store);
        await host.Services.GetRequiredService<Mixer>().MoveOn();
        dumps.Add(Dump.Of(store));
        var last = dumps[^1];
        last.Rows["answer"].Count(row => row.Contains(TextOf(order[0]))).ShouldBe(1, "the attacker sees every answer, and every row of who has answered");
        last.Rows["invitation"].Count.ShouldBe(48);

        // By a value: no value of an answer's row stands in rows about fewer than ten people.
        var about = people.SelectMany(email => last.Rows.Where(table => table.Key is not ("answer" or "sheet")).SelectMany(table => table.Value).Where(row => row.Contains(email)).SelectMany(row => row).Distinct().Select(value => (value, email)))
            .GroupBy(of => of.value, of => of.email).ToDictionary(of => of.Key, of => of.Distinct().Count());
        foreach (var value in last.Rows["answer"].Concat(last.Rows["sheet"]).SelectMany(row => row).Distinct())
            about.GetValueOrDefault(value, int.MaxValue).ShouldBeGreaterThanOrEqualTo(Mix.Least, $"'{value}' stands in an answer and beside a person");

        // By time or number: an answer has none.
        last.Columns["answer"].ShouldBe(["key", "survey_id", "anonymity", "question_id", "place", "sheet_key", "value", "verbatim", "may_quote"], ignoreOrder: true);

        // By order: the physical order of the rows says nothing of the order in which people came.
        var texts = last.Rows["answer"].Select(row => row.FirstOrDefault(value => value.StartsWith("I think ", StringComparison.Ordinal))).OfType<string>().ToList();
        texts.Count.ShouldBe(people.Count);
        var expected = order.Select(TextOf).ToList();
        texts.Where((text, i) => text == expected[i]).Count().ShouldBeLessThan(12, "as few as chance gives");

        // By the difference of two backups: whoever answered between them is one of at least ten.
        var seen = new HashSet<string>();
        var answered = new HashSet<string>();
        foreach (var dump in dumps)
        {
            var appeared = dump.Rows["answer"].SelectMany(row => row).Where(value => value.StartsWith("I think ", StringComparison.Ordinal)).Where(seen.Add).ToList();
            if (appeared.Count > 0)
            {
                appeared.Count.ShouldBeGreaterThanOrEqualTo(Mix.Least);
                var came = appeared.Select(text => expected.IndexOf(text)).ToList();
                Math.Abs(Spearman([.. came.Select(one => (double)came.Count(other => other < one))])).ShouldBeLessThan(0.95, "those who moved on together lie in no order");
            }
            var now = dump.Rows["invitation"].Where(row => row.Contains("answered")).Select(row => string.Join('|', row)).Where(answered.Add).Count();
            if (now > 0) appeared.ShouldBeEmpty("a commit that notes a person moved an answer");
        }

        // By what every other table keeps: no form, no event, no log of it.
        foreach (var table in last.Rows.Where(table => table.Key is not ("answer" or "text_reading")))
            table.Value.SelectMany(row => row).ShouldNotContain(value => value.Contains("I think ", StringComparison.Ordinal), table.Key);
        last.Rows["form_key"].ShouldBeEmpty();
        last.Rows["audit_event"].ShouldBeEmpty();
        last.Rows["ballot"].ShouldBeEmpty();
    }

    [SkippableTheory, Databases, Trait("attack", "C02")]
    public async Task Before_it_moves_on_nothing_readable_is_on_the_disk_and_every_seal_has_one_length(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        foreach (var text in new[] { "short", "I think that children should visit their new school twice before they move, " + new string('x', 1_500) })
            await Answer(host, survey, null, text);
        using var connection = store.Store.Connect();
        var seals = connection.Query<byte[]>("select content from sealed_sheet").ToList();
        seals.Select(seal => seal.Length).Distinct().Count().ShouldBe(1);
        seals.Count.ShouldBe(2);
        if (store.Folder is { } folder)
        {
            foreach (var file in Directory.EnumerateFiles(folder, "waymark.db*"))
                Encoding.Latin1.GetString(ReadShared(file)).Contains("children should visit", StringComparison.Ordinal).ShouldBeFalse(file);
        }
        new SealKey(new byte[32]).Open("sheet", seals[0]).ShouldBeNull();
        survey.Keys.Of(survey.Id).Open("draft", seals[0]).ShouldBeNull();
        survey.Keys.Of(survey.Id).Open("sheet", seals[0]).ShouldNotBeNull();
    }

    [SkippableTheory, Databases]
    public async Task When_all_has_moved_on_the_key_is_thrown_away_and_no_backup_holds_it(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        for (var i = 0; i < 12; i++) await Answer(host, survey, null, $"text {i}");
        var before = survey.Keys.Of(survey.Id).Secret("x");
        using (var backup = new MemoryStream())
        {
            Waymark.Data.Backup.Write(store.Store, backup);
            using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(backup.ToArray()));
            zip.Entries.ShouldNotContain(entry => entry.FullName.Contains("seal", StringComparison.Ordinal) && entry.FullName.EndsWith(".key", StringComparison.Ordinal));
            zip.Entries.ShouldContain(entry => entry.FullName == "tables/sealed_sheet.ndjson");
        }
        survey.Close(store);
        (await host.Services.GetRequiredService<Mixer>().MoveOn()).ShouldBe(12);
        survey.Keys.Of(survey.Id).Secret("x").ShouldNotBe(before);
    }

    [SkippableTheory, Databases, Trait("attack", "C03"), Trait("attack", "C04")]
    public void The_database_itself_refuses_what_would_give_somebody_away(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        var named = TestSurvey.Open(store, Anonymity.Named, "named-test");
        var question = survey.Questions(store)["words"].Id;
        using var connection = store.Store.Connect();
        var key = new byte[16];
        void Refused(string sql, object? values = null) => Should.Throw<DbException>(() =>
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(sql, values, transaction);
        }, sql);
        const string Answer = "insert into answer (\"key\", survey_id, anonymity, question_id, place, sheet_key, value, verbatim, may_quote) values (@key, @survey, @anonymity, @question, 70000000, @sheet, 'agree', @verbatim, @no)";
        object Of(byte[]? key, int? survey, int? anonymity, int? question, byte[]? sheet, string? verbatim) => new { key, survey, anonymity, question, sheet, verbatim, no = false };
        connection.Execute(Answer, Of(key, survey.Id, 1, question, null, null));
        connection.Execute("insert into sheet (\"key\", survey_id, anonymity, place) values (@key, @Id, 1, 70000000)", new { key, survey.Id });
        Refused(Answer, Of(null, survey.Id, 1, question, null, null));
        Refused(Answer, Of(new byte[15], survey.Id, 1, question, null, null));
        Refused(Answer, Of([1, .. new byte[15]], null, 1, question, null, null));
        Refused(Answer, Of([1, .. new byte[15]], survey.Id, null, question, null, null));
        Refused(Answer, Of([1, .. new byte[15]], survey.Id, 1, null, null, null));
        Refused(Answer, Of([1, .. new byte[15]], survey.Id, 1, question, key, null));
        Refused(Answer, Of([1, .. new byte[15]], survey.Id, 3, question, key, null));
        Refused(Answer, Of([1, .. new byte[15]], named.Id, 1, named.Questions(store)["words"].Id, null, null));
        Refused(Answer, Of([1, .. new byte[15]], named.Id, 3, named.Questions(store)["words"].Id, null, null));
        Refused(Answer, Of([1, .. new byte[15]], survey.Id, 1, named.Questions(store)["words"].Id, null, null));
        Refused(Answer, Of([1, .. new byte[15]], survey.Id, 1, question, null, "what was said"));
        foreach (var (column, value) in new (string, object)[] { ("name", "Amina Khan"), ("day", new DateTime(2016, 9, 5, 0, 0, 0, DateTimeKind.Unspecified)), ("invitation_id", 1), ("recorded_by", 1) })
            Refused($"update sheet set {column} = @value", new { value });
        Refused("insert into ballot (hash, survey_id) values (null, @Id)", new { survey.Id });
        Refused("insert into ballot (hash, survey_id) values (@key, @Id)", new { key, survey.Id });
        Refused("insert into sealed_sheet (\"key\", survey_id, anonymity, content) values (@key, @Id, 3, @content)", new { key, named.Id, content = new byte[64] });
        Refused("insert into sealed_sheet (\"key\", survey_id, anonymity, content) values (@key, @Id, 1, null)", new { key, survey.Id });
        foreach (var other in new[] { 2, 3 }) Refused("update survey set anonymity = @other where id = @Id", new { other, survey.Id });
        Survey.CheckAnonymity(Anonymity.Anonymous, Anonymity.Named, isAnswered: true).ShouldBe("Answers were given under the promise that the survey is anonymous. The promise stands.");
        Survey.CheckAnonymity(Anonymity.Anonymous, Anonymity.Named, isAnswered: false).ShouldBeNull();
    }

    [SkippableTheory, Databases, Trait("attack", "C05")]
    public async Task The_same_letter_sent_fifty_times_at_once_counts_once(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        var visitors = new List<(Visitor, PageAnswer)>();
        for (var i = 0; i < 50; i++)
        {
            var visitor = host.NewVisitor();
            visitors.Add((visitor, await ToLastPage(visitor, $"/answer/{survey.Code}/{survey.LetterSecret}", survey)));
        }
        var sent = await Task.WhenAll(visitors.Select(of => of.Item1.Submit(of.Item2, [("q-words", "all at once")], button: "Send my answers")));
        foreach (var (visitor, _) in visitors) visitor.Dispose();
        sent.ShouldAllBe(answer => answer.Location!.AbsolutePath == $"/answer/{survey.Code}");
        sent.Count(answer => answer.Location!.Query.Length == 0).ShouldBe(1);
        using var connection = store.Store.Connect();
        connection.ExecuteScalar<long>("select count(*) from sealed_sheet").ShouldBe(1);
    }

    [SkippableTheory, Databases, Trait("attack", "C05")]
    public async Task One_device_pressing_send_fifty_times_counts_once(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor();
        var page = await ToLastPage(visitor, $"/answer/{survey.Code}", survey);
        var cookies = visitor.Cookies.GetAllCookies().Select(cookie => $"{cookie.Name}={cookie.Value}");
        var sent = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/answer/{survey.Code}");
            request.Headers.Add("Cookie", string.Join("; ", cookies));
            request.Content = new FormUrlEncodedContent(page.Document.QuerySelectorAll("main form input[type=hidden]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value")!)).Append(new("go", "next")));
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }));
        sent.ShouldAllBe(status => status == 302);
        using var connection = store.Store.Connect();
        connection.ExecuteScalar<long>("select count(*) from sealed_sheet").ShouldBe(1);
    }

    [Fact, Trait("attack", "C11")]
    public async Task Ten_thousand_guesses_of_a_link_find_none_and_are_slowed_down()
    {
        using var store = TestStore.On(Database.Sqlite);
        var survey = TestSurvey.Open(store);
        survey.LetterSecret.Length.ShouldBe(32, "128 bits");
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor();
        var chance = new Random(11);
        var answers = new System.Collections.Concurrent.ConcurrentBag<int>();
        var guesses = Enumerable.Range(0, 10_000).Select(_ => Convert.ToHexStringLower([.. Enumerable.Range(0, 16).Select(_ => (byte)chance.Next(256))])).ToList();
        await Parallel.ForEachAsync(guesses, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (guess, stop) =>
        {
            using var answer = await visitor.Client.GetAsync(new Uri($"/answer/{survey.Code}/{guess}", UriKind.Relative), stop);
            answers.Add((int)answer.StatusCode);
        });
        answers.Count(status => status == 404).ShouldBeInRange(20, 28);
        answers.ShouldAllBe(status => status == 404 || status == 429);
        (await visitor.Get($"/answer/{survey.Code}/{survey.LetterSecret}")).Status.ShouldBe(System.Net.HttpStatusCode.TooManyRequests, "also a right one, until the minute is over");
        host.Time.Advance(TimeSpan.FromMinutes(2));
        (await visitor.Get($"/answer/{survey.Code}/{survey.LetterSecret}")).Location.ShouldNotBeNull();
    }

    private static string TextOf(string email) => $"I think this, as {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(email)))[..12]}";

    private static double Spearman(double[] ranks)
    {
        var mean = (ranks.Length - 1) / 2.0;
        return ranks.Select((rank, i) => (rank - mean) * (i - mean)).Sum() / ranks.Select((_, i) => (i - mean) * (i - mean)).Sum();
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Goes through the pages up to the last.</summary>
    internal static async Task<PageAnswer> ToLastPage(Visitor visitor, string link, TestSurvey survey)
    {
        var start = await visitor.Follow(await visitor.Get(link));
        var first = await visitor.Follow(await visitor.Submit(start, [], button: "Start"));
        first.Address.Query.ShouldBe("?at=1");
        return await visitor.Follow(await visitor.Submit(first, [("q-help-moves", "agree"), ("q-moved", "no")], button: "Continue"));
    }

    private static async Task Answer(WaymarkHost host, TestSurvey survey, string? secret, string text)
    {
        using var visitor = host.NewVisitor();
        var last = await ToLastPage(visitor, $"/answer/{survey.Code}{(secret is null ? "" : "/" + secret)}", survey);
        (await visitor.Follow(await visitor.Submit(last, [("q-words", text)], button: "Send my answers"))).Heading.ShouldBe("Thank you");
    }

    /// <summary>Every row of every table as text, in the order in which the database keeps them.</summary>
    private sealed record Dump(IReadOnlyDictionary<string, List<List<string>>> Rows, IReadOnlyDictionary<string, List<string>> Columns)
    {
        public static Dump Of(TestStore store)
        {
            using var connection = store.Store.Connect();
            var tables = connection.Query<string>(store.Store.IsSqlite ? "select name from sqlite_master where type = 'table' and name not like 'sqlite%'" : "select table_name from information_schema.tables where table_schema = 'public'").ToList();
            var (rows, columns) = (new Dictionary<string, List<List<string>>>(), new Dictionary<string, List<string>>());
            foreach (var table in tables)
            {
                using var command = connection.CreateCommand();
                command.CommandText = $"select * from \"{table}\"";
                using var reader = command.ExecuteReader();
                columns[table] = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
                rows[table] = [];
                while (reader.Read())
                    rows[table].Add([.. Enumerable.Range(0, reader.FieldCount).Where(i => !reader.IsDBNull(i)).Select(i => (Value: TextOf(reader.GetValue(i)), Name: reader.GetName(i)))
                        .Where(of => of.Name is not "is_answered" || of.Value is "1" or "True").Select(of => of.Name == "is_answered" ? "answered" : IsFlag(of.Name) ? $"{of.Name} {of.Value}" : of.Name == "id" ? $"{table} {of.Value}" : of.Name.EndsWith("_id", StringComparison.Ordinal) ? $"{Referenced(of.Name)} {of.Value}" : of.Value)]);
            }
            return new Dump(rows, columns);
        }

        /// <summary>Numbers count in their own tables: survey 1 is not question 1.</summary>
        private static string Referenced(string column) => column == "question_id" ? "survey_question" : column[..^3];

        /// <summary>Yes and no stand in every row; as bare numbers they would be taken for each other's.</summary>
        private static bool IsFlag(string column) => column is "anonymity" or "may_quote" or "is_unsubscribed" or "version" or "kind" or "state";

        private static string TextOf(object value) => value is byte[] bytes ? Convert.ToHexStringLower(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }
}
