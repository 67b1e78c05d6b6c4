using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace RramSnn.Cli.Studies;

/// <summary>Mean and scatter of some runs.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="StandardDeviation">Of the sample, with n - 1; null for a single run.</param>
/// <param name="Count">Number of runs.</param>
internal sealed record Spread(double Mean, double? StandardDeviation, int Count)
{
    /// <summary>Of at least one value.</summary>
    internal static Spread Of(IReadOnlyList<double> values) => new(values.Mean(), values.Count > 1 ? values.StandardDeviation() : null, values.Count);
}

/// <summary>How far a mean lies below another, with its 95 % confidence interval.</summary>
/// <param name="Difference">Mean of the reference less mean of the other.</param>
/// <param name="Low">Lower end of the interval; null where one of them is a single run.</param>
/// <param name="High">Upper end.</param>
/// <remarks>
/// Welch's interval for two samples of unequal variance: difference ± t s, s² = s₁²/n₁ + s₂²/n₂, t the 97.5 % quantile of Student's t with
/// s⁴ / (s₁⁴/(n₁²(n₁-1)) + s₂⁴/(n₂²(n₂-1))) degrees of freedom (Welch, Biometrika 34:28, 1947).
/// </remarks>
internal sealed record Drop(double Difference, double? Low, double? High)
{
    private const double Quantile = 0.975;

    /// <summary>How far <paramref name="other"/> lies below <paramref name="reference"/>.</summary>
    internal static Drop Of(Spread reference, Spread other)
    {
        double difference = reference.Mean - other.Mean;
        if (reference.StandardDeviation is not { } first || other.StandardDeviation is not { } second)
        {
            return new Drop(difference, null, null);
        }

        double one = first * first / reference.Count;
        double two = second * second / other.Count;
        double variance = one + two;
        double freedom = variance * variance / ((one * one / (reference.Count - 1)) + (two * two / (other.Count - 1)));

        // Runs that all agree leave no room for doubt, and no degrees of freedom to speak of.
        double reach = variance > 0 ? StudentT.InvCDF(0, 1, freedom, Quantile) * Math.Sqrt(variance) : 0;
        return new Drop(difference, difference - reach, difference + reach);
    }
}
