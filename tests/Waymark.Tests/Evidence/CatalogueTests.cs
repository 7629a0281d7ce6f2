using System.Text.Json;
using Waymark.Evidence;
using Waymark.Field;

namespace Waymark.Tests.Evidence;

public sealed class CatalogueTests
{
    [Fact]
    public void Every_measure_has_a_code_and_a_number_of_its_own()
    {
        Catalogue.Measures.Select(measure => measure.Code).ShouldBeUnique();
        Catalogue.Measures.Select(measure => measure.Number).ShouldBeUnique();
        Catalogue.Groups.Select(group => group.Code).ShouldBeUnique();
        Catalogue.Groups.Select(group => group.Number).ShouldBeUnique();
        Catalogue.Measures.ShouldAllBe(measure => System.Text.RegularExpressions.Regex.IsMatch(measure.Code, "^[a-z0-9]+([.-][a-z0-9]+)*$"));
    }

    [Fact]
    public void Every_measure_says_in_words_what_it_is_and_who_publishes_it() =>
        Catalogue.Measures.Where(measure => string.IsNullOrWhiteSpace(measure.Label) || string.IsNullOrWhiteSpace(measure.Short) || string.IsNullOrWhiteSpace(measure.Stage)
            || string.IsNullOrWhiteSpace(measure.Unit) || string.IsNullOrWhiteSpace(measure.Source) || measure.Decimals is < 0 or > 2).Select(measure => measure.Code).ShouldBeEmpty();

    [Fact]
    public void A_share_is_a_percentage() =>
        Catalogue.Measures.Where(measure => measure.Kind == MeasureKind.Proportion && !measure.IsPercentage).Select(measure => measure.Code).ShouldBeEmpty();

    [Fact]
    public void What_a_file_is_said_to_hold_stands_in_the_catalogue()
    {
        var unknown = new List<string>();
        foreach (var layout in Documents(".Outcomes.Imports.Layouts."))
        {
            void Measure(string code) { if (code != "*" && Catalogue.FindMeasure(code) is null) unknown.Add(code); }
            void Group(string code) { if (Catalogue.FindGroup(code) is null) unknown.Add(code); }
            foreach (var measure in layout.GetProperty("measures").EnumerateArray()) Measure(measure.GetProperty("measure").GetString()!);
            foreach (var of in new[] { "groups", "bases" })
                if (layout.TryGetProperty(of, out var groups))
                    foreach (var group in groups.EnumerateObject()) Group(group.Name);
            if (layout.TryGetProperty("measureBy", out var by) && by.TryGetProperty("values", out var names))
                foreach (var name in names.EnumerateObject())
                {
                    var words = name.Value.GetString()!.Split(' ');
                    Measure(words[0]);
                    if (words.Length > 1) Group(words[1]);
                }
            if (layout.TryGetProperty("groupBy", out var groupBy) && groupBy.TryGetProperty("values", out var values))
                foreach (var value in values.EnumerateObject()) Group(value.Value.GetString()!);
        }
        unknown.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_pack_shows_stands_in_the_catalogue()
    {
        foreach (var chapter in Documents(".Outcomes.Packs.chapters").Single().EnumerateArray())
        {
            string[] measures = [.. chapter.GetProperty("measures").EnumerateArray().Select(code => code.GetString()!)];
            measures.Where(code => Catalogue.FindMeasure(code) is null).ShouldBeEmpty();
            if (chapter.GetProperty("gap").GetString() is { } gap) measures.ShouldContain(gap);
        }
    }

    [Fact]
    public void Every_grade_has_its_words_and_nothing_else_has()
    {
        foreach (var measure in Catalogue.Measures) (measure.Grades is { Count: > 1 }).ShouldBe(measure.Kind == MeasureKind.Grade, measure.Code);
        var inspection = Catalogue.Measure("inspection.overall");
        new double?[] { null, 0, 1, 2.5, 4, 5 }.Select(inspection.GradeIn).ShouldBe([null, null, "outstanding", null, "inadequate", null]);
    }

    [Fact]
    public void A_note_about_the_method_names_measures_that_there_are_and_its_source()
    {
        foreach (var note in Catalogue.MethodNotes)
        {
            note.Kind.ShouldBeOneOf("break", "none");
            foreach (var pattern in note.Measures)
                Catalogue.Measures.Any((note with { Measures = [pattern] }).Concerns).ShouldBeTrue(pattern);
            note.Source.ShouldNotBeNullOrWhiteSpace();
            AcademicYear.FromCode(note.Year).Code.ShouldBe(note.Year);
        }
    }

    [Theory]
    [InlineData("ks2.rwm.exp", 201920, "pandemic")]
    [InlineData("ks2.rwm.exp", 202021, "pandemic")]
    [InlineData("ks2.reading.progress", 202324, "key stage 1 tests in 2020")]
    [InlineData("ks2.maths.progress", 202425, "key stage 1 tests in 2021")]
    [InlineData("ks4.p8", 202425, "key stage 2 tests in 2020")]
    [InlineData("ks4.p8", 202526, "key stage 2 tests in 2021")]
    [InlineData("inspection.overall", 202425, "no overall grade")]
    [InlineData("inspection.overall", 202526, "Report cards")]
    public void Why_there_is_no_figure_is_known(string measure, int year, string reason) =>
        Catalogue.NotCollected(Catalogue.Measure(measure), AcademicYear.FromCode(year)).ShouldNotBeNull().Reason.ShouldContain(reason);

    [Fact]
    public void What_was_collected_is_not_said_to_be_missing()
    {
        Catalogue.NotCollected(Catalogue.Measure("ks2.rwm.exp"), AcademicYear.FromCode(202324)).ShouldBeNull();
        Catalogue.NotCollected(Catalogue.Measure("ks4.p8"), AcademicYear.FromCode(202324)).ShouldBeNull();
        Catalogue.Breaks(Catalogue.Measure("ks2.rwm.exp")).Select(note => note.Year).ShouldBe([201516, 201718]);
    }

    private static IEnumerable<JsonElement> Documents(string part)
    {
        var assembly = typeof(Catalogue).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(part, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var document = JsonDocument.Parse(stream);
            yield return document.RootElement.Clone();
        }
    }
}
