using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Studies;

/// <summary>An estimate of what programming took: V² G t per pulse, with G in the middle of the device's range.</summary>
/// <param name="Least">Joules if all pulses were of the cheaper polarity.</param>
/// <param name="Most">Joules if all were of the dearer one.</param>
/// <remarks>
/// Pulses are counted without their polarity, hence the two ends. Lines, selectors, half-selected devices and drivers are left out; the pulses of the method
/// <c>ideal</c> are those of a linear device that nobody has built.
/// </remarks>
internal sealed record WriteEnergy(double Least, double Most)
{
    /// <summary>Of a run; null if volts or seconds of a pulse are unknown, or the run's pulses are not the device's.</summary>
    internal static WriteEnergy? Of(TrainSettings settings, double pulses)
    {
        Device device = UpdateMethods.Get(settings.Method).Setting(settings.Device);
        if (device.PulseConditions is not { } conditions || settings.PulsesPerRange != device.PulsesPerRange)
        {
            return null;
        }

        double conductance = device.ToSiemens(0.5);
        double up = conditions.PotentiationVolts * conditions.PotentiationVolts * conditions.PotentiationSeconds * conductance * pulses;
        double down = conditions.DepressionVolts * conditions.DepressionVolts * conditions.DepressionSeconds * conductance * pulses;
        return double.IsFinite(up) && double.IsFinite(down) ? new WriteEnergy(Math.Min(up, down), Math.Max(up, down)) : null;
    }
}
