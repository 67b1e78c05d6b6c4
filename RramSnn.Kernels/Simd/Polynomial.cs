using System.Runtime.CompilerServices;

namespace RramSnn.Kernels.Simd;

/// <summary>Coefficients, in ascending order, of a polynomial of degree 4 or less.</summary>
/// <remarks>Fields rather than literals, for the reason given at <see cref="LawConstants{TLanes}"/>.</remarks>
internal readonly struct Polynomial
{
    private readonly float _c0;
    private readonly float _c1;
    private readonly float _c2;
    private readonly float _c3;
    private readonly float _c4;

    private Polynomial(float c0, float c1, float c2, float c3, float c4) => (_c0, _c1, _c2, _c3, _c4) = (c0, c1, c2, c3, c4);

    /// <summary>2ᶠ on [-½, ½]: minimax, relative error 2.7·10⁻⁶.</summary>
    internal static Polynomial Exp2 => new(9.999992847e-1f, 6.931217909e-1f, 2.402474433e-1f, 5.591785535e-2f, 9.570107795e-3f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LawConstants<TLanes> Broadcast<TLanes>()
        where TLanes : struct, ILanes<TLanes> =>
        new(TLanes.Broadcast(_c0), TLanes.Broadcast(_c1), TLanes.Broadcast(_c2), TLanes.Broadcast(_c3), TLanes.Broadcast(_c4));
}
