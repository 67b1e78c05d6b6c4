using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Kernels.Conductance;

/// <summary>The active word lines as the update kernels read them; a local copy stays in registers where fields would be loaded after every store.</summary>
internal readonly ref struct RowList(scoped in ActiveRows active)
{
    /// <summary>How many rows of the list ahead updates ask for states: long enough for memory to answer, short enough for the nearest cache to keep them.</summary>
    internal const nuint RowsAhead = 16;

    private readonly ref readonly int _rows = ref MemoryMarshal.GetReference(active.Rows);
    private readonly ref readonly float _traces = ref MemoryMarshal.GetReference(active.Values);
    private readonly ref readonly float _inputs = ref MemoryMarshal.GetReference(active.Inputs);

    internal readonly nuint Count = (nuint)active.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Row(nuint k) => (uint)Unsafe.Add(ref Unsafe.AsRef(in _rows), k);

    /// <summary>Where the row lies within a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal nuint Offset(nuint k) => (nuint)Row(k) * CrossbarLayout.PanelWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Trace(nuint k) => Unsafe.Add(ref Unsafe.AsRef(in _traces), k);

    /// <summary>Input of the row at the coming step; only lists with inputs have one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Input(nuint k) => Unsafe.Add(ref Unsafe.AsRef(in _inputs), k);
}
