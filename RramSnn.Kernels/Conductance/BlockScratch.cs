using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Kernels.Conductance;

/// <summary>What the stages of an update hand on for the devices of a block of rows of a panel, in memory of the kernel that uses it.</summary>
internal readonly ref struct BlockScratch
{
    /// <summary>Rows of a block: enough to make the calls of its stages cheap, few enough for the nearest cache.</summary>
    internal const int Rows = 16;

    private const int Devices = Rows * CrossbarLayout.PanelWidth;

    /// <summary>Floats that a block needs, with room to start on a cache line.</summary>
    internal const int Length = (3 * Devices) + KernelThrow.LaneBlock;

    private readonly ref float _counts;
    private readonly ref float _deviates;
    private readonly ref float _dampings;

    internal BlockScratch(Span<float> scratch)
    {
        _counts = ref Alignment.FirstLine(scratch);
        _deviates = ref Unsafe.Add(ref _counts, Devices);
        _dampings = ref Unsafe.Add(ref _deviates, Devices);
    }

    private BlockScratch(BlockScratch block, nuint devices)
    {
        _counts = ref Unsafe.Add(ref block._counts, devices);
        _deviates = ref Unsafe.Add(ref block._deviates, devices);
        _dampings = ref Unsafe.Add(ref block._dampings, devices);
    }

    /// <summary>Whole numbers of pulses.</summary>
    internal ref float Counts
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _counts;
    }

    /// <summary>Draws of the normal distribution.</summary>
    internal ref float Deviates
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _deviates;
    }

    /// <summary>Factors by which the states damp pulses.</summary>
    internal ref float Dampings
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _dampings;
    }

    /// <summary>What follows a number of devices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BlockScratch From(nuint devices) => new(this, devices);
}
