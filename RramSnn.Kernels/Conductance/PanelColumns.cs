using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>Constants of one panel's columns, in memory of the kernel that uses them.</summary>
internal readonly ref struct PanelColumns
{
    private const int Width = CrossbarLayout.PanelWidth;

    /// <summary>Floats that the constants need, with room to start on a cache line: a load that straddles two lines costs double.</summary>
    internal const int ScratchLength = (8 * Width) + KernelThrow.LaneBlock;

    private readonly ref float _first;

    internal PanelColumns(Span<float> scratch) => _first = ref Alignment.FirstLine(scratch);

    /// <summary>The drive of the columns from <paramref name="column"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal DriveConstants<TLanes> Drive<TLanes>(nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        // One address for all: the JIT then drops the loads that a law does not ask for, where it would check seven addresses for null.
        ref float rate = ref Unsafe.Add(ref _first, column);
        return new(
            TLanes.Load(in rate, 0),
            TLanes.Load(in rate, Width),
            TLanes.Load(in rate, 2 * Width),
            TLanes.Load(in rate, 3 * Width),
            TLanes.Load(in rate, 4 * Width),
            TLanes.Load(in rate, 5 * Width),
            TLanes.Load(in rate, 6 * Width));
    }

    /// <summary>Pulses per unit trace, without their sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Magnitude<TLanes>(nuint column)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(in _first, column + (7 * Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set<TLanes>(nuint column, DriveConstants<TLanes> drive, TLanes magnitude)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes.Store(drive.Rate, ref _first, column);
        TLanes.Store(drive.Target, ref _first, column + Width);
        TLanes.Store(drive.Slope, ref _first, column + (2 * Width));
        TLanes.Store(drive.Scale, ref _first, column + (3 * Width));
        TLanes.Store(drive.Linear, ref _first, column + (4 * Width));
        TLanes.Store(drive.Square, ref _first, column + (5 * Width));
        TLanes.Store(drive.Cube, ref _first, column + (6 * Width));
        TLanes.Store(magnitude, ref _first, column + (7 * Width));
    }

    /// <summary>The largest |rate|; NaN if there is one. A maximum rounds nothing, so its order is free.</summary>
    internal float LargestRate() => LargestMagnitude(MemoryMarshal.CreateReadOnlySpan(ref _first, Width));

    /// <summary>The largest magnitude; NaN if there is one.</summary>
    internal float LargestCount() => LargestMagnitude(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _first, 7 * Width), Width));

    internal static float LargestMagnitude(ReadOnlySpan<float> values) => MathF.Abs(TensorPrimitives.MaxMagnitude(values));
}
