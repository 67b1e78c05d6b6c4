using System.Runtime.InteropServices;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class UpdateRejectionTests
{
    private readonly float[] _state = new float[3 * 128];
    private readonly float[] _pulses = new float[128];
    private readonly float[] _writes = new float[128];
    private readonly float[] _reads = new float[128];

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Rejected.Length("wish", 100, 128, () => Update(_state, new float[100], 0, _pulses, _writes));
        Rejected.Length("state", 383, 384, () => Update(new float[383], new float[128], 0, _pulses, _writes));
        Rejected.Length("pulses", 127, 128, () => Update(_state, new float[128], 0, new float[127], _writes));
        Rejected.Length("writes", 256, 128, () => Update(_state, new float[128], 0, _pulses, new float[256]));
        Rejected.OutOfRange("firstPanel", -1, () => Update(_state, new float[128], -1, _pulses, _writes));
    }

    [Fact]
    public void Spikes_are_no_traces()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("active", () => ConductanceKernels.Update<ConstantStep, PolarityGain, ContinuousPulses, NoNoise>(
            new ConstantStep(0.1), new(1, 1), default, _state, ActiveRows.FromSpikes([5], 3, new int[3]), new float[128], default, 0, new(_pulses, _writes, _reads)));
        Assert.Contains("has length 0; expected 2.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gains_must_be_finite()
    {
        Rejected.OutOfRange("forIncrease", float.NaN, () => new PolarityGain(double.NaN, 1));
        Rejected.OutOfRange("forDecrease", float.PositiveInfinity, () => new PolarityGain(1, 1e300));
    }

    [Fact]
    public void A_list_of_rows_that_left_the_crossbar_is_refused()
    {
        int[] list = new int[16];
        float[] trace = new float[16];
        trace[1] = 1f;
        Assert.Throws<ArgumentException>("active", () =>
        {
            ActiveRows active = ActiveRows.FromTrace(trace, 3, list, new float[16]);
            list[0] = int.MaxValue;
            ConductanceKernels.Update<ConstantStep, PolarityGain, ContinuousPulses, NoNoise>(
                new ConstantStep(0.1), new(1, 1), default, _state, active, new float[128], default, 0, new(_pulses, _writes, _reads));
        });
        Assert.Throws<ArgumentException>("active", () =>
        {
            ActiveRows active = ActiveRows.FromSpikes([1], 3, list);
            list[0] = -1;
            CrossbarKernels.AccumulateSpikes(_state, 0f, active, _pulses);
        });
    }

    [Fact]
    public void States_must_not_overlap_wishes_or_traces()
    {
        float[] values = _state;
        Rejected.Overlap("state", () => Update(values, values.AsSpan(128, 128), 0, _pulses, _writes));
        Rejected.Overlap("state", () =>
        {
            float[] trace = new float[16];
            trace[1] = 1f;
            Update(values, ActiveRows.FromTrace(trace, 3, new int[16], values.AsSpan(64, 16)));
        });
    }

    [Fact]
    public void Lists_of_rows_must_not_overlap_what_is_written()
    {
        Rejected.Overlap("state", () => Update(_state, ListedIn(_state)));
        Rejected.Overlap("pulses", () => Update(_state, ListedIn(_pulses)));
        Rejected.Overlap("writes", () => Update(_state, ListedIn(_writes)));
        Rejected.Overlap("reads", () => Update(_state, ListedIn(_reads)));
    }

    [Fact]
    public void Counters_are_memory_of_their_own()
    {
        float[] wish = new float[128];
        Rejected.Overlap("pulses", () => Update(_state, wish, 0, wish, _writes));
        Rejected.Overlap("pulses", () => Update(_state, wish, 0, _state.AsSpan(128, 128), _writes));
        Rejected.Overlap("writes", () => Update(_state, wish, 0, _pulses, wish));
        Rejected.Overlap("writes", () => Update(_state, wish, 0, _pulses, _state.AsSpan(0, 128)));
        Rejected.Overlap("writes", () => Update(_state, wish, 0, _pulses, _pulses));
    }

    private static ActiveRows ListedIn(float[] memory)
    {
        float[] trace = new float[16];
        trace[1] = 1f;
        return ActiveRows.FromTrace(trace, 3, MemoryMarshal.Cast<float, int>(memory.AsSpan(100, 16)), new float[16]);
    }

    private void Update(Span<float> state, ActiveRows active) =>
        ConductanceKernels.Update<ConstantStep, PolarityGain, ContinuousPulses, NoNoise>(
            new ConstantStep(0.1), new(1, 1), default, state, active, new float[128], default, 0, new(_pulses, _writes, _reads));

    private static void Update(Span<float> state, ReadOnlySpan<float> wish, int firstPanel, Span<float> pulses, Span<float> writes)
    {
        float[] trace = new float[16];
        trace[1] = 1f;
        ActiveRows active = ActiveRows.FromTrace(trace, 3, new int[16], new float[16]);
        ConductanceKernels.Update<ConstantStep, PolarityGain, ContinuousPulses, NoNoise>(new ConstantStep(0.1), new(1, 1), default, state, active, wish, default, firstPanel, new(pulses, writes, new float[wish.Length]));
    }
}
