using System.Runtime.InteropServices;
using RramSnn.Kernels;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Neurons;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Kernels that go through vectors from end to end, at every width. A failure here is an access violation that ends the run: hence a class of its own.</summary>
public sealed class VectorGuardTests
{
    private static readonly RandomStream Stream = new(3, 1, 4, 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Elementary_functions_never_leave_their_spans(bool guardAfter)
    {
        for (int length = 0; length <= 80; length += KernelThrow.LaneBlock)
        {
            float[] x = Numbers.Between(0.1f, 2f, length, length);
            CheckFunction<ElementaryKernels.ExpFunction>(x, guardAfter);
            CheckFunction<ElementaryKernels.LogFunction>(x, guardAfter);
            CheckFunction<ElementaryCase.Exp2Function>(x, guardAfter);
            CheckFunction<ElementaryCase.LogOnePlusFunction<AnySteps>>(x, guardAfter);
            CheckFunction<ElementaryCase.ShareFunction<AnySteps>>(x, guardAfter);
            using GuardedBuffer<float> source = new(x, guardAfter);
            using GuardedBuffer<float> destination = new(length, guardAfter);
            ElementaryKernels.Exp(source.Span, destination.Span);
            ElementaryKernels.Log(destination.Span, destination.Span);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Random_numbers_never_leave_their_spans(bool guardAfter)
    {
        for (int blocks = 0; blocks <= 5; blocks++)
        {
            CheckNumbers<RandomKernels.UniformNumbers>(blocks, guardAfter);
            CheckNumbers<RandomKernels.NormalNumbers<InverseCdfNormal>>(blocks, guardAfter);
            CheckNumbers<RandomKernels.NormalNumbers<ByteSumNormal>>(blocks, guardAfter);
            using GuardedBuffer<float> numbers = new(blocks * RandomKernels.BlockLength, guardAfter);
            RandomKernels.Normal<InverseCdfNormal>(numbers.Span, Stream);
            RandomKernels.Normal<ByteSumNormal>(numbers.Span, Stream);
        }
    }

    /// <summary>Words that have a partner, words that have none, and blank ones between them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Spikes_never_leave_their_spans(bool guardAfter)
    {
        for (int words = 0; words <= 5; words++)
        {
            for (int blanks = 0; blanks < 1 << words; blanks++)
            {
                uint[] drawn = [.. Enumerable.Range(0, 64 * words).Select(i => (blanks >> (i / 64) & 1) != 0 ? 0u : RandomKernels.CertainThreshold / 2)];
                using GuardedBuffer<uint> thresholds = new(drawn, guardAfter);
                using GuardedBuffer<ulong> spikes = new(words, guardAfter);
                ulong[] expected = new ulong[words];
                RandomKernels.Bernoulli(drawn, Stream, expected);
                foreach (int width in Widths.InBits)
                {
                    Widths.Run(width, new RandomKernels.BernoulliKernel
                    {
                        Thresholds = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<uint, float>(thresholds.Span)),
                        Spikes = ref MemoryMarshal.GetReference(spikes.Span),
                        Words = (nuint)words,
                        Stream = Stream,
                    });
                    BitwiseAssert.Equal<ulong>(expected, spikes.Span, $"{words} words, blank {blanks:b}, {width} bits");
                }
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Traces_of_amplitudes_never_leave_their_spans(bool guardAfter)
    {
        for (int words = 0; words <= 3; words++)
        {
            NeuronCase c = new(words, 0.9f, 0.8f, 0.7f, Seed: words);
            float[] drawn = Numbers.Sparse(0f, 1f, 0.4, c.Length, seed: 9);
            using GuardedBuffer<float> amplitudes = new(drawn, guardAfter);
            using GuardedBuffer<float> synapse = new(c.Synapse, guardAfter);
            using GuardedBuffer<float> membrane = new(c.Membrane, guardAfter);
            NeuronCase expected = c.Again();
            NeuronKernels.FilterAmplitudes(c.Constants, drawn, expected.Synapse, expected.Membrane);
            NeuronKernels.FilterAmplitudes(c.Constants, amplitudes.Span, synapse.Span, membrane.Span);
            Check("the machine's");
            foreach (int width in Widths.InBits)
            {
                c.Synapse.CopyTo(synapse.Span);
                c.Membrane.CopyTo(membrane.Span);
                Widths.Run(width, new NeuronKernels.AmplitudeFilterKernel
                {
                    Constants = c.Constants,
                    Amplitudes = ref MemoryMarshal.GetReference(amplitudes.Span),
                    Length = (nuint)c.Length,
                    SynapseTrace = ref MemoryMarshal.GetReference(synapse.Span),
                    MembraneTrace = ref MemoryMarshal.GetReference(membrane.Span),
                });
                Check($"{width}");
            }

            void Check(string width)
            {
                BitwiseAssert.Equal(expected.Synapse, synapse.Span, $"{c.Length} synapses, {width} bits");
                BitwiseAssert.Equal(expected.Membrane, membrane.Span, $"{c.Length} membranes, {width} bits");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whole_pulses_never_leave_their_spans(bool guardAfter)
    {
        const float Step = 0.03f;
        for (int length = 0; length <= 80; length += KernelThrow.LaneBlock)
        {
            float[] before = Numbers.Between(-1f, 1f, length, length);
            float[] expected = (float[])before.Clone();
            float[] expectedPulses = new float[length];
            AccumulatorKernels.TakeWholePulses(expected, Step, Step, expectedPulses);
            using GuardedBuffer<float> sum = new(before, guardAfter);
            using GuardedBuffer<float> pulses = new(length, guardAfter);
            AccumulatorKernels.TakeWholePulses(sum.Span, Step, Step, pulses.Span);
            Check("the machine's");
            foreach (int width in Widths.InBits)
            {
                before.CopyTo(sum.Span);
                Widths.Run(width, new AccumulatorKernels.WholePulsesKernel
                {
                    Sum = ref MemoryMarshal.GetReference(sum.Span),
                    Pulses = ref MemoryMarshal.GetReference(pulses.Span),
                    Length = (nuint)length,
                    ForIncrease = Step,
                    ForDecrease = Step,
                });
                Check($"{width}");
            }

            void Check(string width)
            {
                BitwiseAssert.Equal(expected, sum.Span, $"{length} sums, {width} bits");
                BitwiseAssert.Equal(expectedPulses, pulses.Span, $"{length} numbers of pulses, {width} bits");
            }
        }
    }

    /// <summary>Tables of 8 and of 16 numbers, as the step curves and the normal numbers look them up.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lookups_never_leave_their_tables(bool guardAfter)
    {
        float[] numbers = Numbers.Between(0f, 1f, 16, seed: 2);
        using GuardedBuffer<float> eight = new(numbers.AsSpan(0, 8), guardAfter);
        using GuardedBuffer<float> sixteen = new(numbers, guardAfter);
        using GuardedBuffer<float> found = new(32, guardAfter);
        foreach (int width in Widths.InBits)
        {
            Widths.Run(width, new LookupKernel { Eight = ref eight.Span[0], Sixteen = ref sixteen.Span[0], Found = ref found.Span[0] });
            BitwiseAssert.Equal([.. numbers[..8], .. numbers[..8], .. numbers], found.Span, $"{width} bits");
        }
    }

    private static void CheckFunction<TFunction>(float[] x, bool guardAfter)
        where TFunction : struct, ElementaryKernels.ILaneFunction
    {
        using GuardedBuffer<float> source = new(x, guardAfter);
        using GuardedBuffer<float> destination = new(x.Length, guardAfter);
        foreach (int width in Widths.InBits)
        {
            Widths.Run(width, new ElementaryKernels.MapKernel<TFunction>
            {
                X = ref MemoryMarshal.GetReference(source.Span),
                Y = ref MemoryMarshal.GetReference(destination.Span),
                Length = (nuint)x.Length,
            });
            BitwiseAssert.Equal(x.Length == 0 ? [] : ElementaryCase.Map<TFunction>(width, x), destination.Span, $"{typeof(TFunction)}, {x.Length} numbers, {width} bits");
        }
    }

    private static void CheckNumbers<TNumbers>(int blocks, bool guardAfter)
        where TNumbers : struct, RandomKernels.INumbers
    {
        using GuardedBuffer<float> destination = new(blocks * RandomKernels.BlockLength, guardAfter);
        float[]? expected = null;
        foreach (int width in Widths.InBits)
        {
            destination.Span.Fill(float.NaN);
            Widths.Run(width, new RandomKernels.FillKernel<TNumbers>
            {
                Destination = ref MemoryMarshal.GetReference(destination.Span),
                Length = (nuint)destination.Length,
                Stream = Stream,
            });
            expected ??= destination.Span.ToArray();
            BitwiseAssert.Equal(expected, destination.Span, $"{typeof(TNumbers)}, {blocks} blocks, {width} bits");
        }

        Assert.DoesNotContain(float.NaN, expected!);
    }

    private ref struct LookupKernel : IVectorKernel
    {
        internal ref readonly float Eight;
        internal ref readonly float Sixteen;
        internal ref float Found;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            for (uint i = 0; i < 16; i += (uint)TLanes.Count)
            {
                TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger(i), TLanes.LaneIndex);
                TLanes.Store(TLanes.Lookup8(in Eight, index), ref Found, i);
                TLanes.Store(TLanes.Lookup16(in Sixteen, index), ref Found, 16 + i);
            }
        }
    }
}
