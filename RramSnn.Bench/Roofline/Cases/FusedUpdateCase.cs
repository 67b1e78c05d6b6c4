using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>
/// The update of a step and the product of the next one in one pass, for devices against a reference or for a pair.
/// </summary>
internal sealed class FusedUpdateCase<TDevice, TLaw>(string variant, CaseShape shape, TLaw law, int arrays)
    : ArrayCase<TDevice, TLaw, ContinuousPulses, NoNoise>(variant, shape, law, default, arrays)
    where TDevice : struct, IDeviceModel
    where TLaw : struct, IUpdateLaw<TDevice>
{
    private readonly int _last = arrays - 1;
    private int _rivalCalls;

    // The weight and one fused step, for one of the arrays.
    protected override double ExtraFlops => 3.0 / (_last + 1);

    internal override IEnumerable<Rival> Rivals(RivalTools tools) => Shape.Threads > 1
        ? [LocalRival.OnOneThread("one-thread", Team.RunOnOneThread)]
        : [new LocalRival("update-alone", () => UpdateAlone(_rivalCalls++)), new LocalRival("two-passes", TwoPasses)];

    protected override void Panels(int worker, int call, int start, int end)
    {
        ActiveRows active = ActiveWithInput(call, worker);
        Columns(Current, start, end).Clear();
        UpdateAndAccumulate(active, call, start, end);
    }

    private void UpdateAlone(int call)
    {
        ActiveRows active = Active(call);
        for (int array = 0; array <= _last; array++)
        {
            Update(array, active, call, 0, Layout.PanelCount);
        }
    }

    private void TwoPasses()
    {
        UpdateAlone(_rivalCalls++);
        Span<float> current = Operands.Span(Current)[..Layout.PaddedColumns];
        current.Clear();
        if (_last == 0)
        {
            CrossbarKernels.Accumulate(State(0), Reference, Input, current);
        }
        else
        {
            CrossbarKernels.Accumulate(State(0), State(1), Input, current);
        }
    }
}

/// <summary>Fused passes by device and cell.</summary>
internal static class FusedFamily
{
    internal static CaseFamily Family { get; } = new("fused-update", static plan =>
    [
        .. plan.Single().As("soft-bounds", Of<SoftBounds, SoftBoundsLaw>(UpdateFamily.SoftBounds, arrays: 1)),
        .. plan.InAndOutOfCache().As("exponential", Of<Exponential, ExponentialLaw>(UpdateFamily.Exponential, arrays: 1)),
        .. plan.InAndOutOfCache().As("soft-bounds-pair", Of<SoftBounds, SoftBoundsLaw>(UpdateFamily.SoftBounds, arrays: 2)),
        .. plan.Shared().As("soft-bounds", Of<SoftBounds, SoftBoundsLaw>(UpdateFamily.SoftBounds, arrays: 1)),
    ]);

    private static Func<string, CaseShape, RooflineCase> Of<TDevice, TLaw>(TLaw law, int arrays)
        where TDevice : struct, IDeviceModel
        where TLaw : struct, IUpdateLaw<TDevice> => (variant, shape) => new FusedUpdateCase<TDevice, TLaw>(variant, shape, law, arrays);
}
