using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages.Bids;

/// <summary>A cluster, or the partnership, begins a bid for a fund.</summary>
public sealed class NewModel(WaymarkDb db) : FormPage
{
    [BindProperty, Display(Name = "Fund")] public string? For { get; set; }
    [BindProperty, Display(Name = "What the bid is for"), StringLength(200)] public string? Title { get; set; }
    [BindProperty, Display(Name = "Who leads it"), StringLength(150)] public string? Lead { get; set; }
    [BindProperty, Display(Name = "What the lead is")] public string? LeadKind { get; set; }
    [BindProperty, Display(Name = "Partners"), StringLength(1_000)] public string? Partners { get; set; }

    public IReadOnlyList<SelectListItem> Funds { get; } = [.. Fund.All.Select(fund => new SelectListItem(fund.Name, fund.Code))];
    public IReadOnlyList<SelectListItem> Kinds { get; } = [new("", ""), .. Fund.All.SelectMany(fund => fund.Leads).Append("School").Distinct().Select(kind => new SelectListItem(kind, kind))];

    public string Where => db.NameOf(HttpContext.Found!.Place).Name;

    public void OnGet() => For = Fund.All[0].Code;

    public IActionResult OnPost()
    {
        Say(nameof(For), Fund.Find(For) is null ? "Select the fund" : null);
        Say(nameof(Title), string.IsNullOrWhiteSpace(Title) ? "Enter what the bid is for" : null);
        Say(nameof(Lead), string.IsNullOrWhiteSpace(Lead) ? "Enter who leads it" : null);
        Say(nameof(LeadKind), string.IsNullOrEmpty(LeadKind) || Kinds.All(kind => kind.Value != LeadKind) ? "Select what the lead is" : null);
        if (!ModelState.IsValid) return Page();
        var bid = new FundingBid { Fund = For!, Place = HttpContext.Found!.Place, Title = Title!.Trim(), Lead = Lead!.Trim(), LeadKind = LeadKind!, Partners = Partners?.Trim() ?? "" };
        db.Add(bid);
        db.SaveChanges();
        TempData.Done("The bid was begun");
        return Redirect($"/bids/{bid.Id}");
    }
}
