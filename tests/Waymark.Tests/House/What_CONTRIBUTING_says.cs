using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Waymark.Tests.Shared;

namespace Waymark.Tests.House;

/// <summary>Somebody follows CONTRIBUTING word for word on a copy of the program: adds a measure, a year's layout and a room, builds it and uses them.</summary>
public sealed partial class What_CONTRIBUTING_says(What_CONTRIBUTING_says.Copy copy) : IClassFixture<What_CONTRIBUTING_says.Copy>
{
    private const string Measure = "pupils.language.unclassified";

    [Fact]
    public async Task A_measure_that_was_added_is_read_from_a_file_and_told()
    {
        await copy.Built();
        using var store = TestStore.Untouched(Database.Sqlite);
        (await copy.Run(store, "measures")).Output.ShouldContain("Pupils whose first language is not recorded (%)");
        // A census as the performance tables publish it: the columns that other measures and the new one use.
        var census = copy.Write("england_census_2016.csv", "LA,ESTAB,URN,SCHOOLTYPE,NOR,PNORG,NORG,TSENELSE,PSENELSE,TSENELK,PSENELK,NUMEAL,PNUMEAL,NUMUNCFL,PNUMUNCFL,NUMFSM,NUMFSMEVER,PNUMFSMEVER\n823,2001,900101,Community school,200,50%,100,4,2%,20,10%,10,5%,30,15%,20,24,12%\n");
        (await copy.Run(store, "import", census, "--json")).ExitCode.ShouldBe(0);
        await ShouldBe(store, "201516", 15, 30, 200);
    }

    [Fact]
    public async Task A_year_whose_column_was_renamed_is_read_by_both_names()
    {
        await copy.Built();
        using var store = TestStore.Untouched(Database.Sqlite);
        var before = copy.Write("first_language_2014-2015.csv", "URN,LANGUAGE_UNKNOWN,PUPILS\n900101,30,120\n");
        var after = copy.Write("first_language_2015-2016.csv", "URN,LANGUAGE_UNKNOWN,ON_ROLL\n900101,60,120\n");
        (await copy.Run(store, "import", before, after)).ExitCode.ShouldBe(0);
        await ShouldBe(store, "201415", 25, 30, 120);
        await ShouldBe(store, "201516", 50, 60, 120);
    }

    [SkippableTheory, Databases]
    public async Task A_room_that_was_added_has_its_table_its_page_and_its_entry_in_the_menu(Database database)
    {
        await copy.Built();
        using var store = TestStore.Untouched(database);
        using var serving = copy.Start(store, "serve", "--urls", "http://127.0.0.1:0");
        try
        {
            using var visitor = new Visitor(new Uri((await serving.StandardOutput.ReadLineAsync()).ShouldNotBeNull()));
            await visitor.Submit(await visitor.Get("/enter"), [], "main li:first-child form"); // as an officer of the example
            var page = await visitor.Get("/visits");
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.All("nav a").ShouldContain("Visits");
            (await visitor.Submit(page, [("Urn", "900101"), ("Day.day", "1"), ("Day.month", "1"), ("Day.year", "2030"), ("Seen", "Reading corners")])).Errors.ShouldBe(["Enter a day that has been"]);
            var noted = await visitor.Follow(await visitor.Submit(page, [("Urn", "900101"), ("Day.day", "3"), ("Day.month", "10"), ("Day.year", "2016"), ("Seen", "Reading corners")]));
            noted.All("#visits tbody :is(th, td)").ShouldBe(["900101", "3 October 2016", "Reading corners"]);
        }
        finally
        {
            serving.Kill();
            await serving.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_room_that_is_not_in_the_plan_yet_is_noticed_and_nothing_else_is_wrong_with_it()
    {
        await copy.Built();
        var folder = Path.GetDirectoryName(copy.Program)!;
        var context = new AssemblyLoadContext("copy", isCollectible: true);
        context.Resolving += (own, name) => File.Exists(Path.Combine(folder, name.Name + ".dll")) ? own.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")) : null;
        var assembly = context.LoadFromAssemblyPath(copy.Program);
        HousePlan.BrokenBy(assembly, "Waymark", new HashSet<Type> { assembly.GetType("Waymark.Visits.Visit", throwOnError: true)! })
            .Select(sentence => sentence[(sentence.IndexOf(':', StringComparison.Ordinal) + 2)..]).Distinct().ShouldBe(["the plan of the house has no Visits"]);
        context.Unload();
    }

    private async Task ShouldBe(TestStore store, string year, double value, int numerator, int denominator)
    {
        var figures = JsonNode.Parse((await copy.Run(store, "figures", "--measure", Measure, "--year", year, "--school", "900101", "--json")).Output)!.AsArray();
        var figure = figures.ShouldHaveSingleItem()!;
        ((double)figure["value"]!, (int)figure["numerator"]!, (int)figure["denominator"]!).ShouldBe((value, numerator, denominator));
    }

    /// <summary>The program's source in a temporary folder, with every block of CONTRIBUTING that names a file put into that file.</summary>
    public sealed partial class Copy : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("waymark-contributing-");
        private readonly Lazy<Task> building;

        public Copy() => building = new(Build);

        public string Program => Path.Combine(folder.FullName, "src/Waymark/bin/Debug/net10.0/waymark.dll");

        public Task Built() => building.Value;

        public string Write(string name, string content)
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, content);
            return path;
        }

