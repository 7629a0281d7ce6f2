namespace Waymark.Clusters.Pages;

internal static class People
{
    public static string InWords(ContactCapacity capacity) => capacity switch
    {
        ContactCapacity.Lead => "Cluster lead",
        ContactCapacity.Officer => "Officer of the authority",
        ContactCapacity.Partner => "Partner",
        _ => "Contact in the locality",
    };
}
