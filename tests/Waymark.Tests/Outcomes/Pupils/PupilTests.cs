using System.Net;
using System.Text;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Outcomes.Pupils;
using Waymark.People.Privacy;
using Waymark.Shared.Imports;
using Waymark.Shared.Access;
using Waymark.Shared.Jobs;
using Waymark.Shared.Mail;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Outcomes.Pupils;

/// <summary>Data about single children: loaded only where the school has agreed, seen only by few, and each look is written down.</summary>
public sealed class PupilTests
{
    private const int Sandy = 900101, Biggleswade = 900102;

    private static TestStore Schools(Database database)
    {
        var store = TestStore.On(database);
        store.Load("edubasealldata20160905.csv", SchoolFiles.Register(
            $"{Sandy},823,2101,Sandy Primary School,Community school,Local authority maintained schools,Open,01-09-1970,,Primary,4,11,Sandy,SG19 1AA,516000,249000,,",
            $"{Biggleswade},823,2102,Biggleswade Primary School,Community school,Local authority maintained schools,Open,,,Primary,4,11,Biggleswade,SG18 8AA,519000,244000,,"));
        return store;
    }

    private static TestStore Loaded(Database database, int children = 30)
    {
        var store = Schools(database);
        using var db = store.Open();
        PupilSamples.Agree(db, Sandy);
        PupilSamples.Load(store, PupilSamples.File(Sandy, children)).Refused.ShouldBeFalse();
        return store;
    }

    [Theory]
    [InlineData("H801200001001", true)]
    [InlineData("h801200001001", false)]
    [InlineData("A801200001001", false)]
    [InlineData("H 80120000100", false)]
    [InlineData("8.23E+12", false)]
    [InlineData("H8012000010O1", false)]
    [InlineData("H801200001001 ", false)]
    [InlineData("", false)]
    public void A_pupil_number_is_taken_only_as_it_is_issued(string text, bool isOne) => Upn.TryParse(text, null, out _).ShouldBe(isOne);

    [Fact]
    public void Of_two_neighbouring_digits_that_change_places_the_check_letter_tells()
    {
        foreach (var i in Enumerable.Range(1, 99))
        {
            var right = PupilSamples.Number(i).ToString();
            for (var at = 1; at < 12; at++)
            {
                if (right[at] == right[at + 1]) continue;
                var swapped = right[..at] + right[at + 1] + right[at] + right[(at + 2)..];
                Upn.TryParse(swapped, null, out _).ShouldBeFalse(swapped);
            }
        }
    }

    [SkippableTheory, Databases, Trait("attack", "D25")]
    public void Without_the_schools_agreement_to_that_kind_and_year_nothing_is_loaded(Database database)
    {
        using var store = Schools(database);
        string Said(string csv) => string.Join(" / ", PupilSamples.Load(store, csv).Notes.Where(note => note.Kind == NoteKind.Fault));
        var file = PupilSamples.File(Sandy, 10);
        Said(file).ShouldContain($"line 2, column urn ('{Sandy}'): This school has no agreement in force to share “Results of assessments and examinations” of 2015/16");
        using (var db = store.Open()) PupilSamples.Agree(db, Sandy, "attainment");
        Said(file).ShouldContain("“Disadvantage, special educational needs and first language”");
        using (var db = store.Open()) PupilSamples.Agree(db, Sandy, "attainment characteristics", 201415, 201415);
        Said(file).ShouldContain("of 2015/16");
        using (var db = store.Open()) PupilSamples.Agree(db, Sandy);
        Said(file + PupilSamples.File(Biggleswade, 2, first: 50).Split('\n', 2)[1]).ShouldContain($"'{Biggleswade}'");
        using (var db = store.Open()) (db.Set<Pupil>().Count(), db.Set<PupilResult>().Count(), db.Imports.Count(import => import.Format == "pupil-results")).ShouldBe((0, 0, 0), "nothing half kept");

        var kept = PupilSamples.Load(store, file);
        (kept.Refused, kept.Import.RowsRead, kept.Import.RowsKept).ShouldBe((false, 10, 10));
    }