        internal Task<WaymarkProcess> Run(TestStore store, params string[] arguments) => WaymarkProcess.RunProgram(Program, store, arguments);

        internal Process Start(TestStore store, params string[] arguments) => WaymarkProcess.Start(Program, store, [], arguments);

        private async Task Build()
        {
            var repository = new DirectoryInfo(RepositoryFolder());
            foreach (var file in repository.GetFiles().Where(file => file.Extension is ".props" or ".json" or ".md" || file.Name is ".editorconfig")) file.CopyTo(Path.Combine(folder.FullName, file.Name));
            CopyTo(new DirectoryInfo(Path.Combine(repository.FullName, "src")), Path.Combine(folder.FullName, "src"));
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), Path.Combine(repository.FullName, "node_modules"));

            var blocks = Block().Matches(await File.ReadAllTextAsync(Path.Combine(repository.FullName, "CONTRIBUTING.md")));
            blocks.Count.ShouldBeGreaterThan(9);
            foreach (Match block in blocks)
            {
                var (file, pointer) = (Path.Combine(folder.FullName, block.Groups["file"].Value), block.Groups["pointer"].Value);
                var content = string.Join('\n', block.Groups["content"].Value.Split('\n').Select(line => line.StartsWith(block.Groups["indent"].Value, StringComparison.Ordinal) ? line[block.Groups["indent"].Length..] : line));
                if (File.Exists(file)) await Append(file, pointer, content);
                else
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                    await File.WriteAllTextAsync(file, content);
                }
            }

            using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", "src/Waymark", "-v", "quiet", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", "-nodeReuse:false"]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true })!;
            var said = await build.StandardOutput.ReadToEndAsync();
            await build.WaitForExitAsync();
            build.ExitCode.ShouldBe(0, said);
        }

        /// <summary>Adds an element to a list in a JSON file.</summary>
        private static async Task Append(string file, string pointer, string element)
        {
            var root = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            var list = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
            list.AsArray().Add(JsonNode.Parse(element));
            await File.WriteAllTextAsync(file, root.ToJsonString());
        }

        private static void CopyTo(DirectoryInfo from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (var file in from.GetFiles()) file.CopyTo(Path.Combine(to, file.Name));
            foreach (var inner in from.GetDirectories().Where(inner => inner.Name is not ("bin" or "obj"))) CopyTo(inner, Path.Combine(to, inner.Name));
        }

        private static string RepositoryFolder([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));

        public void Dispose() => folder.Delete(recursive: true);

        [GeneratedRegex(@"^(?<indent> *)```\w+ (?<file>src/[^\s#]+)(#(?<pointer>\S*))?\n(?<content>.*?\n)\k<indent>```$", RegexOptions.Multiline | RegexOptions.Singleline)]
        private static partial Regex Block();
    }
}
