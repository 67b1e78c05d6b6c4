using FsCheck;
using FsCheck.Fluent;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.PropertyTests.Support;

/// <summary>An array that is updated, and read by the coming step's input in the same pass.</summary>
public sealed record FusedCase(UpdateCase Array, bool IsPair)
{
    /// <summary>Plus array of a pair, whose minus array is <see cref="Array"/>: driven the other way.</summary>
    internal float[] Plus { get; } = Numbers.Sparse(0f, 1f, 0.1, Array.State.Length, Array.Seed + 5);

    internal PolarityGain PlusRule => new(-Array.Gain.ForDecrease, -Array.Gain.ForIncrease);

    internal RandomStream PlusStream { get; } = new((ulong)Array.Seed, 10, 3, 1);

    internal float Reference { get; } = (Array.Seed % 5) / 4f;

    /// <summary>One value per word line, padded like the trace.</summary>
    internal float[] Input { get; } = Padded(Numbers.Sparse(-2f, 2f, 0.5, Array.Rows, Array.Seed + 6), Array.Trace.Length);

    internal float[] Current { get; } = Numbers.Between(-3f, 3f, Array.Wish.Length, Array.Seed + 7);

    internal ActiveRows Active => ActiveRows.FromTraceAndInput(
        Array.Trace, Input, Array.Rows, new int[Input.Length], new float[Input.Length], new float[Input.Length]);

    internal float[] Result => [.. Array.Result, .. Plus, .. Current];

    internal FusedCase Again() => new(Array.Again(), IsPair);

    /// <summary>The two calls that the fused one stands for.</summary>
    internal FusedCase InTwoPasses()
    {
        if (IsPair)
        {
            UpdatePlus();
        }

        Array.Update();
        ReadOnlySpan<float> input = Input.AsSpan(0, Array.Rows);
        if (IsPair)
        {
            CrossbarKernels.Accumulate(Plus, Array.State, input, Current);
        }
        else
        {
            CrossbarKernels.Accumulate(Array.State, Reference, input, Current);
        }

        return this;
    }

    /// <summary>The plus array alone.</summary>
    internal void UpdatePlus() => Array.Update(Plus, Array.Active, Array.Wish, 0, Array.Counters, PlusRule, PlusStream);

    internal FusedCase Fused() => Fused(Array.State, Active, Array.Wish, 0, Array.Counters, Plus, Current);

    /// <summary>The facade on other memory than the case's own.</summary>
    internal FusedCase Fused(
        Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, int firstPanel, PulseCounters counters, Span<float> plus, Span<float> current)
    {
        FusedFacade call = new()
        {
            Case = this,
            State = state,
            Active = active,
            Wish = wish,
            FirstPanel = firstPanel,
            Counters = counters,
            Plus = plus,
            Current = current,
        };
        Array.Device.Run(call, Array.IsStochastic, Array.Noise);
        return this;
    }

    /// <summary>The kernel at a width.</summary>
    internal FusedCase FusedAt(int width) => FusedAt(width, Operands(new float[Current.Length]));

    /// <summary>The kernel at a width, on other memory than the case's own.</summary>
    internal FusedCase FusedAt(int width, UpdateOperands operands)
    {
        if (IsPair)
        {
            PairUpdateAtWidth call = new() { Case = this, Width = width, Operands = operands };
            Array.Device.Run(call, Array.IsStochastic, Array.Noise);
        }
        else
        {
            RunAt(width, Array.Rule, operands);
        }

        return this;
    }

    /// <summary>The kernel for single devices with any rule.</summary>
    internal FusedCase FusedAt<TRule>(int width, TRule rule, float[] reads)
        where TRule : struct, IPulseRule
    {
        RunAt(width, rule, Operands(reads));
        return this;
    }

    /// <summary>The generator FsCheck uses for this type.</summary>
    public static Arbitrary<FusedCase> Generator() => Arb.From(
        from array in UpdateCase.Generator().Generator
        from isPair in Gen.Elements(true, false)
        select new FusedCase(array, isPair));

    private UpdateOperands Operands(float[] reads)
    {
        UpdateOperands operands = Array.Operands;
        operands.Active = Active;
        operands.Counters = new(Array.Pulses, Array.Writes, reads);
        operands.Plus = Plus;
        operands.Current = Current;
        return operands;
    }

    private void RunAt<TRule>(int width, TRule rule, UpdateOperands operands)
        where TRule : struct, IPulseRule
    {
        UpdateAtWidth<TRule, ReferenceProduct> call = new() { Case = Array, Width = width, Operands = operands, Rule = rule, Product = new(Reference) };
        Array.Device.Run(call, Array.IsStochastic, Array.Noise);
    }

    private static float[] Padded(float[] values, int length)
    {
        System.Array.Resize(ref values, length);
        return values;
    }
}
