using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Tests.Clusters;

internal static class TestSchools
{
    public static School School(int urn, string? name = null, Phase phase = Phase.Lower, int easting = 502_000, int northing = 222_000, SchoolStatus status = SchoolStatus.Open, DateOnly? openedOn = null) => new()
    {
        Urn = new SchoolUrn(urn),
        AsOf = new DateOnly(2016, 9, 1),
        Name = name ?? $"School {urn}",
        Authority = new LocalAuthorityCode(823),
        Phase = phase,
        Status = status,
        OpenedOn = openedOn,
        Town = "Dunstable",
        Easting = easting,
        Northing = northing,
        Pupils = 150,
        SearchText = (name ?? $"School {urn}").ToLowerInvariant(),
        InRegister = true,
    };
}
