using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Random;

namespace RramSnn.Model.Devices;

/// <summary>A law whose pulses are a device of the kernels.</summary>
/// <typeparam name="TDevice">Device model of the kernels.</typeparam>
internal abstract class DeviceLaw<TDevice>(DeviceModel model, double[] values, TDevice device) : DeviceLaw(model, values)
    where TDevice : struct, IDeviceModel
{
    /// <summary>The kernels' device.</summary>
    internal TDevice Device { get; } = device;

    internal override ArrayProgrammer CreateProgrammer<TRule>(TRule rule, PulseMode mode, DeviceVariability variability) => Create(rule, mode, variability);

    /// <summary><see cref="CreateProgrammer"/>, known to be that of these devices: for rules that are good for no other.</summary>
    internal ArrayProgrammer Create<TRule>(TRule rule, PulseMode mode, DeviceVariability variability)
        where TRule : struct, IPulseRule => variability switch
        {
            _ when KernelChoice.IsCompact && TRule.ReadsState => Create(rule, mode, new EitherNoise(variability)),
            { StepNoise: 0, PulseNoise: 0 } => Create(rule, mode, default(NoNoise)),
            _ when KernelChoice.IsCompact => Create(rule, mode, new EitherNoise(variability)),
            { StepNoise: > 0 } => Create(rule, mode, new StepNoise<InverseCdfNormal>(variability.StepNoise)),
            _ => Create(rule, mode, new PulseNoise<InverseCdfNormal>(variability.PulseNoise)),
        };

    internal override ArrayProgrammer CreateCoincidentProgrammer(PolarityGain rule, int streamLength, DeviceVariability variability) => variability switch
    {
        _ when KernelChoice.IsCompact => CreateCoincident(rule, streamLength, new EitherNoise(variability)),
        { StepNoise: 0, PulseNoise: 0 } => CreateCoincident(rule, streamLength, default(NoNoise)),
        { StepNoise: > 0 } => CreateCoincident(rule, streamLength, new StepNoise<InverseCdfNormal>(variability.StepNoise)),
        _ => CreateCoincident(rule, streamLength, new PulseNoise<InverseCdfNormal>(variability.PulseNoise)),
    };

    internal override PulseApplier CreateApplier(PulseMode mode, DeviceVariability variability) => variability switch
    {
        _ when KernelChoice.IsCompact => CreateApplier(mode, new EitherNoise(variability)),
        { StepNoise: 0, PulseNoise: 0 } => CreateApplier(mode, default(NoNoise)),
        { StepNoise: > 0 } => CreateApplier(mode, new StepNoise<InverseCdfNormal>(variability.StepNoise)),
        _ => CreateApplier(mode, new PulseNoise<InverseCdfNormal>(variability.PulseNoise)),
    };

    private static ArgumentOutOfRangeException NotAMode(PulseMode mode) => new(nameof(mode), mode, "mode is not a pulse mode.");

    private CoincidentProgrammer<TDevice, TNoise> CreateCoincident<TNoise>(PolarityGain rule, int streamLength, TNoise noise)
        where TNoise : struct, ICycleNoise => new(Device, rule, noise, streamLength);

    private PulseApplier CreateApplier<TNoise>(PulseMode mode, TNoise noise)
        where TNoise : struct, ICycleNoise => mode switch
        {
            PulseMode.Continuous => new PulseApplier<TDevice, ContinuousPulses, TNoise>(Device, noise),
            PulseMode.Pulsed => new PulseApplier<TDevice, StochasticPulses, TNoise>(Device, noise),
            _ => throw NotAMode(mode),
        };

    private ArrayProgrammer Create<TRule, TNoise>(TRule rule, PulseMode mode, TNoise noise)
        where TRule : struct, IPulseRule
        where TNoise : struct, ICycleNoise => mode switch
        {
            PulseMode.Continuous => new ArrayProgrammer<TDevice, TRule, ContinuousPulses, TNoise>(Device, rule, noise),
            PulseMode.Pulsed => new ArrayProgrammer<TDevice, TRule, StochasticPulses, TNoise>(Device, rule, noise),
            _ => throw NotAMode(mode),
        };
}
