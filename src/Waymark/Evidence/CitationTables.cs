using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Evidence;

internal sealed class CitationTables : IEntityTypeConfiguration<Citation>, IEntityTypeConfiguration<CitationUse>
{
    public void Configure(EntityTypeBuilder<Citation> builder)
    {
        builder.ToTable("Citation");
        builder.Ignore(citation => citation.Address);
        builder.Ignore(citation => citation.MemberList);
        builder.HasIndex(citation => new { citation.Kind, citation.Key });
    }

    public void Configure(EntityTypeBuilder<CitationUse> builder)
    {
        builder.ToTable("CitationUse");
        builder.HasKey(use => new { use.CitationId, use.Kind, use.Key });
        builder.HasIndex(use => new { use.Kind, use.Key });
        builder.HasOne<Citation>().WithMany().HasForeignKey(use => use.CitationId).OnDelete(DeleteBehavior.NoAction);
    }
}
