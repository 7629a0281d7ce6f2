using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Shared.Imports;

namespace Waymark.Listening;

internal sealed class ListeningTables : IEntityTypeConfiguration<Survey>, IEntityTypeConfiguration<Statement>, IEntityTypeConfiguration<SurveyQuestion>, IEntityTypeConfiguration<Invitation>,
    IEntityTypeConfiguration<Ballot>, IEntityTypeConfiguration<SealedSheet>, IEntityTypeConfiguration<Sheet>, IEntityTypeConfiguration<Answer>, IEntityTypeConfiguration<TextReading>,
    IEntityTypeConfiguration<Theme>, IEntityTypeConfiguration<AnswerTheme>, IEntityTypeConfiguration<KeyedSheet>, IEntityTypeConfiguration<Finding>, IEntityTypeConfiguration<FindingAnswer>
{
    public void Configure(EntityTypeBuilder<Survey> builder)
    {
        builder.ToTable("Survey");
        builder.Ignore(survey => survey.LanguageList);
        builder.HasIndex(survey => survey.Code).IsUnique();
        builder.HasOne<Import>().WithMany().HasForeignKey(survey => survey.ImportId).OnDelete(DeleteBehavior.NoAction);
        // Answers refer to both: a survey that has answers cannot become another kind.
        builder.HasAlternateKey(survey => new { survey.Id, survey.Anonymity });
    }

    public void Configure(EntityTypeBuilder<Statement> builder)
    {
        builder.ToTable("Statement");
        builder.Ignore(statement => statement.Text);
        builder.HasIndex(statement => statement.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SurveyQuestion> builder)
    {
        builder.ToTable("SurveyQuestion");
        builder.Ignore(question => question.OptionList);
        builder.Ignore(question => question.Sums);
        builder.Ignore(question => question.Text);
        builder.Ignore(question => question.TakesAnswers);
        builder.HasAlternateKey(question => new { question.Id, question.SurveyId });
        builder.HasIndex(question => new { question.SurveyId, question.Code }).IsUnique();
        builder.HasOne<Survey>().WithMany().HasForeignKey(question => question.SurveyId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Import>().WithMany().HasForeignKey(question => question.ImportId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Statement>().WithMany().HasForeignKey(question => question.StatementId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<SurveyQuestion>().WithMany().HasForeignKey(question => question.MatrixId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitation");
        builder.HasIndex(invitation => invitation.TokenHash).IsUnique();
        builder.HasOne<Survey>().WithMany().HasForeignKey(invitation => invitation.SurveyId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Ballot> builder)
    {
        builder.ToTable("Ballot");
        builder.HasKey(ballot => ballot.Hash);
        builder.HasOne<Survey>().WithMany().HasForeignKey(ballot => ballot.SurveyId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<SealedSheet> builder)
    {
        builder.ToTable("SealedSheet");
        builder.HasKey(sheet => sheet.Key);
        OfSurvey(builder.HasOne<Survey>().WithMany().HasForeignKey(sheet => new { sheet.SurveyId, sheet.Anonymity }));
    }

    public void Configure(EntityTypeBuilder<Sheet> builder)
    {
        builder.ToTable("Sheet");
        builder.HasKey(sheet => sheet.Key);
        OfSurvey(builder.HasOne<Survey>().WithMany().HasForeignKey(sheet => new { sheet.SurveyId, sheet.Anonymity }));
        builder.HasIndex(sheet => sheet.InvitationId).IsUnique();
        builder.HasOne<Invitation>().WithMany().HasForeignKey(sheet => sheet.InvitationId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Answer> builder)
    {
        builder.ToTable("Answer");
        builder.HasKey(answer => answer.Key);
        OfSurvey(builder.HasOne<Survey>().WithMany().HasForeignKey(answer => new { answer.SurveyId, answer.Anonymity }));
        builder.HasOne<SurveyQuestion>().WithMany().HasForeignKey(answer => new { answer.QuestionId, answer.SurveyId }).HasPrincipalKey(question => new { question.Id, question.SurveyId }).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Sheet>().WithMany().HasForeignKey(answer => answer.SheetKey).OnDelete(DeleteBehavior.NoAction);
    }

    private static void OfSurvey<T>(ReferenceCollectionBuilder<Survey, T> reference) where T : class =>
        reference.HasPrincipalKey(survey => new { survey.Id, survey.Anonymity }).OnDelete(DeleteBehavior.NoAction);

    public void Configure(EntityTypeBuilder<TextReading> builder)
    {
        builder.ToTable("TextReading");
        builder.HasKey(reading => reading.AnswerKey);
        builder.HasOne<Answer>().WithOne().HasForeignKey<TextReading>(reading => reading.AnswerKey).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Theme> builder)
    {
        builder.ToTable("Theme");
        builder.HasIndex(theme => new { theme.StatementId, theme.Label }).IsUnique();
        builder.HasOne<Statement>().WithMany().HasForeignKey(theme => theme.StatementId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<AnswerTheme> builder)
    {
        builder.ToTable("AnswerTheme");
        builder.HasKey(theme => new { theme.AnswerKey, theme.ThemeId });
        builder.HasOne<Answer>().WithMany().HasForeignKey(theme => theme.AnswerKey).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Theme>().WithMany().HasForeignKey(theme => theme.ThemeId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<KeyedSheet> builder)
    {
        builder.ToTable("KeyedSheet");
        builder.HasIndex(sheet => new { sheet.SurveyId, sheet.Number }).IsUnique();
        builder.HasOne<Survey>().WithMany().HasForeignKey(sheet => sheet.SurveyId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Finding> builder) => builder.ToTable("Finding");

    public void Configure(EntityTypeBuilder<FindingAnswer> builder)
    {
        builder.ToTable("FindingAnswer");
        builder.HasIndex(answer => new { answer.FindingId, answer.ClusterId }).IsUnique();
        builder.HasOne<Finding>().WithMany().HasForeignKey(answer => answer.FindingId).OnDelete(DeleteBehavior.NoAction);
    }
}

public static class ListeningSets
{
    extension(WaymarkDb db)
    {
        /// <summary>The surveys there are: those made by a person, and those of files in use.</summary>
        public IQueryable<Survey> Surveys
        {
            get
            {
                var imports = db.Imports;
                return db.Set<Survey>().Where(survey => survey.ImportId == null || imports.Any(import => import.Id == survey.ImportId && import.State == ImportState.Published));
            }
        }

        public DbSet<Statement> Statements => db.Set<Statement>();
        public DbSet<SurveyQuestion> SurveyQuestions => db.Set<SurveyQuestion>();
        public DbSet<Invitation> Invitations => db.Set<Invitation>();
        public DbSet<Theme> Themes => db.Set<Theme>();
        public DbSet<Finding> Findings => db.Set<Finding>();

        public Survey? FindSurvey(string code) => db.Surveys.FirstOrDefault(survey => survey.Code == code);

        /// <summary>The questions of a survey in their order; a matrix stands before its rows.</summary>
        public IReadOnlyList<SurveyQuestion> QuestionsOf(int surveyId) =>
            [.. db.SurveyQuestions.Where(question => question.SurveyId == surveyId).OrderBy(question => question.Position).ThenBy(question => question.Id)];

        /// <summary>Whether anybody has answered: from then on the survey's promise and its questions stay.</summary>
        public bool IsAnswered(int surveyId) => db.Set<Ballot>().Any(ballot => ballot.SurveyId == surveyId) || db.Set<SealedSheet>().Any(sheet => sheet.SurveyId == surveyId) || db.Set<Sheet>().Any(sheet => sheet.SurveyId == surveyId);
    }
}
