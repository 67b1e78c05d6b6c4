using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// Constants of one panel's columns, in memory of the kernel that uses them: those of a bundle of columns lie next to each other, so that they are to be read at the vector width that
/// they were set at.
/// </summary>
internal readonly ref struct PanelColumns
{
    private const int Width = CrossbarLayout.PanelWidth;
    private const int Fields = 8;

    /// <summary>Floats that the constants need, with room to start on a cache line: a load that straddles two lines costs double.</summary>
    internal const int ScratchLength = (Fields * Width) + KernelThrow.LaneBlock;

    private readonly ref float _first;

    internal PanelColumns(Span<float> scratch) => _first = ref Alignment.FirstLine(scratch);

    /// <summary>The drive of the columns from <paramref name="column"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal DriveConstants<TLanes> Drive<TLanes>(nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        // One address for all, and no field far from it: the JIT then drops the loads that a law does not ask for, where it would check addresses for null.
        ref float bundle = ref Unsafe.Add(ref _first, column * Fields);
        nuint n = (nuint)TLanes.Count;
        return new(
            TLanes.Load(in bundle, 0),
            TLanes.Load(in bundle, n),
            TLanes.Load(in bundle, 2 * n),
            TLanes.Load(in bundle, 3 * n),
            TLanes.Load(in bundle, 4 * n),
            TLanes.Load(in bundle, 5 * n),
            TLanes.Load(in bundle, 6 * n));
    }

    /// <summary>Pulses per unit trace, without their sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Magnitude<TLanes>(nuint column)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(in _first, (column * Fields) + (7 * (nuint)TLanes.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set<TLanes>(nuint column, DriveConstants<TLanes> drive, TLanes magnitude)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float bundle = ref Unsafe.Add(ref _first, column * Fields);
        nuint n = (nuint)TLanes.Count;
        TLanes.Store(drive.Rate, ref bundle, 0);
        TLanes.Store(drive.Target, ref bundle, n);
        TLanes.Store(drive.Slope, ref bundle, 2 * n);
        TLanes.Store(drive.Scale, ref bundle, 3 * n);
        TLanes.Store(drive.Linear, ref bundle, 4 * n);
        TLanes.Store(drive.Square, ref bundle, 5 * n);
        TLanes.Store(drive.Cube, ref bundle, 6 * n);
        TLanes.Store(magnitude, ref bundle, 7 * n);
    }

    /// <summary>The largest |rate|; NaN if there is one.</summary>
    internal float LargestRate<TLanes>()
        where TLanes : struct, ILanes<TLanes> => Largest<TLanes>(0);

    /// <summary>The largest magnitude; NaN if there is one.</summary>
    internal float LargestCount<TLanes>()
        where TLanes : struct, ILanes<TLanes> => Largest<TLanes>(7);

    private float Largest<TLanes>(nuint field)
        where TLanes : struct, ILanes<TLanes>
    {
        // As integers the sizes of numbers have the same order, with NaN above all.
        nuint n = (nuint)TLanes.Count;
        TLanes largest = TLanes.Broadcast(0f);
        for (nuint c = 0; c < Width; c += n)
        {
            TLanes size = TLanes.Abs(TLanes.Load(in _first, (c * Fields) + (field * n)));
            largest = TLanes.Select(TLanes.LessThanInteger(largest, size), size, largest);
        }

        Span<float> lanes = stackalloc float[KernelThrow.LaneBlock];
        TLanes.Store(largest, ref MemoryMarshal.GetReference(lanes), 0);
        return TensorPrimitives.Max<float>(lanes[..TLanes.Count]);
    }
}
