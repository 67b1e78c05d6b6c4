using System.Runtime.InteropServices;

namespace RramSnn.Kernels.Crossbar;

/// <summary>
/// Products of an input vector with a crossbar: each output accumulates its inputs in ascending order, one rounding per
/// cell, so the result does not depend on vector width, blocking or threads.
/// </summary>
/// <remarks>
/// All operands follow <see cref="CrossbarLayout"/>. A call may cover any run of whole panels: pass the panels' part of the
/// matrices and of the currents. NaN and infinity propagate into their output column alone.
/// </remarks>
public static partial class CrossbarKernels
{
    private static void Check(ReadOnlySpan<float> conductance, string conductanceName, int rows, ReadOnlySpan<float> current)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        KernelThrow.IfNotMultiple(current.Length, CrossbarLayout.PanelWidth, nameof(current));
        KernelThrow.IfLengthDiffers(conductance.Length, (long)rows * current.Length, conductanceName);
        KernelThrow.IfOverlap(conductance, current, nameof(current));
    }

    private static ref readonly float First(ReadOnlySpan<float> span) => ref MemoryMarshal.GetReference(span);
}
