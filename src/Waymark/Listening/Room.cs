using System.CommandLine;
using System.Globalization;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening;

/// <summary>Surveys, interviews and consultations: what heads, governors, parents and staff say, counted so that it can be trusted and nobody is given away.</summary>
public sealed class Room : Shared.Room
{
    /// <summary>Running surveys. Who has it is a named officer: sees which school confidential answers come from.</summary>
    public static readonly Permission Run = new("listening.run", "Build, open and close surveys, record interviews, read texts; see which school confidential answers come from", [RoleKind.Officer], []);

    /// <summary>Saying whether a finding resonates.</summary>
    public static readonly Permission Respond = new("listening.respond", "Say for a cluster whether a finding resonates", [RoleKind.Officer], [RoleKind.ClusterLead]);

    private static readonly Door Answering = new(DoorKind.Public, null, BySurvey) { IsSealed = true };

    public override IEnumerable<DoorOf> Doors =>
    [
        new("Pages", new Door(DoorKind.Role, Run, BySurvey)),
        new("Pages/Answer", Answering), new("Pages/Arrive", Answering), new("Pages/ArriveFromSchool", Answering), new("Pages/PublicResults", new Door(DoorKind.Public, null, BySurvey)),
    ];

    private static Found? BySurvey(WaymarkDb db, RouteValueDictionary route) =>
        db.FindSurvey(Convert.ToString(route["code"], CultureInfo.InvariantCulture)!) is { } survey ? new Found(survey, PlaceKey.Partnership) : null;

    public override IEnumerable<MenuEntry> Menu => [];

    public override IEnumerable<Command> Commands => [];

    public override IEnumerable<Invariant> Invariants => ListeningInvariants.All;

    public override void FillExample(Store store) => ListeningExample.Fill(store);

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<SurveyKeys>();
        services.AddSingleton<BallotBox>();
        services.AddSingleton<Mixer>();
        services.AddSingleton<GuessLimit>();
        services.AddHostedService<MixerAtWork>();
    }
}
