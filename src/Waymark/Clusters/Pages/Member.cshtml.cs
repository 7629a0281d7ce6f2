using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Ledger;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>One membership: it ends, it changes its kind from a day, or what is recorded was a mistake.</summary>
public sealed class MemberModel(WaymarkDb db, LocalClock clock) : PageModel
{
    /// <summary>The first day of the membership that is meant.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly From { get; set; }
    [BindProperty, Display(Name = "Last day")] public DateOnly? LastDay { get; set; }
    [BindProperty, Display(Name = "First day of the change")] public DateOnly? ChangesOn { get; set; }
    [BindProperty, Display(Name = "What is right")] public string? RightKind { get; set; }
    [BindProperty, Display(Name = "Right first day")] public DateOnly? RightFrom { get; set; }
    [BindProperty, Display(Name = "Right last day")] public DateOnly? RightUntil { get; set; }

    public Cluster Cluster { get; private set; } = null!;
    public ClusterMember Member { get; private set; } = null!;
    public string Name => Member.Name;
    public bool IsJoint => Cluster.Kind == ClusterKind.Joint;
    public Span Span { get; private set; } = null!;
    public bool GoesOn => Span.Until is null;
    private MembershipHistory history = MembershipHistory.None;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        context.Result = NotFound();
        if (db.FindCluster((string)context.RouteData.Values["slug"]!) is not { } cluster || db.FindMember(cluster, (string)context.RouteData.Values["member"]!) is not { } member) return;
        (Cluster, Member) = (cluster, member);
        history = db.MembershipOf(cluster, member.Place);
        if ((history.Spans.FirstOrDefault(span => span.From == From) ?? (history.Spans is [.., var last] ? last : null)) is not { } span) return;
        Span = span;
        context.Result = null;
    }

    public void OnGet() => (RightKind, RightFrom, RightUntil) = (Span.Kind.ToString(), Span.From, Span.Until);

    public IActionResult OnPostEnd()
    {
        if (LastDay is null) ModelState.Say(nameof(LastDay), "Enter the last day of membership");
        var changed = history;
        if (ModelState.IsValid) ModelState.Say(nameof(LastDay), history.End(LastDay!.Value, out changed));
        return Finish(changed, $"ended on {Lists.Day(LastDay)}", $"{Name}’s membership ends on {Lists.Day(LastDay)}");
    }

    public IActionResult OnPostKind()
    {
        if (IsJoint) return NotFound();
        var kind = Span.Kind == ContainmentKind.Full ? ContainmentKind.Associate : ContainmentKind.Full;
        if (ChangesOn is null) ModelState.Say(nameof(ChangesOn), "Enter the first day of the change");
        var changed = history;
        if (ModelState.IsValid) ModelState.Say(nameof(ChangesOn), history.ChangeKind(ChangesOn!.Value, kind, out changed));
        var words = $"{(kind == ContainmentKind.Full ? "full" : "associate")} member from {Lists.Day(ChangesOn)}";
        return Finish(changed, $"became {words}", $"{Name} is {words}");
    }

    public IActionResult OnPostCorrect()
    {
        if (IsJoint && RightKind == "Associate") RightKind = null;
        var never = RightKind == "Never";
        var kind = Enum.TryParse<ContainmentKind>(RightKind, out var parsed) && Enum.IsDefined(parsed) ? parsed : (ContainmentKind?)null;
        if (!never && kind is null) ModelState.AddModelError(nameof(RightKind), "Select what is right");
        if (!never && RightFrom is null) ModelState.Say(nameof(RightFrom), "Enter the right first day");
        var changed = history;
        if (ModelState.IsValid)
            ModelState.Say(never ? nameof(RightKind) : RightUntil < RightFrom ? nameof(RightUntil) : nameof(RightFrom), history.Correct(Span, never ? null : new Span(RightFrom!.Value, RightUntil, kind!.Value), out changed));
        return Finish(changed, $"mistake corrected: was {Span.InWords()}, is {(never ? "not a member in that time" : new Span(RightFrom ?? Span.From, RightUntil, kind ?? Span.Kind).InWords())}", $"{Name}’s membership was corrected");
    }


    private IActionResult Finish(MembershipHistory changed, string note, string done)
    {
        if (!ModelState.IsValid) return Page();
        db.RecordMembership(Cluster, Member.Place, changed, $"{Name}: {note}", clock.UtcNow);
        TempData.Done(done);
        return Redirect($"/clusters/{Cluster.Slug}/members");
    }
}
