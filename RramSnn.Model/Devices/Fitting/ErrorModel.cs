namespace RramSnn.Model.Devices.Fitting;

/// <summary>How readings scatter, in units of a <see cref="FitSpace"/>: what stays in the device and what does not.</summary>
/// <param name="Read">σ of a read, above 0.</param>
/// <param name="Step">σ of a write in units of its step.</param>
/// <param name="Pulse">σ of one pulse.</param>
internal sealed record ErrorModel(double Read, double Step, double Pulse)
{
    // Next to writes that scatter more, reads without any scatter would leave nothing to weigh by.
    private const double SmallestRead = 1e-3;

    /// <summary>The scatter that a fit found, or null if writes do not scatter: then all residuals are independent as they are.</summary>
    internal static ErrorModel? Of(ModelFit fit, double scale)
    {
        double range = (fit.Device.MaximumSiemens - fit.Device.MinimumSiemens) / scale;
        return fit.Noise is { StepNoise: 0, PulseNoise: 0 }
            ? null
            : new(Math.Max(fit.Noise.ReadNoise * range, SmallestRead), fit.Noise.StepNoise, fit.Noise.PulseNoise * range);
    }
}
