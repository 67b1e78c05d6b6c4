using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>What fused updates refuse beyond what updates refuse: three word lines, 128 bit lines.</summary>
public sealed class FusedRejectionTests
{
    private readonly float[] _state = new float[3 * 128];
    private readonly float[] _plus = new float[3 * 128];
    private readonly float[] _wish = new float[128];
    private readonly float[] _current = new float[128];
    private readonly float[] _pulses = new float[128];
    private readonly float[] _writes = new float[128];
    private readonly float[] _values = new float[16];
    private readonly float[] _inputs = new float[16];

    [Fact]
    public void Rows_without_inputs_are_refused()
    {
        Rejected.Length("active", 0, 1, () => Update(ActiveRows.FromTrace(OnePulse(), 3, new int[16], _values), _current));
        Rejected.Length("active", 0, 1, () => Update(ActiveRows.FromTrace(OnePulse(), 3, new int[16], _values), _plus, _current));
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Rejected.Length("current", 127, 128, () => Update(Active(_values, _inputs), new float[127]));
        Rejected.Length("current", 256, 128, () => Update(Active(_values, _inputs), _plus, new float[256]));
        Rejected.Length("plus", 128, 384, () => Update(Active(_values, _inputs), new float[128], _current));
        Rejected.Length("minus", 128, 384, () => Update(Active(_values, _inputs), _plus, new float[128], _current, _pulses));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void The_reference_must_be_finite(float reference) =>
        Rejected.OutOfRange("reference", reference, () => Update(Active(_values, _inputs), _current, reference));

    [Fact]
    public void Currents_must_not_overlap_an_operand_or_a_counter()
    {
        Rejected.Overlap("current", () => Update(Active(_values, _inputs), _state.AsSpan(5, 128)));
        Rejected.Overlap("current", () => Update(Active(_values, _inputs), _wish));
        Rejected.Overlap("current", () => Update(Active(_values, _inputs), _pulses));
        Rejected.Overlap("current", () => Update(Active(_values, _inputs), _writes));
        Rejected.Overlap("current", () => Update(Active(_values, _inputs), _plus, _plus.AsSpan(128, 128)));
        Rejected.Overlap("current", () => Update(Active(_current.AsSpan(0, 16), _inputs), _current));
        Rejected.Overlap("current", () => Update(Active(_values, _current.AsSpan(0, 16)), _current));
    }

    [Fact]
    public void Operands_must_not_overlap_what_is_written()
    {
        Rejected.Overlap("plus", () => Update(Active(_values, _inputs), _state, _current));
        Rejected.Overlap("plus", () => Update(Active(_plus.AsSpan(0, 16), _inputs), _plus, _current));
        Rejected.Overlap("minus", () => Update(Active(_state.AsSpan(0, 16), _inputs), _plus, _current));
        Rejected.Overlap("minus", () => Update(Active(_values, _state.AsSpan(0, 16)), _plus, _current));
        Rejected.Overlap("state", () => Update(Active(_values, _state.AsSpan(0, 16)), _current));
        Rejected.Overlap("pulses", () => Update(Active(_values, _pulses.AsSpan(0, 16)), _current));
        Rejected.Overlap("writes", () => Update(Active(_writes.AsSpan(0, 16), _inputs), _current));
        float[] plusBehindPulses = [.. _pulses, .. _plus];
        Rejected.Overlap("pulses", () => Update(Active(_values, _inputs), plusBehindPulses.AsSpan(1, 384), _current, plusBehindPulses.AsSpan(0, 128)));
    }

    private static float[] OnePulse()
    {
        float[] trace = new float[16];
        trace[1] = 1f;
        return trace;
    }

    private static ActiveRows Active(Span<float> values, Span<float> inputs) =>
        ActiveRows.FromTraceAndInput(OnePulse(), OnePulse(), 3, new int[16], values, inputs);

    private void Update(ActiveRows active, Span<float> current, float reference = 0.5f) =>
        ConductanceKernels.UpdateAndAccumulate<ConstantStep, PolarityGain, ContinuousPulses, NoNoise>(
            new ConstantStep(0.1), new(1, 1), default, _state, active, _wish, default, 0, new(_pulses, _writes, new float[128]), reference, current);

    private void Update(ActiveRows active, Span<float> plus, Span<float> current) => Update(active, plus, current, _pulses);

    private void Update(ActiveRows active, Span<float> plus, Span<float> current, Span<float> pulses) => Update(active, plus, _state, current, pulses);

    private void Update(ActiveRows active, Span<float> plus, Span<float> minus, Span<float> current, Span<float> pulses) =>
        ConductanceKernels.UpdateAndAccumulate<ConstantStep, PolarityGain, ContinuousPulses, NoNoise>(
            new ConstantStep(0.1), new(1, 1), new(-1, -1), default, plus, minus, active, _wish, default, default, 0, new(pulses, _writes, new float[128]), current);
}
