using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Kernels.Conductance;

/// <summary>Constants of one panel's columns, on the stack of the kernel that uses them.</summary>
internal struct PanelColumns
{
    internal ColumnBuffer Rate;
    internal ColumnBuffer Target;
    internal ColumnBuffer Magnitude;
}

/// <summary>One float per column of a panel.</summary>
[InlineArray(CrossbarLayout.PanelWidth)]
internal struct ColumnBuffer
{
    private float _first;

    [UnscopedRef]
    internal ref float First => ref _first;

    /// <summary>The largest |x|; NaN counts as infinite.</summary>
    internal readonly float LargestMagnitude()
    {
        // Magnitudes order like their bits, so integers do, and a NaN comes out on top.
        uint largest = 0;
        foreach (float value in this)
        {
            largest = Math.Max(largest, BitConverter.SingleToUInt32Bits(value) & 0x7FFF_FFFFu);
        }

        return BitConverter.UInt32BitsToSingle(largest);
    }
}
