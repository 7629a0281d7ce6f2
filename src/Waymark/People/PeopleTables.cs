using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.People;

internal sealed class PeopleTables : IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<RoleHeld>, IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<SecretLink>,
    IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<Passkey>, IEntityTypeConfiguration<RecoveryCode>, IEntityTypeConfiguration<ExternalLogin>, IEntityTypeConfiguration<Guess>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("Person");
        builder.HasIndex(person => person.EmailKey).IsUnique();
    }

    public void Configure(EntityTypeBuilder<RoleHeld> builder)
    {
        builder.ToTable("RoleHeld");
        builder.HasIndex(role => role.Place);
        OfPerson(builder, nameof(RoleHeld.PersonId));
    }

    public void Configure(EntityTypeBuilder<Organisation> builder) => builder.ToTable("Organisation");

    public void Configure(EntityTypeBuilder<SecretLink> builder)
    {
        builder.ToTable("SecretLink");
        builder.HasIndex(link => link.Hash).IsUnique();
        OfPerson(builder, nameof(SecretLink.PersonId));
    }

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Session");
        builder.HasIndex(session => session.TokenHash).IsUnique();
        OfPerson(builder, nameof(Session.PersonId));
    }

    public void Configure(EntityTypeBuilder<Passkey> builder)
    {
        builder.ToTable("Passkey");
        builder.HasIndex(passkey => passkey.CredentialId).IsUnique();
        OfPerson(builder, nameof(Passkey.PersonId));
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCode");
        OfPerson(builder, nameof(RecoveryCode.PersonId));
    }

    public void Configure(EntityTypeBuilder<ExternalLogin> builder)
    {
        builder.ToTable("ExternalLogin");
        builder.HasIndex(login => new { login.Issuer, login.Subject }).IsUnique();
        OfPerson(builder, nameof(ExternalLogin.PersonId));
    }

    public void Configure(EntityTypeBuilder<Guess> builder)
    {
        builder.ToTable("Guess");
        builder.HasIndex(guess => guess.About);
        builder.HasIndex(guess => guess.At);
    }

    private static void OfPerson<T>(EntityTypeBuilder<T> builder, string personId) where T : class =>
        builder.HasOne<Person>().WithMany().HasForeignKey(personId).OnDelete(DeleteBehavior.NoAction);
}

public static class PeopleSets
{
    extension(WaymarkDb db)
    {
        public DbSet<Person> People => db.Set<Person>();
        public DbSet<RoleHeld> RolesHeld => db.Set<RoleHeld>();
        public DbSet<Organisation> Organisations => db.Set<Organisation>();
        public DbSet<SecretLink> SecretLinks => db.Set<SecretLink>();
        public DbSet<Session> Sessions => db.Set<Session>();
        public DbSet<Passkey> Passkeys => db.Set<Passkey>();
        public DbSet<RecoveryCode> RecoveryCodes => db.Set<RecoveryCode>();
        public DbSet<ExternalLogin> ExternalLogins => db.Set<ExternalLogin>();
        public DbSet<Guess> Guesses => db.Set<Guess>();

        /// <summary>Why these people may not stop being officers; null when somebody else stays who can invite.</summary>
        public string? RefuseWithoutOfficer(IReadOnlyCollection<int> leaving, DateOnly today)
        {
            var officers = db.RolesHeld.Where(role => role.Role == RoleKind.Officer && role.From <= today && role.Until == null)
                .Join(db.Set<Person>().Where(person => person.JoinedAt != null && person.ClosedAt == null), role => role.PersonId, person => person.Id, (role, _) => role.PersonId).Distinct().ToList();
            return officers.Any(leaving.Contains) && officers.All(leaving.Contains) ? "Nobody else is an officer who has joined. Invite another officer first" : null;
        }

        public Person? FindPerson(string? email)
        {
            if (email is null or { Length: > Person.LongestEmail }) return null;
            var key = Person.KeyOf(email);
            return db.People.FirstOrDefault(person => person.EmailKey == key);
        }
    }

    public static IQueryable<RoleHeld> On(this IQueryable<RoleHeld> roles, DateOnly day) => roles.Where(role => role.From <= day && (role.Until == null || role.Until >= day));
}
