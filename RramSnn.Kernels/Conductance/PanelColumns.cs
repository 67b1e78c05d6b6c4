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

    // Places within a bundle. What small steps of short laws ask for comes first, in as few lines of the cache as hold it.
    private const nuint Target = 0;
    private const nuint Linear = 1;
    private const nuint Square = 2;
    private const nuint Cube = 3;
    private const nuint Rate = 4;
    private const nuint Scale = 5;
    private const nuint Slope = 6;
    private const nuint Size = 7;

    /// <summary>Floats that the constants need, with room to start on a cache line: a load that straddles two lines costs double.</summary>
    /// <remarks>
    /// And a line more: of two panels side by side, the first halves of all bundles, which small steps of short laws ask for, then lie two lines apart modulo four, and with 256-bit lanes in
    /// different sets of the nearest cache.
    /// </remarks>
    internal const int ScratchLength = (Fields * Width) + (2 * KernelThrow.LaneBlock);

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
            TLanes.Load(in bundle, Rate * n),
            TLanes.Load(in bundle, Target * n),
            TLanes.Load(in bundle, Slope * n),
            TLanes.Load(in bundle, Scale * n),
            TLanes.Load(in bundle, Linear * n),
            TLanes.Load(in bundle, Square * n),
            TLanes.Load(in bundle, Cube * n));
    }

    /// <summary>Pulses per unit trace, without their sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Magnitude<TLanes>(nuint column)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(in _first, (column * Fields) + (Size * (nuint)TLanes.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set<TLanes>(nuint column, DriveConstants<TLanes> drive, TLanes magnitude)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float bundle = ref Unsafe.Add(ref _first, column * Fields);
        nuint n = (nuint)TLanes.Count;
        TLanes.Store(drive.Target, ref bundle, Target * n);
        TLanes.Store(drive.Linear, ref bundle, Linear * n);
        TLanes.Store(drive.Square, ref bundle, Square * n);
        TLanes.Store(drive.Cube, ref bundle, Cube * n);
        TLanes.Store(drive.Rate, ref bundle, Rate * n);
        TLanes.Store(drive.Scale, ref bundle, Scale * n);
        TLanes.Store(drive.Slope, ref bundle, Slope * n);
        TLanes.Store(magnitude, ref bundle, Size * n);
    }

    /// <summary>The largest |rate|; NaN if there is one.</summary>
    internal float LargestRate<TLanes>()
        where TLanes : struct, ILanes<TLanes> => Largest<TLanes>(Rate);

    /// <summary>The largest magnitude; NaN if there is one.</summary>
    internal float LargestCount<TLanes>()
        where TLanes : struct, ILanes<TLanes> => Largest<TLanes>(Size);

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
