using System.Net.Mail;
using Waymark.Data;

namespace Waymark.Clusters;

public enum ContactCapacity
{
    /// <summary>The headteacher whom the cluster chose to lead it.</summary>
    Lead = 0,
    /// <summary>The authority's named officer for the cluster.</summary>
    Officer = 1,
    /// <summary>An organisation that works with the cluster as a member.</summary>
    Partner = 2,
    /// <summary>Somebody of the locality's teams and services.</summary>
    Locality = 3,
}

/// <summary>A person or organisation that belongs to a cluster, from one day to another. Ended, never deleted: the packs of that time name them.</summary>
public sealed class ClusterContact : IVersioned
{
    public int Id { get; init; }
    public required int ClusterId { get; init; }
    public required ContactCapacity Capacity { get; set; }
    public required string Name { get; set; }
    /// <summary>What they are: "Headteacher, Maple Lower School".</summary>
    public string Role { get; set; } = "";
    public string Email { get; set; } = "";
    public string Telephone { get; set; } = "";
    public required DateOnly From { get; set; }
    /// <summary>The last day; null while it goes on.</summary>
    public DateOnly? Until { get; set; }

    public int Version { get; set; }

    public bool On(DateOnly day) => From <= day && (Until is null || Until >= day);

    public static string? CheckName(string? name) => string.IsNullOrWhiteSpace(name) ? "Enter the name of the person or organisation."
        : name.Trim().Length > 100 ? "The name must be 100 characters or fewer." : null;

    public static string? CheckRole(string? role) => (role?.Trim().Length ?? 0) > 150 ? "The role must be 150 characters or fewer." : null;

    public static string? CheckEmail(string? email) => string.IsNullOrWhiteSpace(email) || (email.Trim().Length <= 254 && MailAddress.TryCreate(email.Trim(), out var address) && address.Address == email.Trim())
        ? null : "Enter an e-mail address in the right form, like name@example.org.";

    public static string? CheckTelephone(string? telephone) => string.IsNullOrWhiteSpace(telephone)
        || (telephone.Count(char.IsAsciiDigit) is >= 6 and <= 15 && telephone.Trim().Length <= 40 && telephone.All(letter => char.IsAsciiDigit(letter) || " +()-.extEXT".Contains(letter, StringComparison.Ordinal)))
        ? null : "Enter a telephone number, like 01632 960 001 or +44 808 157 0192.";
}
