using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Random;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Updates by device, arrays, pulse counts, noise, share of active rows, and threads.</summary>
internal static class UpdateFamily
{
    /// <summary>Standard deviation of noisy steps.</summary>
    internal const float Deviation = 0.3f;

    private static readonly double[] SparseDensities = [0.05, 0.1, 0.2];

    /// <summary>The laws at steps as training makes them.</summary>
    internal static SoftBoundsLaw SoftBounds { get; } = new(new SoftBounds(3.06 / 64, 35.3 / 64));

    internal static IdealLinearLaw Ideal { get; } = new(new ConstantStep(1 / 64.0));

    internal static ExponentialLaw Exponential { get; } = new(new Exponential(0.01, 3, 0.01, 3));

    // Of whole pulses even one is too large for the form for small steps: these need log(1 + z) up to z = 0.33 and up to 1.65.
    private static ExponentialLaw LargeSteps { get; } = new(new Exponential(0.1, 3, 0.1, 3));

    private static ExponentialLaw LargestSteps { get; } = new(new Exponential(0.5, 3, 0.5, 3));

    private static StepNoise<InverseCdfNormal> Noise { get; } = new(Deviation);

    internal static CaseFamily Family { get; } = new("conductance-update", static plan =>
    [
        .. plan.Single().As("soft-bounds", Of<SoftBounds, SoftBoundsLaw>(SoftBounds)),
        .. plan.Single().As("exponential", Of<Exponential, ExponentialLaw>(Exponential)),
        .. plan.Single().As("ideal-linear", Of<ConstantStep, IdealLinearLaw>(Ideal)),
        .. plan.InAndOutOfCache().As("soft-bounds-pair", Of<SoftBounds, SoftBoundsLaw>(SoftBounds, arrays: 2)),
        .. plan.InAndOutOfCache().As("exponential-pair", Of<Exponential, ExponentialLaw>(Exponential, arrays: 2)),
        .. plan.InAndOutOfCache().As("ideal-linear-pair", Of<ConstantStep, IdealLinearLaw>(Ideal, arrays: 2)),
        .. plan.InAndOutOfCache().As("soft-bounds-noise", Noisy<SoftBounds, SoftBoundsLaw, StepNoise<InverseCdfNormal>>(SoftBounds, Noise)),
        .. plan.InAndOutOfCache().As("exponential-noise", Noisy<Exponential, ExponentialLaw, StepNoise<InverseCdfNormal>>(Exponential, Noise)),
        .. plan.InAndOutOfCache().As("ideal-linear-noise", Noisy<ConstantStep, IdealLinearLaw, StepNoise<InverseCdfNormal>>(Ideal, Noise)),
        .. plan.InCache().As("soft-bounds-byte-sum-noise", Noisy<SoftBounds, SoftBoundsLaw, StepNoise<ByteSumNormal>>(SoftBounds, new(Deviation))),
        .. plan.InAndOutOfCache().As("soft-bounds-pulsed", Pulsed<SoftBounds, SoftBoundsLaw>(SoftBounds)),
        .. plan.InCache().As("ideal-linear-pulsed", Pulsed<ConstantStep, IdealLinearLaw>(Ideal)),
        .. plan.InAndOutOfCache().As("exponential-pulsed-log1p", Pulsed<Exponential, ExponentialLaw>(LargeSteps)),
        .. plan.InAndOutOfCache().As("exponential-pulsed-log", Pulsed<Exponential, ExponentialLaw>(LargestSteps)),
        .. SparseDensities.SelectMany(density => plan.InAndOutOfCache(density)).As("soft-bounds", Of<SoftBounds, SoftBoundsLaw>(SoftBounds)),
        .. SparseDensities.SelectMany(density => plan.InCache(density)).As("ideal-linear", Of<ConstantStep, IdealLinearLaw>(Ideal)),
        .. plan.Shared().As("soft-bounds", Of<SoftBounds, SoftBoundsLaw>(SoftBounds)),
        .. plan.Shared().As("exponential", Of<Exponential, ExponentialLaw>(Exponential)),
        .. plan.Shared().As("soft-bounds-noise", Noisy<SoftBounds, SoftBoundsLaw, StepNoise<InverseCdfNormal>>(SoftBounds, Noise)),
    ]);

    private static Func<string, CaseShape, RooflineCase> Of<TDevice, TLaw>(TLaw law, int arrays = 1)
        where TDevice : struct, IDeviceModel
        where TLaw : struct, IUpdateLaw<TDevice> =>
        (variant, shape) => new UpdateCase<TDevice, TLaw, ContinuousPulses, NoNoise>(variant, shape, law, arrays: arrays);

    private static Func<string, CaseShape, RooflineCase> Noisy<TDevice, TLaw, TNoise>(TLaw law, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TLaw : struct, IUpdateLaw<TDevice>
        where TNoise : struct, ICycleNoise =>
        (variant, shape) => new UpdateCase<TDevice, TLaw, ContinuousPulses, TNoise>(variant, shape, law, noise);

    private static Func<string, CaseShape, RooflineCase> Pulsed<TDevice, TLaw>(TLaw law)
        where TDevice : struct, IDeviceModel
        where TLaw : struct, IUpdateLaw<TDevice> =>
        (variant, shape) => new UpdateCase<TDevice, TLaw, StochasticPulses, NoNoise>(variant, shape, law);
}
