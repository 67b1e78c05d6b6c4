using RramSnn.Kernels.Conductance;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Updates of one array by device, pulse counts, share of active rows, and threads.</summary>
internal static class UpdateFamily
{
    private static readonly double[] SparseDensities = [0.05, 0.1];

    internal static CaseFamily Family { get; } = new("conductance-update", static plan =>
    [
        .. plan.Single().Select(SoftBounds),
        .. plan.Single().Select(Linear),
        .. plan.Single().Select(static shape => (CaseFactory)(() => new SoftBoundsUpdateCase<StochasticPulses>("soft-bounds-pulsed", shape))),
        .. plan.Single().Select(static shape => (CaseFactory)(() => new LinearUpdateCase<StochasticPulses>("ideal-linear-pulsed", shape))),
        .. SparseDensities.SelectMany(density => plan.Single(density)).Select(SoftBounds),
        .. SparseDensities.SelectMany(density => plan.Single(density)).Select(Linear),
        .. plan.Shared().Select(SoftBounds),
        .. plan.Shared().Select(static shape => (CaseFactory)(() => new SoftBoundsUpdateCase<StochasticPulses>("soft-bounds-pulsed", shape))),
    ]);

    private static CaseFactory SoftBounds(CaseShape shape) => () => new SoftBoundsUpdateCase<ContinuousPulses>("soft-bounds", shape);

    private static CaseFactory Linear(CaseShape shape) => () => new LinearUpdateCase<ContinuousPulses>("ideal-linear", shape);
}
