namespace RramSnn.PropertyTests.Support;

/// <summary>Sample statistics for tests with fixed seeds and limits of five standard errors.</summary>
internal static class Statistics
{
    /// <summary>How many standard errors a test allows: chance alone exceeds it once in 1.7 million.</summary>
    internal const double Limit = 5;

    internal static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    internal static double Variance(ReadOnlySpan<float> values)
    {
        double mean = Mean(values);
        double sum = 0;
        foreach (float value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return sum / (values.Length - 1);
    }

    internal static double StandardError(ReadOnlySpan<float> values) => Math.Sqrt(Variance(values) / values.Length);

    internal static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double meanA = Mean(a);
        double meanB = Mean(b);
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }

        return sum / (a.Length - 1) / Math.Sqrt(Variance(a) * Variance(b));
    }
}
