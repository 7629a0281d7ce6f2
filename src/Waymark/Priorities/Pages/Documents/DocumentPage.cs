using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>A page about one version of a document.</summary>
public abstract class DocumentPage(WaymarkDb db, LocalClock clock) : FormPage
{
    protected WaymarkDb Db => db;

    public DateOnly Today => clock.Today;
    public VersionOf Of { get; private set; } = null!;
    public IReadOnlyList<DocumentPart> Parts { get; private set; } = [];

    /// <summary>Whether who reads may draft, and there is a draft.</summary>
    public bool MayDraft { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var version = HttpContext.Record<DocumentVersion>();
        Of = new(db.JointDocuments.First(document => document.Id == version.DocumentId), version);
        Parts = db.PartsOf(version);
        MayDraft = HttpContext.May(Room.Draft);
        Load();
    }

    protected virtual void Load() { }

    /// <summary>The questions put on it, each with its answers: of each place the latest.</summary>
    protected IReadOnlyList<(ConsultationQuestion Question, IReadOnlyList<ConsultationAnswer> Answers)> ReadQuestions()
    {
        var questions = db.ConsultationQuestions.AsNoTracking().Where(question => question.VersionId == Of.Version.Id).OrderBy(question => question.Position).ThenBy(question => question.Id).ToList();
        var ids = questions.Select(question => question.Id).ToList();
        var answers = db.ConsultationAnswers.AsNoTracking().Where(answer => ids.Contains(answer.QuestionId)).OrderBy(answer => answer.Id).ToList();
        // What a meeting answered together is many answers; a school has one, its latest.
        return [.. questions.Select(question => (question, (IReadOnlyList<ConsultationAnswer>)[.. answers.Where(answer => answer.QuestionId == question.Id)
            .GroupBy(answer => answer.Place == PlaceKey.Partnership ? (answer.Place, answer.Id) : (answer.Place, 0)).Select(of => of.Last())]))];
    }

    protected IReadOnlyList<ConsultationOutcome> ReadOutcomes() => [.. db.ConsultationOutcomes.AsNoTracking().Where(outcome => outcome.VersionId == Of.Version.Id).OrderBy(outcome => outcome.Id)];
}
