using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Neurons;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>
/// Filtering is linear: a neuron that filters its summed input spikes holds Σ W·P, the weighted traces of its word lines,
/// as long as the weights stay as they are.
/// </summary>
public sealed class FilterEquivalenceTests
{
    private const int Rows = 40;

    // The time constants differ, so a mix-up of the two filters would show.
    private readonly NeuronConstants _constants = new(0.95f, 0.9f, 0.8f, resetStrength: 0f, gain: 1.5f, threshold: 1000f);
    private readonly float[] _plus = Numbers.Between(0f, 1f, Rows * 128, 1);
    private readonly float[] _minus = Numbers.Between(0f, 1f, Rows * 128, 2);
    private readonly float[] _preSynapse = new float[64];
    private readonly float[] _preMembrane = new float[64];
    private readonly float[] _synapse = new float[128];
    private readonly float[] _membrane = new float[128];

    /// <summary>
    /// Each step rounds a sum of Rows terms and a few products, errors are at most 2⁻²⁴ of Σ|W|·gain, and they decay with
    /// the filters' time constants of 1/(1 - α) and 1/(1 - β) steps.
    /// </summary>
    private double RoundingBound => Math.ScaleB(1, -24) * (Rows + 8) * (20 + 10) * Rows * _constants.Gain;

    [Fact]
    public void With_constant_weights_the_membrane_is_the_weighted_sum_of_the_traces()
    {
        for (int step = 0; step < 100; step++)
        {
            Step(step);
            for (int column = 0; column < 128; column++)
            {
                Assert.InRange(_membrane[column] - WeightedTraces(column), -RoundingBound, RoundingBound);
            }
        }

        Assert.True(_membrane.Max(Math.Abs) > 100 * RoundingBound, "The bound says nothing about so small a membrane.");
    }

    [Fact]
    public void A_weight_change_opens_a_gap_of_at_most_the_change_times_the_trace()
    {
        for (int step = 0; step < 50; step++)
        {
            Step(step);
        }

        float[] change = new float[Rows * 128];
        for (int cell = 0; cell < change.Length; cell++)
        {
            change[cell] = _plus[cell] * 0.5f;
            _plus[cell] -= change[cell];
        }

        double firstGap = Gaps().Max();
        Assert.True(firstGap > 10 * RoundingBound, $"gap {firstGap}");
        for (int step = 50; step < 400; step++)
        {
            double[] gaps = Gaps();
            for (int column = 0; column < 128; column++)
            {
                double limit = RoundingBound;
                for (int row = 0; row < Rows; row++)
                {
                    limit += change[(row * 128) + column] * _preMembrane[row];
                }

                Assert.InRange(gaps[column], 0, limit);
            }

            Step(step);
        }

        // What came in before the change is forgotten after many time constants.
        Assert.InRange(Gaps().Max(), 0, RoundingBound);
    }

    private double[] Gaps() => [.. Enumerable.Range(0, 128).Select(column => Math.Abs(_membrane[column] - WeightedTraces(column)))];

    private double WeightedTraces(int column)
    {
        double sum = 0;
        for (int row = 0; row < Rows; row++)
        {
            int cell = (row * 128) + column;
            sum += ((double)_plus[cell] - _minus[cell]) * _preMembrane[row];
        }

        return sum;
    }

    private void Step(int step)
    {
        ulong[] spikes = Numbers.Spikes(0.2, 1, step);
        spikes[0] &= (1ul << Rows) - 1;
        float[] current = new float[128];
        CrossbarKernels.AccumulateSpikes(_plus, _minus, ActiveRows.FromSpikes(spikes, Rows, new int[Rows]), current);
        NeuronKernels.FilterSpikes(_constants, spikes, _preSynapse, _preMembrane);
        NeuronKernels.Step(
            _constants, new BoxSurrogate(1f), 1f, current, _synapse, _membrane, new float[128], new ulong[2], new ulong[2]);
    }
}
