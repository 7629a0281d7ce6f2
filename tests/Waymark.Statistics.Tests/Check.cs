using FsCheck;
using FsCheck.Fluent;

namespace Waymark.Statistics.Tests;

/// <summary>Properties that have to hold for shares in general.</summary>
internal static class Check
{
    private static readonly Gen<(long Count, long Base)> Share =
        from n in Gen.Choose(1, 2000) from count in Gen.Choose(0, n) select ((long)count, (long)n);

    public static void Shares(Func<long, long, bool> holds) =>
        Prop.ForAll(Share.ToArbitrary(), s => holds(s.Count, s.Base)).QuickCheckThrowOnFailure();

    public static void PairsOfShares(Func<long, long, long, long, bool> holds) =>
        Prop.ForAll(Share.Two().ToArbitrary(), p => holds(p.Item1.Count, p.Item1.Base, p.Item2.Count, p.Item2.Base)).QuickCheckThrowOnFailure();
}
