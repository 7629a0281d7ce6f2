using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Meetings;

internal sealed class MeetingTables : IEntityTypeConfiguration<Meeting>, IEntityTypeConfiguration<MeetingCluster>, IEntityTypeConfiguration<Representative>, IEntityTypeConfiguration<Apology>,
    IEntityTypeConfiguration<AgendaItem>, IEntityTypeConfiguration<MeetingAction>, IEntityTypeConfiguration<Letter>, IEntityTypeConfiguration<HalfTermDates>, IEntityTypeConfiguration<ClosedDays>,
    IEntityTypeConfiguration<AgendaTemplate>, IEntityTypeConfiguration<TemplateItem>, IEntityTypeConfiguration<TermsOfReference>, IEntityTypeConfiguration<CalendarFeed>, IEntityTypeConfiguration<Invitee>, IEntityTypeConfiguration<Paper>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.ToTable("Meeting");
        builder.Property(meeting => meeting.Round).HasConversion(round => round.Code, code => HalfTerm.FromCode(code));
        builder.HasIndex(meeting => meeting.Day);
        builder.HasIndex(meeting => meeting.Uid).IsUnique();
        builder.HasIndex(meeting => meeting.DoorKey);
        builder.HasMany(meeting => meeting.Clusters).WithOne().HasForeignKey(of => of.MeetingId);
        builder.HasMany(meeting => meeting.Items).WithOne().HasForeignKey(item => item.MeetingId);
        builder.HasMany(meeting => meeting.Representatives).WithOne().HasForeignKey(who => who.MeetingId);
        builder.HasMany(meeting => meeting.Apologies).WithOne().HasForeignKey(apology => apology.MeetingId);
        builder.HasOne<Import>().WithMany().HasForeignKey(meeting => meeting.ImportId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Meeting>().WithMany().HasForeignKey(meeting => meeting.AgreedAtId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<MeetingCluster> builder)
    {
        builder.ToTable("MeetingCluster");
        builder.HasKey(of => new { of.MeetingId, of.ClusterId });
        builder.HasOne<Cluster>().WithMany().HasForeignKey(of => of.ClusterId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Representative> builder)
    {
        builder.ToTable("Representative");
        builder.HasIndex(who => new { who.MeetingId, who.Urn, who.Organisation, who.Name }).IsUnique();
        builder.HasIndex(who => who.Urn);
        builder.HasOne<Import>().WithMany().HasForeignKey(who => who.ImportId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Apology> builder)
    {
        builder.ToTable("Apology");
        builder.HasIndex(apology => new { apology.MeetingId, apology.Urn }).IsUnique();
        builder.HasOne<Import>().WithMany().HasForeignKey(apology => apology.ImportId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<AgendaItem> builder)
    {
        builder.ToTable("AgendaItem");
        builder.HasMany(item => item.Actions).WithOne().HasForeignKey(action => action.ItemId);
    }

    public void Configure(EntityTypeBuilder<MeetingAction> builder) => builder.ToTable("MeetingAction");

    public void Configure(EntityTypeBuilder<Letter> builder)
    {
        builder.ToTable("Letter");
        builder.Property(letter => letter.Round).HasConversion(round => round.Code, code => HalfTerm.FromCode(code));
        builder.HasIndex(letter => new { letter.Urn, letter.Round }).IsUnique();
        builder.HasOne<Meeting>().WithMany().HasForeignKey(letter => letter.MeetingId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<HalfTermDates> builder)
    {
        builder.ToTable("HalfTermDates");
        builder.Property(dates => dates.HalfTerm).HasConversion(half => half.Code, code => HalfTerm.FromCode(code));
        builder.HasIndex(dates => dates.HalfTerm).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ClosedDays> builder) => builder.ToTable("ClosedDays");

    public void Configure(EntityTypeBuilder<AgendaTemplate> builder)
    {
        builder.ToTable("AgendaTemplate");
        builder.HasIndex(template => new { template.Kind, template.Number }).IsUnique();
        builder.HasMany(template => template.Items).WithOne().HasForeignKey(item => item.TemplateId);
        builder.HasOne<Meeting>().WithMany().HasForeignKey(template => template.ApprovedAtId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<TemplateItem> builder) => builder.ToTable("TemplateItem");

    public void Configure(EntityTypeBuilder<TermsOfReference> builder)
    {
        builder.ToTable("TermsOfReference");
        builder.HasIndex(terms => new { terms.ClusterId, terms.Number }).IsUnique();
        builder.HasOne<Cluster>().WithMany().HasForeignKey(terms => terms.ClusterId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Meeting>().WithMany().HasForeignKey(terms => terms.AgreedAtId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<CalendarFeed> builder)
    {
        builder.ToTable("CalendarFeed");
        builder.HasIndex(feed => feed.SecretHash).IsUnique();
        builder.HasIndex(feed => feed.PersonId);
        builder.HasOne<Cluster>().WithMany().HasForeignKey(feed => feed.ClusterId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Invitee> builder)
    {
        builder.ToTable("Invitee");
        builder.HasIndex(invitee => new { invitee.MeetingId, invitee.Email }).IsUnique();
        builder.HasIndex(invitee => invitee.TokenHash).IsUnique();
        builder.HasOne<Meeting>().WithMany().HasForeignKey(invitee => invitee.MeetingId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Paper> builder)
    {
        builder.ToTable("Paper");
        builder.HasOne<Meeting>().WithMany().HasForeignKey(paper => paper.MeetingId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<AgendaItem>().WithMany().HasForeignKey(paper => paper.ItemId).OnDelete(DeleteBehavior.SetNull);
    }
}

/// <summary>The front door of the room for the rooms above it.</summary>
public static class MeetingSets
{
    extension(WaymarkDb db)
    {
        public DbSet<Meeting> Meetings => db.Set<Meeting>();
        public DbSet<Letter> Letters => db.Set<Letter>();

        /// <summary>Meetings with their clusters and with who came, in the order of time.</summary>
        public IQueryable<Meeting> MeetingsWithAttendance => db.Set<Meeting>().Include(meeting => meeting.Clusters).Include(meeting => meeting.Representatives).Include(meeting => meeting.Apologies)
            .AsSplitQuery().OrderBy(meeting => meeting.Day).ThenBy(meeting => meeting.Starts).ThenBy(meeting => meeting.Id);

        public IQueryable<Meeting> MeetingsWithAgenda => db.Set<Meeting>().Include(meeting => meeting.Clusters)
            .Include(meeting => meeting.Items.OrderBy(item => item.Position)).ThenInclude(item => item.Actions.OrderBy(action => action.Id)).AsSplitQuery();

        /// <summary>The half term that a day belongs to, by the authority's dates where they are recorded. A holiday belongs to the half term after it.</summary>
        public HalfTerm HalfTermOf(DateOnly day)
        {
            var soon = day.AddMonths(2);
            return db.Set<HalfTermDates>().AsNoTracking().Where(dates => dates.Until >= day && dates.From <= soon).OrderBy(dates => dates.From).FirstOrDefault()?.HalfTerm ?? HalfTerm.Of(day);
        }

        /// <summary>The newest agenda of its kind that the board approved; null while there is none.</summary>
        public AgendaTemplate? ApprovedTemplate(MeetingKind kind) => db.Set<AgendaTemplate>().AsNoTracking().Include(template => template.Items).Where(template => template.Kind == kind && template.ApprovedOn != null).OrderByDescending(template => template.Number).FirstOrDefault();

        /// <summary>Puts a meeting into the year, with the approved agenda of its kind.</summary>
        public Meeting NewMeeting(MeetingKind kind, string title, DateOnly day, TimeOnly starts, TimeOnly ends, string venue, string link, IReadOnlyCollection<Cluster> clusters)
        {
            var meeting = new Meeting { Kind = kind, Title = title, Day = day, Starts = starts, Ends = ends, Venue = venue, JoiningLink = link, Round = db.HalfTermOf(day), Uid = Meeting.NewUid() };
            meeting.Clusters.AddRange(clusters.Select(cluster => new MeetingCluster { ClusterId = cluster.Id }));
            meeting.Items.AddRange(db.ApprovedTemplate(kind)?.Items.OrderBy(item => item.Position).Select(item => item.ToItem()) ?? []);
            db.Add(meeting);
            return meeting;
        }
    }
}
