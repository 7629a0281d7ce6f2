using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Data;

/// <summary>One fact about the store itself: its kind, its authority, the day an example lives on.</summary>
public sealed class Setting
{
    public const string Kind = "kind";
    /// <summary>The store's own name, drawn when it was made.</summary>
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

        /// <summary>A new store becomes an example or a real one, for life. Of several that ask at once, one is told that it decided.</summary>
        public bool Become(StoreKind kind) =>
            db.Database.ExecuteSql($"insert into setting (\"key\", value) values ({Setting.Kind}, {kind.ToString()}) on conflict do nothing") == 1;
    }
}