    [SkippableTheory, Databases, Trait("attack", "D19")]
    public void A_number_that_is_none_or_another_childs_refuses_the_file_and_merges_nobody(Database database)
    {
        using var store = Loaded(database);
        var good = PupilSamples.File(Sandy, 3).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var number = PupilSamples.Number(1).ToString();
        void Refused(string line, string sentence)
        {
            var outcome = PupilSamples.Load(store, string.Join('\n', [.. good.Select(row => row.Replace(",201516,", ",201516,", StringComparison.Ordinal)), line]));
            outcome.Refused.ShouldBeTrue(line);
            var said = string.Join(" / ", outcome.Notes.Where(note => note.Kind == NoteKind.Fault));
            said.ShouldContain(sentence);
            said.ShouldContain("line 5");
            said.ShouldNotContain(number, Case.Insensitive, "the number itself is not repeated");
        }
        string Line(string upn, string surname = "Else", string forename = "Somebody", string measure = "phonics.y2", string birth = "2009-10-05") => $"{upn},{surname},{forename},{birth},F,{Sandy},201516,no,N,no,{measure},1,checked";
        var other = Catalogue.FindMeasure("phonics.y2") is null ? "ks1.reading.exp" : "phonics.y2";
        Refused(Line("8.23E+12", measure: other), "has lost it: format the column as text");
        Refused(Line(number.ToLowerInvariant(), measure: other), "13 characters in capital letters");
        Refused(Line(number[..6] + " " + number[6..], measure: other), "13 characters in capital letters");
        Refused(Line((number[0] == 'A' ? 'B' : 'A') + number[1..], measure: other), "13 characters in capital letters");
        Refused(Line(number, measure: other), "Line 2 has this number with another name or birth date");
        Refused(good[1], "Line 2 has a result of this pupil at this measure and year already");

        // Against what is known here, too.
        var stranger = PupilSamples.Load(store, PupilSamples.Header + "\n" + Line(number, measure: other));
        string.Join(" / ", stranger.Notes.Where(note => note.Kind == NoteKind.Fault)).ShouldContain("This number is known here with another name or birth date");
        using var db = store.Open();
        db.Set<Pupil>().Count().ShouldBe(30);
        db.Set<PupilResult>().Count().ShouldBe(30);
    }

    [SkippableTheory, Databases]
    public void Pages_get_counts_and_no_count_of_few_children(Database database)
    {
        using var store = Loaded(database);
        using var db = store.Open();
        var cube = new Cube(db);
        var (measure, year, place) = (Catalogue.Measure("phonics.y1"), AcademicYear.FromCode(201516), PlaceKey.School(new(Sandy)));
        Figure Of(string group) => cube.Read([measure], [year], [place], [Catalogue.Group(group)]).Single();
        (Of("all").Numerator, Of("all").Denominator).ShouldBe((20, 30));
        (Of("girls").Numerator, Of("girls").Denominator).ShouldBe((10, 15));
        (Of("disadvantaged").Numerator, Of("disadvantaged").Denominator).ShouldBe((5, 7));

        using var few = Loaded(database, children: 4);
        using var other = few.Open();
        new Cube(other).Read([measure], [year], [place], [Catalogue.All]).Single().Symbol.ShouldBe(Symbol.Confidential);
    }

