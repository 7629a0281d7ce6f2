using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Exports;
using Waymark.Shared.Imports;
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
        new("Pages/Answer", Answering), new("Pages/Arrive", Answering), new("Pages/ArriveFromSchool", Answering), new("Pages/Unsubscribe", Answering), new("Pages/PublicResults", new Door(DoorKind.Public, null, BySurvey)),
        new("Pages/Key", new Door(DoorKind.Role, Run, BySurvey) { IsSealed = true }),
        new("Pages/New", Door.For(Run)), new("Pages/NewFinding", Door.For(Run)),
        new("Pages/Surveys", Door.For(Permission.Read)), new("Pages/Statements", Door.For(Permission.Read)), new("Pages/Compare", Door.For(Permission.Read)), new("Pages/Findings", Door.For(Permission.Read)),
        new("Pages/Show", new Door(DoorKind.Role, Permission.Read, BySurvey) { Forms = Run }), new("Pages/Results", new Door(DoorKind.Role, Permission.Read, BySurvey)), new("Pages/ResultsFile", new Door(DoorKind.Role, Permission.Read, BySurvey)),
        new("Pages/Share", new Door(DoorKind.Public, null, ByShare)), new("Pages/ShowFinding", new Door(DoorKind.Role, Permission.Read, ByFinding)), new("Pages/AnswerFinding", new Door(DoorKind.Role, Respond, ByFindingAndCluster)),
    ];

    private static Found? ByShare(WaymarkDb db, RouteValueDictionary route) => CitableResults.ResultOf(db, $"{route["survey"]}/{route["question"]}/{Uri.EscapeDataString((string)route["answer"]!)}") is { } live ? new Found(live, PlaceKey.Partnership, null) : null;

    private static Found? ByFinding(WaymarkDb db, RouteValueDictionary route) =>
        int.TryParse(Convert.ToString(route["id"], CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && db.Findings.FirstOrDefault(finding => finding.Id == id && finding.WithdrawnOn == null) is { } finding ? new Found(finding, PlaceKey.Partnership) : null;

    private static Found? ByFindingAndCluster(WaymarkDb db, RouteValueDictionary route)
    {
        if (ByFinding(db, route)?.Record is not Finding finding || db.FindCluster((string)route["slug"]!) is not { } cluster) return null;
        // The version is that of what the cluster said before.
        return new Found(finding, cluster.Place, db.Set<FindingAnswer>().AsNoTracking().Where(answer => answer.FindingId == finding.Id && answer.ClusterId == cluster.Id).Select(answer => (int?)answer.Version).FirstOrDefault());
    }

    private static Found? BySurvey(WaymarkDb db, RouteValueDictionary route) =>
        db.FindSurvey(Convert.ToString(route["code"], CultureInfo.InvariantCulture)!) is { } survey ? new Found(survey, PlaceKey.Partnership) : null;

    public override IEnumerable<MenuEntry> Menu => [new("Surveys", "/surveys", 40) { For = Permission.Read }];

    public override IEnumerable<Citable> Citables => CitableResults.All;

    public override IEnumerable<Export> Exports => [Export.Of("results", "Results of surveys and interviews: shares with base, blanks and interval", Permission.Read, (db, today) => ResultRow.All(db, today))];

    public override IEnumerable<Importer> Importers => [new Imports.LimeSurveyImporter()];

    public override IEnumerable<Invariant> Invariants => ListeningInvariants.All;

    public override IEnumerable<Need> Needs(WaymarkDb db, Caller caller, DateOnly today, DateOnly until)
    {
        if (caller.Holds(RoleKind.Officer))
            foreach (var survey in db.Surveys.AsNoTracking().Where(survey => survey.State == SurveyState.Open && survey.ClosesOn != null && survey.ClosesOn <= until).ToList())
                yield return new Need($"Close the survey {survey.Title}", "", $"/surveys/{survey.Code}", survey.ClosesOn);
        var led = caller.Roles.Where(held => held.Role == RoleKind.ClusterLead).Select(held => held.Place).ToHashSet();
        foreach (var cluster in db.Clusters.AsNoTracking().ToList().Where(cluster => led.Contains(cluster.Place)))
        {
            var open = db.Findings.Where(finding => finding.WithdrawnOn == null && !db.Set<FindingAnswer>().Any(answer => answer.FindingId == finding.Id && answer.ClusterId == cluster.Id)).OrderBy(finding => finding.Id).Select(finding => finding.Id).ToList();
            if (open.Count > 0) yield return new Need(open.Count == 1 ? "Say whether a finding resonates" : $"Say whether {open.Count} findings resonate", cluster.Name, $"/surveys/findings/{open[0]}/clusters/{cluster.Slug}", null);
        }
    }

    public override void FillExample(Store store) => ListeningExample.Fill(store);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SurveyKeys>();
        services.AddSingleton<BallotBox>();
        services.AddSingleton<OpenForms>();
        services.AddSingleton<Mixer>();
        services.AddSingleton<GuessLimit>();
        services.AddHostedService<MixerAtWork>();
    }
}
