using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Docs;

/// <summary>What the documentation says of the code is what the code says. `docs/make-tables` makes it anew.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    private static readonly bool Writes = Environment.GetEnvironmentVariable("WAYMARK_WRITE_DOCS") == "1";

    [GeneratedRegex(@"Trait\(""attack"", ""([A-L]\d{2})""\)")]
    private static partial Regex Attack();

    [GeneratedRegex(@"\[[^\]]*Trait\(""attack""[\s\S]*?public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex AttackTest();

    [GeneratedRegex(@"public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Test();

    [GeneratedRegex(@"^\| (V\d+\.\d+\.\d+) \| (.+) \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Requirement();

    [GeneratedRegex(@"`([A-Za-z_0-9]+)`")]
    private static partial Regex Named();

    [Fact]
    public void The_documentation_of_permissions_is_made_from_the_code()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        using var app = (IDisposable)ServeCommand.Build([], store.Store, TimeProvider.System);
        Same("docs/permissions.md", PermissionsDocument.Of((WebApplication)app));
    }

    [Fact]
    public void The_list_of_attacks_names_the_tests_that_bear_their_number()
    {
        var proofs = Sources().SelectMany(source => AttackTest().Matches(source).SelectMany(test => Attack().Matches(test.Value).Select(attack => (Attack: attack.Groups[1].Value, Test: test.Groups[1].Value)))).Distinct().ToList();
        var text = new StringBuilder($"# Attacks that a test tries\n\n{proofs.Select(proof => proof.Attack).Distinct().Count()} of 153 rows of the project’s list of attacks have a test that bears their number. A row is claimed by its tests and by nothing else.\n\n| row | tests |\n| --- | --- |\n");
        foreach (var row in proofs.GroupBy(proof => proof.Attack).OrderBy(row => row.Key, StringComparer.Ordinal)) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {row.Key} | {string.Join("; ", row.Select(proof => $"`{proof.Test}`").Order(StringComparer.Ordinal))} |\n");
        Same("docs/attacks.md", text.ToString());
        File.ReadAllText(Path.Combine(Root, "README.md")).ShouldContain($"{proofs.Select(proof => proof.Attack).Distinct().Count()} of 153 rows");
    }

    [Fact]
    public void Every_test_that_the_document_on_security_names_is_there_and_its_numbers_are_right()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "security.md"));
        var tests = Sources().SelectMany(source => Test().Matches(source).Select(test => test.Groups[1].Value)).ToHashSet();
        var rows = Requirement().Matches(text).Select(row => (Id: row.Groups[1].Value, Proof: row.Groups[3].Value)).ToList();
        rows.Select(row => row.Id).ShouldBeUnique();
        rows.Where(row => !row.Proof.StartsWith("Not by a test: ", StringComparison.Ordinal)).SelectMany(row => Named().Matches(row.Proof).Select(test => test.Groups[1].Value)).Where(test => !tests.Contains(test)).Distinct().ShouldBeEmpty();
        var proved = rows.Count(row => row.Proof.StartsWith('`'));
        rows.Count(row => !row.Proof.StartsWith('`') && !row.Proof.StartsWith("Not by a test: ", StringComparison.Ordinal)).ShouldBe(0);
        text.ShouldContain($"{rows.Count} fit a server that renders its pages. {proved} of them are shown by an automated test, {rows.Count - proved} are not");
    }

    private static void Same(string path, string text)
    {
        var file = Path.Combine(Root, path);
        if (Writes) File.WriteAllText(file, text);
        File.ReadAllText(file).ReplaceLineEndings("\n").ShouldBe(text.ReplaceLineEndings("\n"), "run docs/make-tables");
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains("node_modules", StringComparison.Ordinal)).Select(File.ReadAllText);

    private static string Here([CallerFilePath] string here = "") => here;
}
