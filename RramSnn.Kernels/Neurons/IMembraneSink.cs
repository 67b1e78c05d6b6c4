using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Neurons;

/// <summary>What a neuron step does with the membranes: a type argument, so that the step exists once.</summary>
internal interface IMembraneSink
{
    /// <summary>Takes U of the neurons that start at <paramref name="neuron"/>.</summary>
    void Take<TLanes>(TLanes membrane, nuint neuron)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Learning needs two bits of each membrane, which the step writes as masks: U itself stays in its register.</summary>
internal readonly struct DiscardedMembrane : IMembraneSink
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take<TLanes>(TLanes membrane, nuint neuron)
        where TLanes : struct, ILanes<TLanes>
    {
    }
}

/// <summary>Stores U.</summary>
internal ref struct StoredMembrane : IMembraneSink
{
    internal ref float Membrane;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take<TLanes>(TLanes membrane, nuint neuron)
        where TLanes : struct, ILanes<TLanes> => TLanes.Store(membrane, ref Membrane, neuron);
}
