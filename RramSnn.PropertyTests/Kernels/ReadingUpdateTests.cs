using System.Runtime.CompilerServices;
using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Updates by a rule that reads each device before it writes it.</summary>
[Properties(Arbitrary = [typeof(FusedCase)], MaxTest = 20)]
public sealed class ReadingUpdateTests
{
    [Property]
    public bool Every_width_gives_the_bits_of_the_scalar_rule_its_counters_and_its_product(FusedCase c)
    {
        FusedCase expected = c.Again();
        float[] expectedReads = UpdateByReference(expected);
        bool isEqual = true;
        foreach (int width in Widths.InBits)
        {
            FusedCase actual = c.Again();
            float[] reads = new float[c.Current.Length];
            actual.FusedAt(width, default(Damped), reads);
            isEqual &= BitwiseAssert.AreEqual(expected.Result, actual.Result) && BitwiseAssert.AreEqual(expectedReads, reads);
        }

        return isEqual;
    }

    [Property]
    public bool A_batch_of_one_gives_the_bits_of_the_online_update(FusedCase drawn)
    {
        UpdateCase online = drawn.Array.Again();
        UpdateCase batch = drawn.Array.Again();
        float[] onlineReads = new float[online.Wish.Length];
        float[] batchReads = new float[online.Wish.Length];
        SoftBounds device = new(0.01, 0.02);
        ConductanceKernels.Update<SoftBounds, Damped, StochasticPulses, StepNoise<InverseCdfNormal>>(
            device, default, UpdateCase.StepNoise, online.State, online.Active, online.Wish, online.Stream, 0, new(online.Pulses, online.Writes, onlineReads));
        ConductanceKernels.UpdateBatch<SoftBounds, Damped, StochasticPulses, StepNoise<InverseCdfNormal>>(
            device,
            default,
            UpdateCase.StepNoise,
            batch.State,
            batch.Rows,
            batch.Trace,
            batch.Trace.Length,
            1,
            batch.Wish,
            batch.Stream,
            0,
            new(batch.Pulses, batch.Writes, batchReads));
        return BitwiseAssert.AreEqual(online.Result, batch.Result) && BitwiseAssert.AreEqual(onlineReads, batchReads);
    }

    [Fact]
    public void A_rule_that_never_writes_reads_nothing()
    {
        FusedCase c = new(new UpdateCase(1, IsStochastic: true, NoiseKind.None, 9, 1, 4), IsPair: false);
        float[] before = c.Array.Result;
        float[] reads = new float[c.Current.Length];
        PulseCounters counters = new(c.Array.Pulses, c.Array.Writes, reads);
        SoftBounds device = new(0.01, 0.02);
        ConductanceKernels.Update<SoftBounds, Never, StochasticPulses, NoNoise>(
            device, default, default, c.Array.State, c.Active, c.Array.Wish, default, 0, counters);
        ConductanceKernels.UpdateAndAccumulate<SoftBounds, Never, StochasticPulses, NoNoise>(
            device, default, default, c.Array.State, c.Active, c.Array.Wish, default, 0, counters, 0.5f, c.Current);
        ConductanceKernels.UpdateBatch<SoftBounds, Never, StochasticPulses, NoNoise>(
            device, default, default, c.Array.State, 9, c.Array.Trace, 9, 1, c.Array.Wish, default, 0, counters);
        BitwiseAssert.Equal(before, c.Array.Result, "array");
        Assert.All(reads, static count => Assert.Equal(0f, count));
    }

    private static float[] UpdateByReference(FusedCase c)
    {
        float[] reads = new float[c.Current.Length];
        ActiveRows active = c.Array.Active;
        for (int column = 0; column < reads.Length; column++)
        {
            reads[column] = c.Array.Wish[column] != 0 ? active.Count : 0;
            for (int k = 0; k < active.Count; k++)
            {
                float state = c.Array.State[c.Array.Layout.IndexOf(active.Rows[k], column)];
                float pulses = c.Array.Wish[column] * active.Values[k] * (30f * (1.25f - state));
                c.Array.WriteByReference(active.Rows[k], column, pulses, 1f);
            }
        }

        CrossbarKernels.Accumulate(c.Array.State, c.Reference, c.Input.AsSpan(0, c.Array.Rows), c.Current);
        return reads;
    }

    /// <summary>Fewer pulses the higher the state.</summary>
    private readonly struct Damped : IPulseRule
    {
        public static bool ReadsState => true;

        public bool IsZero => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Pulses<TLanes>(TLanes wish, TLanes state)
            where TLanes : struct, ILanes<TLanes> => wish * (TLanes.Broadcast(30f) * (TLanes.Broadcast(1.25f) - state));
    }

    private readonly struct Never : IPulseRule
    {
        public static bool ReadsState => true;

        public bool IsZero => true;

        public TLanes Pulses<TLanes>(TLanes wish, TLanes state)
            where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(0f);
    }
}
