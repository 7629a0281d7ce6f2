namespace Waymark.Statistics;

/// <param name="Key">Names the candidate; each key is a neighbour at most once.</param>
/// <param name="Values">One per characteristic, in the order of the weights; null where it is not known.</param>
public sealed record Candidate(string Key, double?[] Values);

/// <param name="Distance">0 for the same characteristics; 1 means one standard deviation apart, in the weighted mean over the characteristics both have.</param>
/// <param name="Contributions">Each characteristic's share of the squared distance, so that they add up to it; null where one of the two lacks it.</param>
public sealed record Neighbour(string Key, double Distance, IReadOnlyList<double?> Contributions);

/// <param name="Nearest">Nearest first; equally near ones in the order of their keys.</param>
/// <param name="LeftOut">Candidates which share less than half of the total weight with the subject.</param>
public sealed record Neighbours(IReadOnlyList<Neighbour> Nearest, int LeftOut);

/// <summary>
/// Places of similar make-up: nearest neighbours by weighted Euclidean distance over standardised characteristics.
/// Source: Department for Education and NFER, "Children's services statistical neighbour benchmarking" (2007), which standardises,
/// weights and takes the root; the treatment of missing values is this library's own.
/// </summary>
public static class Similarity
{
    /// <summary>
    /// The nearest candidates. A characteristic is standardised by its mean and standard deviation over the candidates that have it;
    /// one that does not vary tells nothing and contributes 0. Missing values: the distance is the weighted mean over the characteristics
    /// that both have, so a gap neither helps nor harms; a candidate which shares less than half of the total weight is left out and counted.
    /// </summary>
    /// <param name="subject">The subject's characteristics. The subject itself has to be left out of the candidates by the caller.</param>
    /// <param name="weights">Not negative, at least one above 0; they need not add up to anything.</param>
    /// <param name="count">How many neighbours are wanted.</param>
    public static Neighbours Nearest(IReadOnlyList<double?> subject, IReadOnlyList<Candidate> candidates, IReadOnlyList<double> weights, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var width = weights.Count;
        if (subject.Count != width || candidates.Any(c => c.Values.Length != width))
            throw new ArgumentException("Subject, candidates and weights have the same number of characteristics.", nameof(subject));
        if (weights.Any(w => w is not (>= 0 and < double.PositiveInfinity)) || !weights.Any(w => w > 0))
            throw new ArgumentException("Weights are not negative, and one is above 0.", nameof(weights));

        // One flat array, NaN for unknown, and per characteristic the factor that turns a squared difference into its weighted, standardised one.
        double[] own = [.. subject.Select(v => v ?? double.NaN)];
        var values = new double[candidates.Count * width];
        var next = 0;
        foreach (var candidate in candidates)
            foreach (var value in candidate.Values)
                values[next++] = value ?? double.NaN;
        var factor = Variances(values, width);
        for (var j = 0; j < width; j++)
            factor[j] = factor[j] > 0 ? weights[j] / factor[j] : 0;

        double[] weight = [.. weights];
        var half = weight.Sum() / 2;
        var nearest = new List<(double Squared, int Index)>(count + 1);
        var leftOut = 0;
        for (var i = 0; i < candidates.Count; i++)
        {
            double sum = 0, shared = 0;
            for (var j = 0; j < width; j++)
            {
                var difference = values[i * width + j] - own[j];
                if (double.IsNaN(difference))
                    continue;
                sum += factor[j] * difference * difference;
                shared += weight[j];
            }
            if (shared < half || shared == 0)
                leftOut++;
            else
                Offer(nearest, candidates, (sum / shared, i), count);
        }
        return new([.. nearest.Select(n => Explain(candidates[n.Index], Math.Sqrt(n.Squared), own, weights, factor))], leftOut);
    }

    private static void Offer(List<(double Squared, int Index)> nearest, IReadOnlyList<Candidate> candidates, (double Squared, int Index) offered, int count)
    {
        bool Nearer((double Squared, int Index) a, (double Squared, int Index) b) =>
            a.Squared < b.Squared || (a.Squared == b.Squared && string.CompareOrdinal(candidates[a.Index].Key, candidates[b.Index].Key) < 0);

        if (count == 0 || (nearest.Count == count && !Nearer(offered, nearest[^1])))
            return;
        var same = nearest.FindIndex(n => candidates[n.Index].Key == candidates[offered.Index].Key);
        if (same >= 0 && nearest[same].Squared <= offered.Squared)
            return;
        if (same >= 0)
            nearest.RemoveAt(same);
        var place = nearest.Count;
        while (place > 0 && Nearer(offered, nearest[place - 1])) place--;
        nearest.Insert(place, offered);
        if (nearest.Count > count)
            nearest.RemoveAt(count);
    }

    private static Neighbour Explain(Candidate candidate, double distance, double[] own, IReadOnlyList<double> weights, double[] factor)
    {
        var both = Enumerable.Range(0, own.Length).Where(j => candidate.Values[j] is not null && !double.IsNaN(own[j])).ToHashSet();
        var shared = both.Sum(j => weights[j]);
        return new(candidate.Key, distance, [.. own.Select((value, j) =>
            both.Contains(j) ? factor[j] * Math.Pow(candidate.Values[j]!.Value - value, 2) / shared : (double?)null)]);
    }

    /// <summary>Of each characteristic over those that have it; row by row, as the values lie in memory.</summary>
    private static double[] Variances(double[] values, int width)
    {
        double[] known = new double[width], mean = new double[width], variance = new double[width];
        for (int i = 0, j = 0; i < values.Length; i++, j = j + 1 == width ? 0 : j + 1)
            if (!double.IsNaN(values[i]))
            {
                known[j]++;
                mean[j] += values[i];
            }
        for (var j = 0; j < width; j++)
            mean[j] /= Math.Max(1, known[j]);
        for (int i = 0, j = 0; i < values.Length; i++, j = j + 1 == width ? 0 : j + 1)
            if (!double.IsNaN(values[i]))
                variance[j] += (values[i] - mean[j]) * (values[i] - mean[j]) / known[j];
        return variance;
    }
}
