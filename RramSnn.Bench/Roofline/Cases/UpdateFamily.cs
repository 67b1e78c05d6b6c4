using RramSnn.Kernels.Conductance;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Updates of one array by device, pulse counts, share of active rows, and threads.</summary>
internal static class UpdateFamily
{
    private static readonly double[] SparseDensities = [0.05, 0.1];

    internal static CaseFamily Family { get; } = new("conductance-update", static plan =>
    [
        .. plan.Single().As("soft-bounds", SoftBounds<ContinuousPulses>),
        .. plan.Single().As("ideal-linear", Linear<ContinuousPulses>),
        .. plan.Single().As("soft-bounds-pulsed", SoftBounds<StochasticPulses>),
        .. plan.Single().As("ideal-linear-pulsed", Linear<StochasticPulses>),
        .. SparseDensities.SelectMany(density => plan.Single(density)).As("soft-bounds", SoftBounds<ContinuousPulses>),
        .. SparseDensities.SelectMany(density => plan.Single(density)).As("ideal-linear", Linear<ContinuousPulses>),
        .. plan.Shared().As("soft-bounds", SoftBounds<ContinuousPulses>),
        .. plan.Shared().As("soft-bounds-pulsed", SoftBounds<StochasticPulses>),
    ]);

    private static SoftBoundsUpdateCase<TCounts> SoftBounds<TCounts>(string variant, CaseShape shape)
        where TCounts : struct, IPulseCounts => new(variant, shape);

    private static LinearUpdateCase<TCounts> Linear<TCounts>(string variant, CaseShape shape)
        where TCounts : struct, IPulseCounts => new(variant, shape);
}
