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

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Rejected.Length("wish", 100, 128, () => Update(_state, new float[100], new(1f, 1f), 0, _pulses, _writes));
        Rejected.Length("state", 383, 384, () => Update(new float[383], new float[128], new(1f, 1f), 0, _pulses, _writes));
        Rejected.Length("pulses", 127, 128, () => Update(_state, new float[128], new(1f, 1f), 0, new float[127], _writes));
        Rejected.Length("writes", 256, 128, () => Update(_state, new float[128], new(1f, 1f), 0, _pulses, new float[256]));
        Rejected.OutOfRange("firstPanel", -1, () => Update(_state, new float[128], new(1f, 1f), -1, _pulses, _writes));
    }

    [Fact]
    public void Spikes_are_no_traces()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("active", () => ConductanceKernels.Update<IdealLinear, ContinuousPulses>(
            new IdealLinear(0.1), _state, ActiveRows.FromSpikes([5], 3, new int[3]), new float[128], new(1f, 1f), default, 0, _pulses, _writes));
        Assert.Contains("has length 0; expected 2.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, 1f)]
    [InlineData(1f, float.PositiveInfinity)]
    public void Gains_must_be_finite(float increase, float decrease) => Rejected.OutOfRange(
        "gain",
        float.IsFinite(increase) ? decrease : increase,
        () => Update(_state, new float[128], new(increase, decrease), 0, _pulses, _writes));

    [Fact]
    public void States_must_not_overlap_wishes_or_traces()
    {
        float[] values = _state;
        Rejected.Overlap("state", () => Update(values, values.AsSpan(128, 128), new(1f, 1f), 0, _pulses, _writes));
        Rejected.Overlap("state", () =>
        {
            float[] trace = new float[16];
            trace[1] = 1f;
            ActiveRows active = ActiveRows.FromTrace(trace, 3, new int[16], values.AsSpan(64, 16));
            ConductanceKernels.Update<IdealLinear, ContinuousPulses>(
                new IdealLinear(0.1), values, active, new float[128], new(1f, 1f), default, 0, _pulses, _writes);
        });
    }

    [Fact]
    public void Counters_are_memory_of_their_own()
    {
        float[] wish = new float[128];
        Rejected.Overlap("pulses", () => Update(_state, wish, new(1f, 1f), 0, wish, _writes));
        Rejected.Overlap("pulses", () => Update(_state, wish, new(1f, 1f), 0, _state.AsSpan(128, 128), _writes));
        Rejected.Overlap("writes", () => Update(_state, wish, new(1f, 1f), 0, _pulses, wish));
        Rejected.Overlap("writes", () => Update(_state, wish, new(1f, 1f), 0, _pulses, _state.AsSpan(0, 128)));
        Rejected.Overlap("writes", () => Update(_state, wish, new(1f, 1f), 0, _pulses, _pulses));
    }

    private static void Update(Span<float> state, ReadOnlySpan<float> wish, PolarityGain gain, int firstPanel, Span<float> pulses, Span<float> writes)
    {
        float[] trace = new float[16];
        trace[1] = 1f;
        ActiveRows active = ActiveRows.FromTrace(trace, 3, new int[16], new float[16]);
        ConductanceKernels.Update<IdealLinear, ContinuousPulses>(new IdealLinear(0.1), state, active, wish, gain, default, firstPanel, pulses, writes);
    }
}
