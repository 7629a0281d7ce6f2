using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages.Bids;

/// <summary>One bid: the fund's rules checked against register and figures and explained, its evidence, costs, letters and outcome.</summary>
public sealed class ShowModel(WaymarkDb db, LocalClock clock) : FormPage
{
    [BindProperty, Display(Name = "School")] public int? Urn { get; set; }
    [BindProperty, Display(Name = "Stated criterion"), StringLength(300)] public string? Stated { get; set; }
    [BindProperty, Display(Name = "What it pays for"), StringLength(200)] public string? What { get; set; }
    [BindProperty, Display(Name = "Amount")] public decimal? Amount { get; set; }
    [BindProperty, Display(Name = "Who supports it"), StringLength(150)] public string? From { get; set; }
    [BindProperty, Display(Name = "What the letter says"), StringLength(1_000)] public string? Says { get; set; }
    [BindProperty, Display(Name = "Outcome")] public bool? Won { get; set; }
    [BindProperty, Display(Name = "Awarded")] public decimal? Awarded { get; set; }
    [BindProperty, Display(Name = "What the fund said"), StringLength(1_000)] public string? Outcome { get; set; }

    public FundingBid Bid { get; private set; } = null!;
    public Fund Fund { get; private set; } = null!;
    public string Of { get; private set; } = "";
    public bool MayDecide { get; private set; }
    public bool MayChange => MayDecide && Bid.State == BidState.Draft;
    public bool IsEligible { get; private set; }
    public Table Rules { get; private set; } = null!;
    public Table Schools { get; private set; } = null!;
    public Table Evidence { get; private set; } = null!;
    public IReadOnlyList<BidCost> Costs { get; private set; } = [];
    public IReadOnlyList<BidLetter> Letters { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Bid = HttpContext.Record<FundingBid>();
        Fund = Priorities.Fund.Find(Bid.Fund)!;
        MayDecide = HttpContext.May(Room.Decide, Bid.Place);
        Of = Plans.NamesOf(db, [Bid.Place])[Bid.Place];
        var facts = db.FactsOf(Bid, Fund);
        var findings = BidCheck.Of(Fund, Bid, facts);
        IsEligible = findings.All(finding => finding.IsMet);
        Rules = new("findings", $"The rules of the {Fund.Name}", [new("rule", "Rule", ColumnRole.Label), new("met", "Met"), new("why", "Why")], [.. findings.Select(finding => new Row([new(finding.Rule), new(finding.IsMet ? "Yes" : "No"), new(finding.Why)]))]);
        Schools = new("schools", "Schools it supports", [new("school", "School", ColumnRole.Label), new("need", "Criteria of need that it meets")],
            [.. facts.Select(school => new Row([new(school.Name, Href: $"/schools/{school.Urn}"), new(BidCheck.InNeed(Fund, school) is { Count: > 0 } met ? string.Join("; ", met) : "None known")]))]);
        Evidence = db.EvidenceTable("bid", PrioritySets.KeyOf(Bid.Id));
        (Costs, Letters) = ([.. db.BidCosts.AsNoTracking().Where(cost => cost.BidId == Bid.Id).OrderBy(cost => cost.Id)], [.. db.BidLetters.AsNoTracking().Where(letter => letter.BidId == Bid.Id).OrderBy(letter => letter.Id)]);
        var members = Bid.Place.Kind == PlaceKind.Cluster ? db.MemberSchoolsOn(clock.Today, db.Clusters.First(cluster => cluster.Id == Bid.Place.Number)) : db.MemberSchoolsOn(clock.Today);
        Choices = [new("", ""), .. members.DistinctBy(member => member.School.Urn).OrderBy(member => member.School.Name).Select(member => new SelectListItem(member.School.Name, member.School.Urn.ToString()))];
    }

    public void OnGet() { }

    public IActionResult OnPostSchool()
    {
        Say(nameof(Urn), NotDraft ?? (Urn is not { } urn || Choices.All(choice => choice.Value != urn.ToString(System.Globalization.CultureInfo.InvariantCulture)) ? "Select a school" : null));
        if (!ModelState.IsValid) return Page();
        var key = new SchoolUrn(Urn!.Value);
        if (db.BidSchools.FirstOrDefault(school => school.BidId == Bid.Id && school.Urn == key) is { } there) there.Stated = Stated?.Trim() ?? "";
        else db.Add(new BidSchool { BidId = Bid.Id, Urn = key, Stated = Stated?.Trim() ?? "" });
        return Saved("The school was named");
    }

    public IActionResult OnPostCost()
    {
        Say(nameof(What), NotDraft ?? (string.IsNullOrWhiteSpace(What) ? "Enter what it pays for" : null));
        Say(nameof(Amount), Amount is not > 0 or > PlannedAction.MostMoney ? "Enter an amount above £0" : null);
        if (!ModelState.IsValid) return Page();
        db.Add(new BidCost { BidId = Bid.Id, What = What!.Trim(), Amount = Amount!.Value });
        return Saved("The cost was added");
    }

    public IActionResult OnPostLetter()
    {
        Say(nameof(From), NotDraft ?? (string.IsNullOrWhiteSpace(From) ? "Enter who supports it" : null));
        Say(nameof(Says), string.IsNullOrWhiteSpace(Says) ? "Enter what the letter says" : null);
        if (!ModelState.IsValid) return Page();
        db.Add(new BidLetter { BidId = Bid.Id, From = From!.Trim(), On = clock.Today, Says = Says!.Trim() });
        return Saved("The letter was added");
    }

    public IActionResult OnPostSend() => Ruled("", Bid.Send(clock.Today, IsEligible, Costs.Count), "It was recorded as sent");

    public IActionResult OnPostDecide()
    {
        if (Won is null) Say(nameof(Won), "Select the outcome");
        return Ruled(nameof(Outcome), Won is { } won ? Bid.Decide(clock.Today, won, Awarded, Outcome) : null, "The outcome was recorded");
    }

    private string? NotDraft => Bid.State == BidState.Draft ? null : "It was sent and is not changed any more";

    private IActionResult Ruled(string question, string? rule, string done)
    {
        if (rule is not null) ModelState.AddModelError(question, rule.TrimEnd('.'));
        return ModelState.IsValid ? Saved(done) : Page();
    }

    private RedirectResult Saved(string sentence)
    {
        db.SaveChanges();
        TempData.Done(sentence);
        return Redirect($"/bids/{Bid.Id}");
    }
}
