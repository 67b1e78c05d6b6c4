using System.Runtime.CompilerServices;

namespace RramSnn.Kernels.Simd;

/// <summary>Numbers of a law that a kernel keeps in registers while devices stream by; their meaning is the model's business.</summary>
/// <remarks>
/// A literal in <see cref="Conductance.IDeviceModel.Advance{TLanes, TSteps}"/> is loaded anew for every bundle of devices, and a long polynomial is then
/// bound by its loads. Numbers that come from fields of the model through this bag are loaded once per band.
/// </remarks>
public readonly struct LawConstants<TLanes>(TLanes c0, TLanes c1, TLanes c2, TLanes c3, TLanes c4)
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Coefficient of degree 0, where the law evaluates a polynomial.</summary>
    public TLanes C0 { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = c0;

    /// <summary>Coefficient of degree 1, where the law evaluates a polynomial.</summary>
    public TLanes C1 { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = c1;

    /// <summary>Coefficient of degree 2, where the law evaluates a polynomial.</summary>
    public TLanes C2 { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = c2;

    /// <summary>Coefficient of degree 3, where the law evaluates a polynomial.</summary>
    public TLanes C3 { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = c3;

    /// <summary>Coefficient of degree 4, where the law evaluates a polynomial.</summary>
    public TLanes C4 { [MethodImpl(MethodImplOptions.AggressiveInlining)] get; } = c4;
}
