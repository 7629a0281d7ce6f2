using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Priorities.Pages.Bids;

/// <summary>All bids, and the funds with their rules.</summary>
public sealed class IndexModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Table Table { get; private set; } = null!;
    public IReadOnlyList<(string Name, string Slug)> MayBid { get; private set; } = [];

    public void OnGet()
    {
        var bids = db.FundingBids.AsNoTracking().OrderByDescending(bid => bid.Id).ToList();
        var names = Plans.NamesOf(db, [.. bids.Select(bid => bid.Place)]);
        Table = new("bids", "Bids", [new("bid", "Bid", ColumnRole.Label), new("fund", "Fund"), new("of", "Whose"), new("lead", "Lead"), new("state", "State")],
            [.. bids.Select(bid => new Row([new(bid.Title, Href: $"/bids/{bid.Id}"), new(Fund.Find(bid.Fund)?.Name ?? bid.Fund), new(names[bid.Place]), new(bid.Lead), new(bid.State.InWords())]))]);
        MayBid = [.. db.OuterClusters(clock.Today).Where(cluster => HttpContext.May(Room.Decide, cluster.Place)).Select(cluster => (cluster.Name, cluster.Slug))];
    }
}
