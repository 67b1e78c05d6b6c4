namespace RramSnn.Model.Devices.Fitting;

/// <summary>Derivatives of laws.</summary>
internal static class LawSlope
{
    private const double Step = 1e-5;

    /// <summary>dAfter/du: how much of a difference in the state is left after the pulses.</summary>
    internal static double SlopeOfAfter(this DeviceLaw law, double state, double pulses)
    {
        double high = Math.Min(state + Step, 1);
        double low = Math.Max(state - Step, 0);
        return (law.After(high, pulses) - law.After(low, pulses)) / (high - low);
    }
}
