namespace RramSnn.Kernels.Conductance;

/// <summary>
/// One polarity of a law whose steps are linear in the state, in double precision: dv/dn = S W(v) in the distance v that the
/// state has moved from the bound where the branch begins, where W runs linearly from 1 at one bound to ε at the other.
/// </summary>
/// <param name="LargestSlope">S, the slope at the bound where it is largest.</param>
/// <param name="SmallestShare">ε, the smallest slope as a share of the largest, 0 to 1.</param>
/// <param name="Grows">Whether steps grow on the way (W(0) = ε) or shrink (W(0) = 1).</param>
internal readonly record struct LinearBranch(double LargestSlope, double SmallestShare, bool Grows)
{
    private const double Log2E = 1.4426950408889634;

    /// <summary>The largest rate |k| per pulse: one such pulse leaves nothing that a state could hold.</summary>
    private const double LargestRate = 100;

    /// <summary>k per pulse: n pulses multiply W by exp(k n).</summary>
    private double Rate => (Grows ? 1 : -1) * LargestSlope * (1 - SmallestShare);

    /// <summary>Octaves that W gains per pulse, as a share of <see cref="LargestSlope"/>.</summary>
    internal double OctavesPerSlope => (Grows ? Log2E : -Log2E) * (1 - SmallestShare);

    /// <summary>The branch on which single pulses make exactly the step s (1 - γ v).</summary>
    /// <remarks>Each pulse multiplies 1 - γ v by 1 - s γ: k = ln(1 - s γ), and the slope at v = 0 is k/(-γ).</remarks>
    internal static LinearBranch OfPulses(double step, double slope)
    {
        double largest = step * AccurateDouble.RelativeLogP1(-step * slope);
        return slope < 0
            ? new(largest * (1 - slope), 1 / (1 - slope), Grows: true)
            : new(slope > 0 ? Math.Min(largest, LargestRate / slope) : step, 1 - slope, Grows: false);
    }

    /// <summary>The branch that runs along (1 - exp(-ν x))/(1 - exp(-ν)) from bound to bound, x pulses of that share each.</summary>
    internal static LinearBranch OfCurve(double curvature, double share)
    {
        double bend = Math.Abs(curvature);
        double range = AccurateDouble.RelativeExpM1(-bend);
        return new(share / range, Math.Exp(-bend), Grows: curvature < 0);
    }

    /// <summary>dv/dn at v.</summary>
    internal double Slope(double travelled) => LargestSlope * Weight(travelled);

    /// <summary>v after n pulses, not beyond the bound.</summary>
    internal double After(double travelled, double pulses) =>
        Math.Min(1, travelled + (Slope(travelled) * pulses * AccurateDouble.RelativeExpM1(Rate * pulses)));

    /// <summary>Pulses from v to a v that is not smaller; infinite if the branch ends before.</summary>
    internal double PulsesBetween(double from, double to)
    {
        double growth = (Grows ? 1 : -1) * (1 - SmallestShare) * (to - from) / Weight(from);
        return to == from ? 0 : growth <= -1 ? double.PositiveInfinity : (to - from) / Slope(from) * AccurateDouble.RelativeLogP1(growth);
    }

    private double Weight(double travelled) => SmallestShare + ((1 - SmallestShare) * (Grows ? travelled : 1 - travelled));
}
