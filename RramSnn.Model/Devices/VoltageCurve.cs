namespace RramSnn.Model.Devices;

/// <summary>What pulses of one amplitude do to a device that follows soft bounds at every voltage: dG/dn = rate (bound - G).</summary>
/// <remarks>State-dependent form of G(n) = bound ∓ β exp(-α n), Fouda, Neftci, Eltawil, Kurdahi, arXiv 1909.01771.</remarks>
/// <param name="Volts">Amplitude; positive for potentiation, negative for depression.</param>
/// <param name="BoundSiemens">Conductance that such pulses lead to in the long run, above 0 and at most 1.</param>
/// <param name="RatePerPulse">α, above 0 and at most 100.</param>
public sealed record VoltageCurve(double Volts, double BoundSiemens, double RatePerPulse)
{
    /// <summary>Largest rate.</summary>
    public const double LargestRate = 100;

    /// <summary>Throws if a number is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the number, its value and what was expected.</exception>
    public void Validate()
    {
        Require.That(double.IsFinite(Volts) && Volts != 0, Volts, "a finite number of volts, positive for potentiation and negative for depression", nameof(Volts));
        Require.That(BoundSiemens is > 0 and <= Fitting.ResponseLimits.HighestSiemens, BoundSiemens, "a conductance above 0 and at most 1, in siemens", nameof(BoundSiemens));
        Require.That(RatePerPulse is > 0 and <= LargestRate, RatePerPulse, $"more than 0 and at most {LargestRate}", nameof(RatePerPulse));
    }
}