    [Fact]
    public void Whoever_has_the_database_alone_finds_no_name_and_no_number()
    {
        using var store = Loaded(Database.Sqlite);
        using (var connection = store.Store.Connect()) connection.Execute("pragma wal_checkpoint(truncate)");
        var bytes = File.ReadAllBytes(Path.Combine(store.Folder!, "waymark.db"));
        foreach (var canary in new[] { "Testsurname7", "Forename7", PupilSamples.Number(7).ToString(), "2009-10-08" })
            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)).ShouldBe(-1, canary);
        using var db = store.Open();
        var vault = new PupilVault(new SealKeys(store.Store));
        db.Set<Pupil>().AsEnumerable().Select(pupil => vault.Open(pupil)!.Surname).ShouldContain("Testsurname7", "with the keys the same store tells");
    }

    [SkippableTheory, Databases]
    public async Task Officers_and_the_schools_own_head_see_pupils_by_name_with_a_second_factor_and_nobody_else(Database database)
    {
        using var store = Loaded(database);
        await using var host = await WaymarkHost.Serving(store);
        async Task<HttpStatusCode> Sees(Visitor visitor)
        {
            using (visitor) return (await visitor.Get($"/schools/{Sandy}/pupils")).Status;
        }
        (await Sees(host.NewVisitor(RoleKind.Officer))).ShouldBe(HttpStatusCode.OK);
        (await Sees(host.NewVisitor(RoleKind.DataOfficer))).ShouldBe(HttpStatusCode.OK);
        (await Sees(host.NewVisitor(RoleKind.Headteacher, PlaceKey.School(new(Sandy))))).ShouldBe(HttpStatusCode.OK);
        (await Sees(host.NewVisitor(RoleKind.Governor, PlaceKey.School(new(Sandy))))).ShouldBe(HttpStatusCode.Forbidden);
        (await Sees(host.NewVisitor(RoleKind.Headteacher, PlaceKey.School(new(Biggleswade))))).ShouldBe(HttpStatusCode.NotFound);
        (await Sees(host.NewVisitor(RoleKind.Viewer))).ShouldBe(HttpStatusCode.Forbidden);
        using var password = host.SignedIn(host.Joined("Maria Ford", RoleKind.Headteacher, PlaceKey.School(new(Sandy))), secondFactor: false);
        var answer = await password.Get($"/schools/{Sandy}/pupils");
        answer.Location!.AbsolutePath.ShouldBe("/account/second-factor");
    }

    [SkippableTheory, Databases, Trait("attack", "K01")]
    public async Task Who_looked_at_a_pupil_is_told_whole_with_searches_and_downloads(Database database)
    {
        using var store = Loaded(database);
        await using var host = await WaymarkHost.Serving(store);
        var head = host.Joined("Maria Ford", RoleKind.Headteacher, PlaceKey.School(new(Sandy)));
        using var maria = host.SignedIn(head);
        using var officer = host.SignedIn(host.Joined("Olive Ford", RoleKind.Officer));
        var list = await maria.Get($"/schools/{Sandy}/pupils");
        list.All("tbody th").Count.ShouldBe(30);
        var found = await maria.Submit(list, [("words", "testsurname7")], "form[role=search]");
        found.All("tbody th").ShouldBe(["Testsurname7, Forename7"]);
        var file = await maria.Submit(found, [], "form[action='?handler=file']");
        file.Text.ShouldContain("Testsurname7");
        file.Text.ShouldNotContain("Testsurname8");
        var page = new Uri(list.Address, found.Document.QuerySelector("tbody th a")!.GetAttribute("href")!).PathAndQuery;
        await officer.Get(page);
        var copy = await officer.Submit(await officer.Get(page), [], "form[action='?handler=copy']");
        copy.Text.ShouldContain(PupilSamples.Number(7).ToString());

        var looks = (await officer.Get(page)).Document.QuerySelector("#looks")!.QuerySelectorAll("tbody tr").Select(row => string.Join(" | ", row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()))).ToList();
        looks.ShouldBe(["Olive Ford | Looked at its page", "Olive Ford | Downloaded by itself", "Olive Ford | Looked at its page", "Olive Ford | Looked at its page", "Maria Ford | Downloaded in a list", "Maria Ford | Searched and found", "Maria Ford | Saw it in the list"]);
        using var db = store.Open();
        db.BrokenAudit().ShouldBeEmpty();
        var seven = Pupil.RecordOf(int.Parse(page.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture));
        (await officer.Get($"/people/audit?q={Uri.EscapeDataString(seven)}&looks=true")).Document.QuerySelectorAll("tbody tr").Length.ShouldBe(7);
    }

    [SkippableTheory, Databases, Trait("attack", "A25")]
    public async Task An_account_that_opens_pupil_after_pupil_is_stopped_and_the_data_officer_is_told_once_without_a_name(Database database)
    {
        using var store = Loaded(database);
        await using var host = await WaymarkHost.Serving(store);
        host.Joined("Dora Field", RoleKind.DataOfficer);
        var olive = host.Joined("Olive Ford", RoleKind.Officer);
        using var officer = host.SignedIn(olive);
        var list = await officer.Get($"/schools/{Sandy}/pupils");
        var pages = list.Document.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!).ToList();
        for (var i = 1; i < Looks.Most; i++) (await officer.Get(pages[i % pages.Count])).Status.ShouldBe(HttpStatusCode.OK);
        PageAnswer[] refused = [await officer.Get(pages[0]), await officer.Get($"/schools/{Sandy}/pupils"), await officer.Submit(list, [("words", "Testsurname7")], "form[role=search]"), await officer.Submit(list, [], "form[action='?handler=file']")];
        refused.ShouldAllBe(answer => answer.Status == HttpStatusCode.TooManyRequests && !answer.Html.Contains("Testsurname", StringComparison.Ordinal));
        refused[0].Text.ShouldContain("You have opened very many pupils’ pages");
        using (var other = host.SignedIn(host.Joined("Maria Ford", RoleKind.Headteacher, PlaceKey.School(new(Sandy))))) (await other.Get(pages[0])).Status.ShouldBe(HttpStatusCode.OK, "nobody else is stopped");

        await host.Services.GetRequiredService<JobRunner>().RunDue();
        using (var db = store.Open())
        {
            var letter = db.Outbox.Where(letter => letter.Subject.Contains("pupils")).ToList().ShouldHaveSingleItem();
            letter.Recipient.ShouldStartWith("dora.field");
            letter.Body.ShouldContain("Olive Ford opened 120 pages with single pupils within 10 minutes");
            letter.Body.ShouldNotContain("Testsurname");
            db.BrokenAudit().ShouldBeEmpty();
        }
        host.Time.Advance(Looks.Within + TimeSpan.FromSeconds(1));
        (await officer.Get(pages[0])).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases, Trait("attack", "A25")]
    public async Task Where_nobody_else_answers_for_the_data_the_owner_of_the_account_is_told(Database database)
    {
        using var store = Loaded(database);
        await using var host = await WaymarkHost.Serving(store);
        var olive = host.Joined("Olive Ford", RoleKind.DataOfficer);
        using var officer = host.SignedIn(olive);
        for (var i = 0; i < Looks.Most; i++) (await officer.Get($"/schools/{Sandy}/pupils")).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.Get($"/schools/{Sandy}/pupils")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        await host.Services.GetRequiredService<JobRunner>().RunDue();
        host.LettersTo(olive.Email).ShouldHaveSingleItem().Subject.ShouldBe("Very many pupils' pages were opened by one account");
    }

    [SkippableTheory, Databases]
    public async Task A_school_takes_its_agreement_back_and_its_pupils_go_with_it(Database database)
    {
        using var store = Schools(database);
        await using var host = await WaymarkHost.Serving(store);
        using var head = host.SignedIn(host.Joined("Maria Ford", RoleKind.Headteacher, PlaceKey.School(new(Sandy))));
        var form = await head.Get($"/schools/{Sandy}/agreement");
        (await head.Submit(form, [("Kinds", null), ("SignedBy", "")])).Errors.ShouldBe(["Select what the school shares", "Enter the name of who gave it", "Enter the capacity, for example Headteacher", "Enter where the signed paper lies"]);
        var recorded = await head.Follow(await head.Submit(form, [("Kinds", "attainment"), ("Kinds", "characteristics"), ("FirstYear", "201516"), ("SignedBy", "Maria Ford"), ("SignedAs", "Headteacher"), ("Reference", "Folder 7")]));
        recorded.Text.ShouldContain("The agreement of Sandy Primary School was recorded");
        var desk = new ImportDesk(store.Store, Waymark.Shared.Room.All.SelectMany(room => room.Importers), new LocalClock(host.Time));
        desk.Load("pupils.csv", Encoding.UTF8.GetBytes(PupilSamples.File(Sandy, 12))).Refused.ShouldBeFalse();
        (await head.Get($"/schools/{Sandy}/pupils")).All("tbody th").Count.ShouldBe(12);

        recorded.Document.QuerySelector("a[href$='/withdraw']")!.GetAttribute("href").ShouldBe($"/schools/{Sandy}/agreement/1/withdraw");
        var ask = await head.Get(recorded.Document.QuerySelector("a[href$='/withdraw']")!.GetAttribute("href")!);
        ask.Text.ShouldContain("12 results of pupils of this school are taken away");
        var done = await head.Follow(await head.Submit(ask, []));
        done.Text.ShouldContain("12 results were taken away");
        using var db = store.Open();
        (db.Set<Pupil>().Count(), db.Set<PupilResult>().Count()).ShouldBe((0, 0));
        db.Set<Waymark.Outcomes.SharingAgreement>().Single().TakenAway.ShouldBe(12, "the proof is kept");
        (await head.Get($"/schools/{Sandy}/pupils")).Text.ShouldContain("nobody sees any here");
        desk.Load("again.csv", Encoding.UTF8.GetBytes(PupilSamples.File(Sandy, 13))).Refused.ShouldBeTrue();
    }

    [SkippableTheory, Databases, Trait("attack", "K02")]
    public async Task When_their_time_is_over_pupils_are_gone_from_tables_and_pages_and_no_backup_opens_any_more(Database database)
    {
        using var store = Loaded(database);
        Pupil before;
        using (var db = store.Open()) before = db.Set<Pupil>().AsNoTracking().First();
        var time = new FakeTime();
        await using var host = await WaymarkHost.Serving(store, time);
        var vault = host.Services.GetRequiredService<PupilVault>();
        vault.Open(before).ShouldNotBeNull();
        await host.Services.GetRequiredService<JobRunner>().RunDue();
        time.Advance(new DateTimeOffset(2019, 9, 4, 12, 0, 0, TimeSpan.Zero) - time.Now);
        await host.Services.GetRequiredService<JobRunner>().RunDue();
        await host.Services.GetRequiredService<JobRunner>().RunDue();

        using (var db = store.Open())
        {
            (db.Set<Pupil>().Count(), db.Set<PupilResult>().Count()).ShouldBe((0, 0));
            db.Disposals.AsEnumerable().Select(of => (of.Kind, of.Rows)).ShouldBe([("pupil", 30), ("pupil_result", 30)], ignoreOrder: true);
        }
        new PupilVault(new SealKeys(store.Store)).Open(before).ShouldBeNull("the key is gone, so what a backup holds does not open");
        using var officer = host.SignedIn(host.Joined("Olive Ford", RoleKind.Officer));
        (await officer.Get($"/schools/{Sandy}/pupils")).Text.ShouldContain("No file in use holds pupils of this school");
        (await officer.Get($"/schools/{Sandy}/pupils/{before.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases, Trait("attack", "K03")]
    public async Task One_pupils_data_are_given_out_whole_in_one_file_and_nobody_elses(Database database)
    {
        using var store = Loaded(database);
        using (var db = store.Open()) PupilSamples.Agree(db, Sandy, from: 201415, to: 201415);
        PupilSamples.Load(store, PupilSamples.File(Sandy, 8, "201415"), "before.csv").Refused.ShouldBeFalse();
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.SignedIn(host.Joined("Olive Ford", RoleKind.Officer));
        var list = await officer.Get($"/schools/{Sandy}/pupils");
        var link = list.Document.QuerySelectorAll("tbody th a").First(anchor => anchor.TextContent == "Testsurname7, Forename7").GetAttribute("href")!;
        var copy = await officer.Submit(await officer.Get(link), [], "form[action='?handler=copy']");
        using var json = System.Text.Json.JsonDocument.Parse(copy.Content);
        json.RootElement.GetProperty("pupil").GetProperty("Upn").GetString().ShouldBe(PupilSamples.Number(7).ToString());
        json.RootElement.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("year").GetInt32()).ShouldBe([201415, 201516]);
        json.RootElement.GetProperty("looks").GetArrayLength().ShouldBeGreaterThan(0);
        foreach (var i in Enumerable.Range(1, 30).Where(i => i != 7)) copy.Text.ShouldNotContain(PupilSamples.Number(i).ToString());
        copy.Text.ShouldNotContain("Olive Ford", Case.Insensitive, "who looked is somebody else’s data");
    }

    [Fact, Trait("attack", "K04")]
    public async Task A_childs_name_and_number_stand_in_no_address_title_log_letter_or_header()
    {
        using var store = Loaded(Database.Sqlite);
        var log = new LogLines();
        await using var host = await WaymarkHost.Serving(store, configure: builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        using var officer = host.SignedIn(host.Joined("Olive Ford", RoleKind.Officer));
        var answers = new List<PageAnswer> { await officer.Get($"/schools/{Sandy}/pupils") };
        answers.Add(await officer.Submit(answers[0], [("words", "Testsurname7")], "form[role=search]"));
        answers.Add(await officer.Submit(answers[1], [], "form[action='?handler=file']"));
        answers.Add(await officer.Get(answers[1].Document.QuerySelector("tbody th a")!.GetAttribute("href")!));
        answers.Add(await officer.Submit(answers[3], [], "form[action='?handler=copy']"));
        answers.Add(await officer.Get("/people/audit?looks=true"));
        answers.Add(await officer.Get($"/schools/{Sandy}"));
        string[] canaries = ["Testsurname7", "Forename7", PupilSamples.Number(7).ToString()];
        answers[1].Text.ShouldContain(canaries[0]);
        foreach (var canary in canaries)
        {
            answers.ShouldAllBe(answer => !answer.Address.ToString().Contains(canary, StringComparison.OrdinalIgnoreCase) && !answer.Headers.ToString().Contains(canary, StringComparison.OrdinalIgnoreCase) && !answer.ContentHeaders.ToString().Contains(canary, StringComparison.OrdinalIgnoreCase));
            answers.Where(answer => answer.ContentHeaders.ContentType!.MediaType == "text/html").ShouldAllBe(answer => !answer.Document.Title!.Contains(canary, StringComparison.OrdinalIgnoreCase));
            string.Join(" /// ", log.All.Select(line => line.ToString()).Where(line => line.Contains(canary, StringComparison.OrdinalIgnoreCase)).Select(line => line[..Math.Min(300, line.Length)])).ShouldBe("");
            answers[^1].Html.ShouldNotContain(canary);
            answers[^2].Html.ShouldNotContain(canary);
        }
        answers.Take(5).ShouldAllBe(answer => answer.Headers.CacheControl!.NoStore);
        log.All.ShouldNotBeEmpty("a log that is empty proves nothing");
        using var db = store.Open();
        db.Outbox.AsEnumerable().ShouldAllBe(letter => !letter.Body.Contains(canaries[0], StringComparison.Ordinal));
        db.Set<FormKey>().AsEnumerable().ShouldAllBe(kept => !kept.Body.Contains(canaries[0], StringComparison.Ordinal));
    }
}
