namespace RramSnn.Model.Devices;

/// <summary>How a device is programmed: volts and seconds of one pulse per polarity; NaN where the source does not say.</summary>
/// <param name="PotentiationVolts">Amplitude of a potentiation pulse.</param>
/// <param name="PotentiationSeconds">Width of a potentiation pulse.</param>
/// <param name="DepressionVolts">Amplitude of a depression pulse.</param>
/// <param name="DepressionSeconds">Width of a depression pulse.</param>
public sealed record PulseConditions(double PotentiationVolts, double PotentiationSeconds, double DepressionVolts, double DepressionSeconds)
{
    /// <summary>Throws if an amplitude is infinite or a width is not above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the number, its value and what was expected.</exception>
    public void Validate()
    {
        Require.That(!double.IsInfinity(PotentiationVolts), PotentiationVolts, "a finite number of volts", nameof(PotentiationVolts));
        RequireWidth(PotentiationSeconds, nameof(PotentiationSeconds));
        Require.That(!double.IsInfinity(DepressionVolts), DepressionVolts, "a finite number of volts", nameof(DepressionVolts));
        RequireWidth(DepressionSeconds, nameof(DepressionSeconds));
    }

    private static void RequireWidth(double seconds, string name) =>
        Require.That(double.IsNaN(seconds) || (seconds > 0 && double.IsFinite(seconds)), seconds, "a time above 0 in seconds", name);
}
