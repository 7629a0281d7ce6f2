using System.Collections.Concurrent;

namespace Waymark.Listening;

/// <summary>Slows down whoever tries secret links: after so many wrong ones from an address within a minute, all are refused for the rest of it. Kept in memory only.</summary>
public sealed class GuessLimit(TimeProvider time)
{
    private const int MostInAMinute = 20;
    private readonly ConcurrentDictionary<string, (long Minute, int Wrong)> addresses = new();

    public bool IsOver(string address) => addresses.TryGetValue(address, out var seen) && seen.Minute == Minute && seen.Wrong >= MostInAMinute;

    public void Wrong(string address)
    {
        if (addresses.Count > 10_000)
        {
            foreach (var old in addresses.Where(seen => seen.Value.Minute != Minute)) addresses.TryRemove(old);
        }
        addresses.AddOrUpdate(address, _ => (Minute, 1), (_, seen) => seen.Minute == Minute ? (Minute, seen.Wrong + 1) : (Minute, 1));
    }

    private long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;
}
