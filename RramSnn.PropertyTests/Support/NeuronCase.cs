using FsCheck;
using FsCheck.Fluent;
using RramSnn.Kernels.Neurons;

namespace RramSnn.PropertyTests.Support;

/// <summary>A population in some state, drawn from a seed.</summary>
public sealed record NeuronCase(int Words, float MembraneDecay, float SynapseDecay, float ResetDecay, int Seed)
{
    internal const float WeightRange = 1.7f;

    internal int Length => 64 * Words;

    internal NeuronConstants Constants { get; } = new(MembraneDecay, SynapseDecay, ResetDecay, resetStrength: 2.5f, gain: 1.3f, threshold: 0.5f);

    internal float[] Current { get; } = Numbers.Sparse(-6f, 6f, 0.2, 64 * Words, Seed);

    internal float[] Synapse { get; } = Numbers.Sparse(-2f, 2f, 0.2, 64 * Words, Seed + 1);

    internal float[] Membrane { get; } = Numbers.Sparse(-2f, 2f, 0.2, 64 * Words, Seed + 2);

    internal float[] Reset { get; } = Numbers.Sparse(-2f, 0f, 0.5, 64 * Words, Seed + 3);

    internal float[] Potential { get; } = new float[64 * Words];

    internal BoxSurrogate Box { get; } = new(0.4f);

    internal ulong[] Surrogate { get; } = Numbers.Spikes(0.3, Words, Seed + 5);

    internal ulong[] Spikes { get; } = Numbers.Spikes(0.3, Words, Seed + 4);

    /// <summary>All that a step writes, in one array.</summary>
    internal float[] State => [.. Synapse, .. Membrane, .. Reset, .. Potential];

    /// <summary>A step that also stores the membranes in <see cref="Potential"/>.</summary>
    internal void Step() => NeuronKernels.Step(Constants, Box, WeightRange, Current, Synapse, Membrane, Reset, Potential, Spikes, Surrogate);

    /// <summary>A step that leaves <see cref="Potential"/> alone.</summary>
    internal void StepToMasks() => NeuronKernels.Step(Constants, Box, WeightRange, Current, Synapse, Membrane, Reset, Spikes, Surrogate);

    internal void StepAt(int width) => StepAt(width, new StoredMembrane { Membrane = ref Potential[0] });

    internal void StepToMasksAt(int width) => StepAt(width, default(DiscardedMembrane));

    /// <summary>A step by the scalar rule.</summary>
    internal void StepByReference()
    {
        Array.Clear(Spikes);
        Array.Clear(Surrogate);
        for (int i = 0; i < Length; i++)
        {
            bool spikes = NeuronReference.Step(Constants, WeightRange, Current[i], ref Synapse[i], ref Membrane[i], ref Reset[i], out Potential[i]);
            Spikes[i / 64] |= spikes ? 1ul << (i % 64) : 0;
            Surrogate[i / 64] |= Math.Abs(Potential[i] - Constants.Threshold) < Box.HalfWidth ? 1ul << (i % 64) : 0;
        }
    }

    internal void Filter() => NeuronKernels.FilterSpikes(Constants, Spikes, Synapse, Membrane);

    internal void FilterAt(int width) => Widths.Run(width, new NeuronKernels.FilterKernel
    {
        Constants = Constants,
        Spikes = ref Spikes[0],
        Words = (nuint)Words,
        SynapseTrace = ref Synapse[0],
        MembraneTrace = ref Membrane[0],
    });

    /// <summary>The traces after a step, by the scalar rule.</summary>
    internal void FilterByReference()
    {
        for (int i = 0; i < Length; i++)
        {
            NeuronReference.Filter(Constants, IsSpiking(i), ref Synapse[i], ref Membrane[i]);
        }
    }

    internal bool IsSpiking(int neuron) => ((Spikes[neuron / 64] >> (neuron % 64)) & 1) != 0;

    internal bool IsNearThreshold(int neuron) => ((Surrogate[neuron / 64] >> (neuron % 64)) & 1) != 0;

    /// <summary>The same population, in memory of its own.</summary>
    internal NeuronCase Again() => new(Words, MembraneDecay, SynapseDecay, ResetDecay, Seed);

    /// <summary>The generator FsCheck uses for this type.</summary>
    public static Arbitrary<NeuronCase> Generator()
    {
        Gen<float> decays = Gen.Elements(0f, 0.3f, 0.9f, 0.951f, 0.9999f);
        Gen<NeuronCase> cases =
            from words in Gen.Choose(1, 4)
            from membrane in decays
            from synapse in decays
            from reset in decays
            from seed in Gen.Choose(0, 1 << 20)
            select new NeuronCase(words, membrane, synapse, reset, seed);
        return Arb.From(cases);
    }

    private void StepAt<TSink>(int width, TSink sink)
        where TSink : struct, IMembraneSink, allows ref struct => Widths.Run(width, new NeuronKernels.StepKernel<TSink>
        {
            Constants = Constants,
            Box = Box,
            CurrentScale = (1f - SynapseDecay) * Constants.Gain * WeightRange,
            Current = ref Current[0],
            SynapseFilter = ref Synapse[0],
            MembraneFilter = ref Membrane[0],
            ResetTrace = ref Reset[0],
            Membrane = sink,
            Spikes = ref Spikes[0],
            Surrogate = ref Surrogate[0],
            Words = (nuint)Words,
        });
}
