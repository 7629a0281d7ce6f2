using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Data;

/// <summary>One fact about the store itself: its kind, its authority, the day an example lives on.</summary>
public sealed class Setting
{
    public const string Kind = "kind";
    /// <summary>The store's own name, drawn once.</summary>
    public const string Store = "store";
    public const string Authority = "authority";
    public const string AuthorityName = "authority-name";
    public const string Today = "today";
    /// <summary>Set when an example has all of its records.</summary>
    public const string Filled = "filled";

    public required string Key { get; init; }
    public required string Value { get; set; }
}

internal sealed class SettingTable : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> builder)
    {
        builder.ToTable("Setting");
        builder.HasKey(setting => setting.Key);
    }
}

public static class SettingSets
{
    extension(WaymarkDb db)
    {
        public DbSet<Setting> Settings => db.Set<Setting>();

        public string? Read(string key) => db.Settings.AsNoTracking().Where(setting => setting.Key == key).Select(setting => setting.Value).FirstOrDefault();

        public void Write(string key, string value)
        {
            if (db.Settings.Find(key) is { } setting) setting.Value = value;
            else db.Settings.Add(new Setting { Key = key, Value = value });
        }

        /// <summary>The store's own name, drawn when it is first asked for: what is sealed for one store opens in no other.</summary>
        public string OwnName()
        {
            var drawn = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
            return db.Read(Setting.Store) ?? (db.Database.ExecuteSql($"insert into setting (\"key\", value) values ({Setting.Store}, {drawn}) on conflict do nothing") >= 0 ? db.Read(Setting.Store)! : drawn);
        }

        /// <summary>A new store becomes an example or a real one, for life. Of several that ask at once, one is told that it decided.</summary>
        public bool Become(StoreKind kind) =>
            db.Database.ExecuteSql($"insert into setting (\"key\", value) values ({Setting.Kind}, {kind.ToString()}) on conflict do nothing") == 1;
    }
}
