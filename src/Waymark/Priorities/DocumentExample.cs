using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Priorities;

/// <summary>The example's vision of 2015 with its pledges, the refreshed draft of 2016 with its consultation, and other joint documents, from Example/documents.json.</summary>
internal static class DocumentExample
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private sealed record File(ExampleDocument[] Documents);
    private sealed record ExampleDocument(string Title, string Slug, DocumentKind Kind, ExampleVersion[] Versions);
    private sealed record ExampleVersion(string Introduction, string[][] Parts, DateOnly? ApprovedOn = null, string? ApprovedBy = null, DateOnly? LaunchedOn = null, DateOnly? Opens = null, DateOnly? Closes = null, Signed? Pledges = null, Asked[]? Consultation = null, string[][]? Outcomes = null);
    private sealed record Signed(int Schools, DateOnly From, string[] Partners);
    private sealed record Asked(string Question, string[] Answers);

    public static void Fill(Store store)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Waymark.Priorities.Example.documents.json")!;
        var file = JsonSerializer.Deserialize<File>(stream, Options)!;
        using var db = store.Open();
        foreach (var of in file.Documents)
        {
            var document = new JointDocument { Slug = of.Slug, Title = of.Title, Kind = of.Kind };
            db.Add(document);
            db.SaveChanges();
            for (var i = 0; i < of.Versions.Length; i++) Fill(db, document, of.Versions[i], i + 1);
        }
    }

    private static void Fill(WaymarkDb db, JointDocument document, ExampleVersion of, int number)
    {
        var version = new DocumentVersion { DocumentId = document.Id, Number = number, Introduction = of.Introduction, LaunchedOn = of.LaunchedOn };
        db.Add(version);
        db.SaveChanges();
        db.AddRange(of.Parts.Select((part, i) => new DocumentPart { VersionId = version.Id, Kind = Enum.Parse<PartKind>(part[0]), Code = part[1], Title = part[2], Position = i + 1 }));
        db.AddRange((of.Outcomes ?? []).Select(outcome => new ConsultationOutcome { VersionId = version.Id, Said = outcome[0], Did = outcome[1] }));
        var questions = (of.Consultation ?? []).Select((asked, i) => (asked.Answers, Question: new ConsultationQuestion { VersionId = version.Id, Text = asked.Question, Position = i + 1 })).ToList();
        db.AddRange(questions.Select(asked => asked.Question));
        db.SaveChanges();
        foreach (var (answers, question) in questions)
            db.AddRange(answers.Select(text => new ConsultationAnswer { QuestionId = question.Id, Place = PlaceKey.Partnership, By = "Heads and governors together, 13 June 2016", Text = text, On = of.Opens!.Value, PersonId = null }));
        var rule = of.Opens is { } opens ? version.Consult(opens, of.Closes!.Value, of.Parts.Length, questions.Count)
            : of.ApprovedOn is { } on ? version.Approve(on, of.ApprovedBy, on, of.Parts.Length, 0, 0) : null;
        if (rule is not null) throw new InvalidOperationException($"The example's {document.Title}: {rule}");
        if (of.Pledges is { } pledges) Sign(db, version, pledges);
        db.SaveChanges();
    }

    /// <summary>Schools sign over some weeks; which of them is the example's choice, spread over all clusters.</summary>
    private static void Sign(WaymarkDb db, DocumentVersion version, Signed pledges)
    {
        var schools = db.MemberSchoolsOn(pledges.From).DistinctBy(member => member.School.Urn).OrderBy(member => member.School.Urn.Value * 7919 % 1_000).ThenBy(member => member.School.Urn).Take(pledges.Schools).ToList();
        db.AddRange(schools.Select((member, i) => new Pledge
        {
            VersionId = version.Id,
            Key = member.School.Urn.ToString(),
            Urn = member.School.Urn,
            Name = member.School.Name,
            SignedBy = i % 4 == 3 ? "The chair of governors" : "The headteacher",
            Capacity = i % 4 == 3 ? "Chair of governors" : "Headteacher",
            On = pledges.From.AddDays(i % 60),
            PersonId = null,
        }));
        db.AddRange(pledges.Partners.Select((name, i) => new Pledge { VersionId = version.Id, Key = Cluster.SlugOf(name), Urn = null, Name = name, SignedBy = "The manager", Capacity = "Manager", On = pledges.From.AddDays(7 * i), PersonId = null }));
    }
}
