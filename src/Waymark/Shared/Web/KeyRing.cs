using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;

namespace Waymark.Shared.Web;

/// <summary>
/// The keys that seal cookies and forms. They outlive a restart: in the folder keys of the data directory, or in the database that several servers share.
/// The store's own name is part of what they seal with, so that nothing sealed for one partnership opens in another.
/// </summary>
internal static class KeyRing
{
    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddOptions<DataProtectionOptions>().Configure<Store>((options, store) =>
        {
            using var db = store.Open();
            options.ApplicationDiscriminator = db.OwnName();
        });
        services.AddOptions<KeyManagementOptions>().Configure<Store, ILoggerFactory>((options, store, loggers) =>
            options.XmlRepository = store.Directory is { } directory ? new FileSystemXmlRepository(Folder(directory), loggers) : new KeysInDatabase(store));
    }

    private static DirectoryInfo Folder(string directory)
    {
        var folder = new DirectoryInfo(Path.Combine(directory, "keys"));
        if (folder.Exists) return folder;
        if (OperatingSystem.IsWindows()) folder.Create();
        else Directory.CreateDirectory(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    private sealed class KeysInDatabase(Store store) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var db = store.Open();
            return [.. db.Set<ProtectionKey>().AsNoTracking().OrderBy(key => key.Id).Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using var db = store.Open();
            db.Add(new ProtectionKey { Xml = element.ToString(SaveOptions.DisableFormatting) });
            db.SaveChanges();
        }
    }
}
