using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Schools;

internal sealed class SchoolTables :
    IEntityTypeConfiguration<School>, IEntityTypeConfiguration<SchoolRecord>, IEntityTypeConfiguration<SchoolLink>, IEntityTypeConfiguration<SchoolLine>,
    IEntityTypeConfiguration<Pyramid>
{
    public void Configure(EntityTypeBuilder<School> builder)
    {
        builder.ToTable("School");
        builder.HasKey(school => school.Urn);
        builder.Property(school => school.Urn).ValueGeneratedNever();
        builder.HasIndex(school => school.Authority);
        builder.Ignore(school => school.Place);
    }

    public void Configure(EntityTypeBuilder<SchoolRecord> builder)
    {
        builder.ToTable("SchoolRecord");
        builder.HasKey(record => new { record.Urn, record.AsOf, record.ImportId });
        builder.HasIndex(record => record.ImportId);
        builder.HasOne<Import>().WithMany().HasForeignKey(record => record.ImportId);
    }

    public void Configure(EntityTypeBuilder<SchoolLink> builder)
    {
        builder.ToTable("SchoolLink");
        builder.HasKey(link => new { link.ImportId, link.Line });
        builder.HasIndex(link => link.Predecessor);
        builder.HasIndex(link => link.Successor);
        builder.HasOne<Import>().WithMany().HasForeignKey(link => link.ImportId);
    }

    public void Configure(EntityTypeBuilder<SchoolLine> builder)
    {
        builder.ToTable("SchoolLine");
        builder.HasKey(line => line.Urn);
        builder.Property(line => line.Urn).ValueGeneratedNever();
        builder.HasIndex(line => line.Line);
    }

    public void Configure(EntityTypeBuilder<Pyramid> builder)
    {
        builder.ToTable("Pyramid");
        builder.HasIndex(pyramid => pyramid.Name).IsUnique();
        builder.Ignore(pyramid => pyramid.Place);
    }
}

public static class SchoolSets
{
    extension(WaymarkDb db)
    {
        public DbSet<School> Schools => db.Set<School>();
        public DbSet<SchoolRecord> SchoolRecords => db.Set<SchoolRecord>();
        public DbSet<SchoolLink> SchoolLinks => db.Set<SchoolLink>();
        public DbSet<SchoolLine> SchoolLines => db.Set<SchoolLine>();
        public DbSet<Pyramid> Pyramids => db.Set<Pyramid>();

        /// <summary>
        /// Each school once: without the earlier numbers of schools that go on under another one here. A register of open schools alone never says
        /// that the number before a conversion is closed.
        /// </summary>
        public IQueryable<School> CurrentSchools => db.Schools.AsNoTracking().Where(school => !db.Set<SchoolLine>().Any(line => line.Urn == school.Urn
            && db.Set<SchoolLine>().Any(later => later.Line == line.Line && later.Position > line.Position
                && db.Set<School>().Any(next => next.Urn == later.Urn && next.InRegister && next.Status != SchoolStatus.ProposedToOpen))));

        /// <summary>What the registers in use say.</summary>
        public IQueryable<SchoolRecord> VisibleSchoolRecords
        {
            get
            {
                var imports = db.Set<Import>();
                return db.SchoolRecords.AsNoTracking().Where(record => imports.Any(import => import.Id == record.ImportId && import.State == ImportState.Published));
            }
        }
    }
}
