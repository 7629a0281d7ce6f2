using System.Runtime.InteropServices;

namespace Waymark.Example;

/// <summary>
/// Chance for the example: SplitMix64, started from a sentence, so that every draw belongs to its subject ("2801 phonics 2014")
/// and a new family of files never changes an old one. It uses whole numbers, sums and products only: same bytes on every machine.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public struct ExampleRandom
{
    private ulong state;

    /// <summary>Starts a stream from its subject.</summary>
    public static ExampleRandom For(string subject)
    {
        var hash = 14695981039346656037UL ^ 20170116;
        foreach (var c in subject) hash = (hash ^ c) * 1099511628211UL;
        return new ExampleRandom { state = hash };
    }

    private ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to, but not including, 1.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Uniform() < probability;

    public int Below(int limit) => (int)(Uniform() * limit);

    /// <summary>Standard normal, as the sum of twelve uniform draws: exact arithmetic, no logarithm that differs between machines.</summary>
    public double Normal()
    {
        long sum = 0;
        for (var i = 0; i < 3; i++)
        {
            var bits = Next();
            sum += (long)((bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48));
        }
        return sum / 65536.0 - 6 + 6 / 65536.0;
    }

    /// <summary>How many of <paramref name="n"/>, near the share: half the scatter of independent draws, since the same children stay for years.</summary>
    public int Near(int n, double share) =>
        Math.Clamp((int)Math.Round(n * share + 0.5 * Normal() * Math.Sqrt(n * share * (1 - share)), MidpointRounding.AwayFromZero), 0, n);

    /// <summary>The standard normal value that a given percentage lies above (Acklam's approximation, between 3% and 97%).</summary>
    public static double Cut(double percentageAbove)
    {
        var q = 0.5 - percentageAbove / 100;
        var r = q * q;
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * q
            / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1);
    }
}
