using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>Which word lines drive a product, and with what.</summary>
internal interface IRowInputs
{
    /// <summary>Whether every word line is visited, so that the one to come is known without looking.</summary>
    static abstract bool IsDense { get; }

    /// <summary>Number of word lines that are visited.</summary>
    nuint Count { get; }

    /// <summary>Word line of visit <paramref name="k"/>; ascending.</summary>
    nuint Row(nuint k);

    /// <summary>The input of visit <paramref name="k"/>, for <see cref="Add{TCell, TLanes}"/>.</summary>
    TLanes Input<TLanes>(nuint k)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>sum + input · weight of the cells at an offset.</summary>
    TLanes Add<TCell, TLanes>(TLanes sum, TLanes input, TCell cell, nuint offset)
        where TCell : struct, ISynapseCell, allows ref struct
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Every word line, driven by a real number: one fused multiply-add per cell.</summary>
internal readonly ref struct DenseRows(ref readonly float input, nuint count) : IRowInputs
{
    public static bool IsDense => true;

    private readonly ref readonly float _input = ref input;

    public nuint Count { get; } = count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nuint Row(nuint k) => k;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Input<TLanes>(nuint k)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in _input), k));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TCell, TLanes>(TLanes sum, TLanes input, TCell cell, nuint offset)
        where TCell : struct, ISynapseCell, allows ref struct
        where TLanes : struct, ILanes<TLanes> =>
        cell.MultiplyAdd(input, offset, sum);
}

/// <summary>Listed word lines, each driven by a real number of its own: one fused multiply-add per cell.</summary>
internal readonly ref struct ListedRows(ref readonly int rows, ref readonly float values, nuint count) : IRowInputs
{
    public static bool IsDense => false;

    private readonly ref readonly int _rows = ref rows;
    private readonly ref readonly float _values = ref values;

    public nuint Count { get; } = count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nuint Row(nuint k) => (nuint)(uint)Unsafe.Add(ref Unsafe.AsRef(in _rows), k);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Input<TLanes>(nuint k)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in _values), k));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TCell, TLanes>(TLanes sum, TLanes input, TCell cell, nuint offset)
        where TCell : struct, ISynapseCell, allows ref struct
        where TLanes : struct, ILanes<TLanes> =>
        cell.MultiplyAdd(input, offset, sum);
}

/// <summary>Listed word lines, each driven by a spike of height 1: one addition per cell.</summary>
internal readonly ref struct SpikingRows(ref readonly int rows, nuint count) : IRowInputs
{
    public static bool IsDense => false;

    private readonly ref readonly int _rows = ref rows;

    public nuint Count { get; } = count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nuint Row(nuint k) => (nuint)(uint)Unsafe.Add(ref Unsafe.AsRef(in _rows), k);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Input<TLanes>(nuint k)
        where TLanes : struct, ILanes<TLanes> => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TCell, TLanes>(TLanes sum, TLanes input, TCell cell, nuint offset)
        where TCell : struct, ISynapseCell, allows ref struct
        where TLanes : struct, ILanes<TLanes> =>
        cell.Add(sum, offset);
}
