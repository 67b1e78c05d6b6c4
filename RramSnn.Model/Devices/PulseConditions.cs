namespace RramSnn.Model.Devices;

/// <summary>How a device is programmed: volts and seconds of one pulse per polarity; NaN where the source does not say.</summary>
/// <param name="PotentiationVolts">Amplitude of a potentiation pulse.</param>
/// <param name="PotentiationSeconds">Width of a potentiation pulse.</param>
/// <param name="DepressionVolts">Amplitude of a depression pulse.</param>
/// <param name="DepressionSeconds">Width of a depression pulse.</param>
public sealed record PulseConditions(double PotentiationVolts, double PotentiationSeconds, double DepressionVolts, double DepressionSeconds);
