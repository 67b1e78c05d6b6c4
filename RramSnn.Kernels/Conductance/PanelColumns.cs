using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
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

    /// <summary>The largest |x|; NaN if there is one. A maximum rounds nothing, so its order is free.</summary>
    internal readonly float LargestMagnitude() => MathF.Abs(TensorPrimitives.MaxMagnitude<float>(this));
}
