using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Priorities.Pages;

/// <summary>All priorities by horizon, each with the clusters that share it.</summary>
public sealed class IndexModel(WaymarkDb db, LocalClock clock) : FormPage
{
    public IReadOnlyList<Table> Tables { get; private set; } = [];
    public Table Ended { get; private set; } = null!;
    public int Alike { get; private set; }

    public void OnGet()
    {
        var all = db.SharedPriorities(clock.Today);
        Tables = [.. Enum.GetValues<Horizon>().Select(horizon => Lists.Shared(horizon.Code(), horizon.InWords(), [.. all.Where(shared => shared.Priority.Horizon == horizon && shared.Priority.IsOpen)]))];
        Ended = Lists.Shared("ended", "Priorities that have ended", [.. all.Where(shared => !shared.Priority.IsOpen)]);
        Alike = db.AlikePriorities(clock.Today).Count;
    }
}
