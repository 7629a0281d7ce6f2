using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Priorities;

internal sealed class DocumentTables : IEntityTypeConfiguration<JointDocument>, IEntityTypeConfiguration<DocumentVersion>, IEntityTypeConfiguration<DocumentPart>, IEntityTypeConfiguration<ConsultationQuestion>,
    IEntityTypeConfiguration<ConsultationAnswer>, IEntityTypeConfiguration<ConsultationOutcome>, IEntityTypeConfiguration<Pledge>
{
    public void Configure(EntityTypeBuilder<JointDocument> builder)
    {
        builder.ToTable("JointDocument");
        builder.HasIndex(document => document.Slug).IsUnique();
    }

    public void Configure(EntityTypeBuilder<DocumentVersion> builder)
    {
        builder.ToTable("DocumentVersion");
        builder.HasIndex(version => new { version.DocumentId, version.Number }).IsUnique();
        builder.HasOne<JointDocument>().WithMany().HasForeignKey(version => version.DocumentId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<DocumentPart> builder)
    {
        builder.ToTable("DocumentPart");
        builder.HasIndex(part => new { part.VersionId, part.Code }).IsUnique();
        builder.HasOne<DocumentVersion>().WithMany().HasForeignKey(part => part.VersionId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<ConsultationQuestion> builder)
    {
        builder.ToTable("ConsultationQuestion");
        builder.HasOne<DocumentVersion>().WithMany().HasForeignKey(question => question.VersionId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<ConsultationAnswer> builder)
    {
        builder.ToTable("ConsultationAnswer");
        builder.HasOne<ConsultationQuestion>().WithMany().HasForeignKey(answer => answer.QuestionId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<ConsultationOutcome> builder)
    {
        builder.ToTable("ConsultationOutcome");
        builder.HasOne<DocumentVersion>().WithMany().HasForeignKey(outcome => outcome.VersionId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Pledge> builder)
    {
        builder.ToTable("Pledge");
        builder.HasIndex(pledge => new { pledge.VersionId, pledge.Key }).IsUnique();
        builder.HasOne<DocumentVersion>().WithMany().HasForeignKey(pledge => pledge.VersionId).OnDelete(DeleteBehavior.NoAction);
    }
}
