using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Rows to come are asked for early in arrays of this size; behind the list there is no row to ask for. A failure here ends the run: hence a class of its own.</summary>
public sealed class UpdateGuardTests
{
    private const int Rows = 4_160;

    public static TheoryData<int, bool, NoiseKind> Cases
    {
        get
        {
            TheoryData<int, bool, NoiseKind> cases = [];
            foreach (int device in new[] { 1, 7 })
            {
                foreach (bool isStochastic in new[] { false, true })
                {
                    cases.Add(device, isStochastic, NoiseKind.None);
                    cases.Add(device, isStochastic, NoiseKind.Step);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lists_of_a_large_array_are_not_read_past_their_end(int device, bool isStochastic, NoiseKind noise)
    {
        UpdateCase c = new(device, isStochastic, noise, Rows, 1, 5);
        using GuardedBuffer<int> rows = new(Rows, guardAfter: true);
        using GuardedBuffer<float> values = new(Rows, guardAfter: true);
        float[] expected = Full(c).Update().Result;
        UpdateCase actual = Full(c);
        actual.Update(actual.State, ActiveRows.FromTrace(actual.Trace, Rows, rows.Span, values.Span), actual.Wish, 0, actual.Counters);
        BitwiseAssert.Equal(expected, actual.Result, $"{c}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lists_of_a_large_pair_are_not_read_past_their_end(int device, bool isStochastic, NoiseKind noise)
    {
        UpdateCase c = new(device, isStochastic, noise, Rows, 1, 5);
        using GuardedBuffer<int> rows = new(Rows, guardAfter: true);
        using GuardedBuffer<float> values = new(Rows, guardAfter: true);
        using GuardedBuffer<float> inputs = new(Rows, guardAfter: true);
        float[] expected = new FusedCase(Full(c), IsPair: true).Fused().Result;
        FusedCase actual = new(Full(c), IsPair: true);
        ActiveRows active = ActiveRows.FromTraceAndInput(actual.Array.Trace, actual.Input, Rows, rows.Span, values.Span, inputs.Span);
        actual.Fused(actual.Array.State, active, actual.Array.Wish, 0, actual.Array.Counters, actual.Plus, actual.Current);
        BitwiseAssert.Equal(expected, actual.Result, $"{c}");
    }

    private static UpdateCase Full(UpdateCase c)
    {
        UpdateCase full = c.Again();
        full.Trace.AsSpan().Fill(0.7f);
        return full;
    }
}
