using FsCheck;
using FsCheck.Fluent;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.PropertyTests.Support;

/// <summary>An array with the traces and wishes of a mini-batch; its own trace and wish take no part.</summary>
public sealed record BatchUpdateCase(UpdateCase Array, int Batch, int Gap)
{
    internal int Stride => Array.Rows + Gap;

    /// <summary>One row per sample; what lies between the rows is NaN.</summary>
    internal float[] Traces { get; } = Numbers.Rows(0f, 1.5f, 0.4, Batch, Array.Rows, Gap, Array.Seed + 8);

    internal CrossbarLayout WishLayout { get; } = new(Batch, Array.Wish.Length);

    internal float[] Wishes { get; } = Numbers.Sparse(-0.2f, 0.2f, 0.3, Batch * Array.Wish.Length, Array.Seed + 9);

    internal BatchUpdateCase Again() => new(Array.Again(), Batch, Gap);

    internal BatchUpdateCase Update() => Update(Array.State, Traces, Wishes, 0, Array.Counters);

    /// <summary>The facade on other memory than the case's own.</summary>
    internal BatchUpdateCase Update(Span<float> state, ReadOnlySpan<float> traces, ReadOnlySpan<float> wishes, int firstPanel, PulseCounters counters)
    {
        BatchFacade call = new() { Case = this, State = state, Traces = traces, Wishes = wishes, FirstPanel = firstPanel, Counters = counters };
        Array.Device.Run(call, Array.IsStochastic, Array.Noise);
        return this;
    }

    internal BatchUpdateCase UpdateAt(int width)
    {
        Array.Device.Run(new BatchAtWidth { Case = this, Width = width }, Array.IsStochastic, Array.Noise);
        return this;
    }

    /// <summary>One device at a time: its wishes add up in the order of the samples, then its law applies once.</summary>
    internal BatchUpdateCase UpdateByReference()
    {
        for (int column = 0; column < Array.Wish.Length; column++)
        {
            for (int row = 0; row < Array.Rows; row++)
            {
                float wish = 0f;
                for (int sample = 0; sample < Batch; sample++)
                {
                    wish = MathF.FusedMultiplyAdd(Traces[(sample * Stride) + row], Wishes[WishLayout.IndexOf(sample, column)], wish);
                }

                Array.WriteByReference(row, column, wish * (wish < 0 ? Array.Gain.ForDecrease : Array.Gain.ForIncrease), 1f);
            }
        }

        return this;
    }

    /// <summary>The generator FsCheck uses for this type.</summary>
    public static Arbitrary<BatchUpdateCase> Generator() => Arb.From(
        from array in UpdateCase.Generator().Generator
        from batch in Gen.Choose(1, 9)
        from gap in Gen.Choose(0, 3)
        select new BatchUpdateCase(array, batch, gap));
}
