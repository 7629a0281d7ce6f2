using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;

namespace Waymark.Priorities;

/// <summary>What of this room waits for a person: reports on what they own, and for leads what is late or has no measure.</summary>
internal static class PriorityNeeds
{
    public static IEnumerable<Need> Of(WaymarkDb db, Caller caller, DateOnly today, DateOnly until)
    {
        var own = caller.Roles.Where(held => Room.Report.AtOwnPlace.Contains(held.Role)).Select(held => held.Place).ToHashSet();
        var led = caller.Roles.Where(held => held.Role == RoleKind.ClusterLead).Select(held => held.Place).ToHashSet();
        foreach (var of in Plans.Of(db, actions => actions.Where(action => action.State == ActionState.Planned || action.State == ActionState.Underway)))
        {
            var action = of.Action;
            if (own.Contains(action.OwnerPlace) && of.IsDue(today)) yield return new($"Report progress on {action.Title}", of.Of, $"/actions/{action.Id}/progress", action.Due < until ? action.Due : until);
            // Officers follow up everywhere; what an action should move is for its lead to say.
            if (!led.Contains(action.Place) && !(caller.Holds(RoleKind.Officer) && (action.IsLate(today) || of.Last?.Going == Going.Stuck))) continue;
            if (action.IsLate(today)) yield return new($"Decide about {action.Title}: it was due on {action.Due:d MMMM yyyy}", of.Of, $"/actions/{action.Id}", null);
            else if (of.Last?.Going == Going.Stuck) yield return new($"Help with {action.Title}: it is stuck", of.Of, $"/actions/{action.Id}", null);
            else if (action.MeasureId is null) yield return new($"Name what {action.Title} should move", of.Of, $"/actions/{action.Id}/edit", null);
        }
        foreach (var need in OfDocuments(db, caller, today)) yield return need;
        if (caller.Holds(RoleKind.Officer) && db.AlikePriorities(today).Count is > 0 and var alike) yield return new($"Decide about {alike} {(alike == 1 ? "pair" : "pairs")} of priorities that sound alike", "The partnership", "/priorities/same", null);
    }

    /// <summary>A consultation that runs and that no place of this person has answered; a pledge that their school has not signed.</summary>
    private static IEnumerable<Need> OfDocuments(WaymarkDb db, Caller caller, DateOnly today)
    {
        var answering = caller.Roles.Where(held => Room.Answer.Everywhere.Contains(held.Role) && held.Role != RoleKind.Officer).Select(held => held.Place).ToHashSet();
        var signing = caller.Roles.Where(held => held.Role is RoleKind.Headteacher or RoleKind.Chair).Select(held => held.Place).ToHashSet();
        if (answering.Count == 0) yield break;
        foreach (var document in db.JointDocuments.AsNoTracking().ToList())
            foreach (var of in db.VersionsOf(document).Where(of => of.Version.TakesAnswers(today)))
            {
                var questions = db.ConsultationQuestions.Where(question => question.VersionId == of.Version.Id).Select(question => question.Id).ToList();
                if (!db.ConsultationAnswers.Where(answer => questions.Contains(answer.QuestionId)).Select(answer => answer.Place).ToList().Exists(answering.Contains))
                    yield return new($"Answer the questions on {of.Title}", "The partnership", $"{of.Address}/consultation", of.Version.ClosesOn);
            }
        if (signing.Count == 0 || db.CurrentVision() is not { } vision) yield break;
        var signed = db.PledgeRecords.Where(pledge => pledge.VersionId == vision.Version.Id && pledge.Urn != null).Select(pledge => pledge.Urn!.Value).ToList().Select(PlaceKey.School).ToHashSet();
        if (!signing.Any(signed.Contains)) yield return new($"Sign the pledge for {vision.Title}", "The partnership", $"{vision.Address}/pledge", null);
    }
}
