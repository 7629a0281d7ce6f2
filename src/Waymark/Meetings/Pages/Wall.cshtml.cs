using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>Meeting mode: one item at a time on the wall.</summary>
public sealed class WallModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    public AgendaItem? Item { get; private set; }
    public IReadOnlyList<Citation> Evidence { get; private set; } = [];
    public int Number { get; private set; }
    public int Count => Meeting.Items.Count;

    public void OnGet(int item = 1)
    {
        LoadAgenda();
        if (!IsOwn) Meeting.Items.RemoveAll(each => each.Confidential);
        Number = Math.Clamp(item, 1, Math.Max(1, Count));
        Item = Meeting.Items.ElementAtOrDefault(Number - 1);
        if (Item is not null) Evidence = Db.EvidenceFor(Decisions.Kind, Item.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
