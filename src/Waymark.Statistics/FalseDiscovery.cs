namespace Waymark.Statistics;

/// <summary>What may be called a finding when many figures were looked at.</summary>
public static class FalseDiscovery
{
    /// <summary>
    /// Which of the p-values are discoveries, so that of those called so at most this share is expected to be chance.
    /// All that was looked at has to be handed in, not only what looked promising. Holds for independent and for positively dependent figures.
    /// Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57 (1995) 289-300.
    /// </summary>
    /// <param name="pValues">Each 0 to 1.</param>
    /// <param name="rate">The share of false discoveries accepted, 0 to 1.</param>
    /// <returns>One answer per p-value, in the same order.</returns>
    public static IReadOnlyList<bool> BenjaminiHochberg(IReadOnlyList<double> pValues, double rate)
    {
        if (rate is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies between 0 and 1.");
        if (pValues.Any(p => p is not (>= 0 and <= 1)))
            throw new ArgumentOutOfRangeException(nameof(pValues), "A p-value lies between 0 and 1.");
        var sorted = pValues.Order().ToArray();
        var last = sorted.Length - 1;
        while (last >= 0 && sorted[last] > rate * (last + 1) / sorted.Length) last--;
        return [.. pValues.Select(p => last >= 0 && p <= sorted[last])];
    }
}
