using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Kernels.Conductance;

/// <summary>What the stages of an update hand on for the devices of a block of rows of a panel, in memory of the kernel that uses it.</summary>
internal readonly ref struct BlockScratch
{
    /// <summary>Rows of a block: enough to make the calls of its stages cheap, few enough for the nearest cache.</summary>
    internal const int Rows = 16;

    // Five lines apart modulo 4 KiB, so that what is stored in one region and loaded from the next is not taken for the same place.
    private const int Region = (Rows * CrossbarLayout.PanelWidth) + (5 * KernelThrow.LaneBlock);

    /// <summary>Floats that a block needs, with room to start on a cache line.</summary>
    internal const int Length = (3 * Region) + KernelThrow.LaneBlock;

    /// <summary>Whole numbers of pulses, or the random bits that round them.</summary>
    internal readonly ref float Counts;

    /// <summary>Draws of the normal distribution, or the random bits that they are made of.</summary>
    internal readonly ref float Deviates;

    /// <summary>Factors by which the states damp pulses.</summary>
    internal readonly ref float Dampings;

    internal BlockScratch(Span<float> memory)
    {
        Counts = ref Alignment.FirstLine(memory);
        Deviates = ref Unsafe.Add(ref Counts, Region);
        Dampings = ref Unsafe.Add(ref Deviates, Region);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BlockScratch(BlockScratch block, nuint devices)
    {
        Counts = ref Unsafe.Add(ref block.Counts, devices);
        Deviates = ref Unsafe.Add(ref block.Deviates, devices);
        Dampings = ref Unsafe.Add(ref block.Dampings, devices);
    }

    /// <summary>What follows a number of devices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BlockScratch From(nuint devices) => new(this, devices);
}
