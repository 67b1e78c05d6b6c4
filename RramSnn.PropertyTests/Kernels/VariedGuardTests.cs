using System.Runtime.InteropServices;
using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>
/// Updates of devices that differ, of single devices and by coincidence, and the sums beside arrays. A failure here is an access violation that ends the run:
/// hence a class of its own.
/// </summary>
public sealed class VariedGuardTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Updates_never_leave_their_memory(bool guardAfter)
    {
        for (int rows = 1; rows <= 20; rows++)
        {
            FusedCase c = Case(rows);
            FusedCase expected = Case(rows);
            VariedCase plain = new(expected.Array);
            float[] pulses = Numbers.Sparse(-3f, 3f, 0.9, c.Array.State.Length, rows);
            plain.Run(new EachCall
            {
                Varied = plain,
                Operands = expected.Array.Operands,
                Pulses = pulses,
                Lower = plain.Lower,
                Upper = plain.Upper,
                WriteCounts = plain.WriteCounts,
                GuardAfter = guardAfter,
            });

            VariedCase actual = new(c.Array);
            using GuardedUpdate memory = new(c, guardAfter);
            using GuardedBuffer<float> guardedPulses = new(pulses, guardAfter);
            using GuardedBuffer<float> lower = new(actual.Lower, guardAfter);
            using GuardedBuffer<float> upper = new(actual.Upper, guardAfter);
            using GuardedBuffer<float> writeCounts = new(actual.WriteCounts, guardAfter);
            actual.Run(new EachCall
            {
                Varied = actual,
                Operands = memory.Close(),
                Pulses = guardedPulses.Span,
                Lower = lower.Span,
                Upper = upper.Span,
                WriteCounts = writeCounts.Span,
                GuardAfter = guardAfter,
            });
            BitwiseAssert.Equal(expected.Result, memory.Result, $"{c}");
            BitwiseAssert.Equal(plain.WriteCounts, writeCounts.Span, $"{c}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sums_of_outer_products_never_leave_their_memory(bool guardAfter)
    {
        for (int rows = 1; rows <= 20; rows++)
        {
            FusedCase c = Case(rows);
            FusedCase expected = Case(rows);
            AccumulatorKernels.AddOuterProduct(expected.Array.State, expected.Array.Active, expected.Array.Wish);
            using GuardedUpdate memory = new(c, guardAfter);
            UpdateOperands operands = memory.Close();
            AccumulatorKernels.AddOuterProduct(operands.State, operands.Active, operands.Wish);
            BitwiseAssert.Equal(expected.Result, memory.Result, $"{c}");
            foreach (int width in Widths.InBits)
            {
                memory.Restore();
                Widths.Run(width, new AccumulatorKernels.OuterProductKernel
                {
                    Sum = ref operands.State[0],
                    List = new(operands.Active),
                    PanelLength = (nuint)c.Array.Layout.PanelLength,
                    Wish = ref MemoryMarshal.GetReference(operands.Wish),
                    PaddedColumns = (nuint)operands.Wish.Length,
                });
                BitwiseAssert.Equal(expected.Result, memory.Result, $"{c}, {width} bits");
            }
        }
    }

    /// <summary>A case whose lists hold the word lines with a trace.</summary>
    private static FusedCase Case(int rows)
    {
        FusedCase c = new(new UpdateCase(rows, rows % 2 == 0, (NoiseKind)(rows % 3), rows, 1 + (rows % 3), rows), IsPair: false);
        c.Input.AsSpan().Clear();
        return c;
    }

    /// <summary>The calls for devices that differ, and by coincidence, one after the other on the same memory.</summary>
    private ref struct EachCall : IUpdateCall
    {
        private const int StreamLength = 9;

        internal VariedCase Varied;
        internal UpdateOperands Operands;
        internal ReadOnlySpan<float> Pulses;
        internal ReadOnlySpan<float> Lower;
        internal ReadOnlySpan<float> Upper;
        internal Span<float> WriteCounts;

        // Which constants there are only the device knows, so their planes are made here.
        internal bool GuardAfter;

        public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
            where TDevice : struct, IDeviceModel
            where TCounts : struct, IPulseCounts
            where TNoise : struct, ICycleNoise
        {
            UpdateCase c = Varied.Update;
            UpdateOperands on = Operands;
            using GuardedBuffer<float> planes = new(Varied.Planes(device.Constants, TDevice.ConstantCount), GuardAfter);
            DeviceVariation variation = Varied.Variation(planes.Span, TDevice.ConstantCount) with { Lower = Lower, Upper = Upper, WriteCounts = WriteCounts };
            ConductanceKernels.UpdateVaried<TDevice, PolarityGain, TCounts, TNoise>(
                device, c.Rule, noise, variation, on.State, on.Active, on.Wish, c.Stream, 0, on.Counters);
            ConductanceKernels.UpdateByCoincidence(
                device, c.Rule, noise, StreamLength, variation, on.State, on.Active, on.Wish, c.Stream, 0, on.Counters);
            ConductanceKernels.UpdateByCoincidence(
                device, c.Rule, noise, StreamLength, on.State, on.Active, on.Wish, c.Stream, 0, on.Counters);
            ConductanceKernels.Apply<TDevice, TCounts, TNoise>(
                device, noise, variation, on.State, Pulses, sign: 1f, c.Stream, firstRow: 0, firstPanel: 0, on.Counters);
        }
    }
}
