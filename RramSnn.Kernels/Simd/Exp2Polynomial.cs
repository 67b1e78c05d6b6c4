namespace RramSnn.Kernels.Simd;

/// <summary>Coefficients, in ascending order, of the minimax polynomial of degree 4 for 2ᶠ on [-½, ½]: relative error 2.7·10⁻⁶.</summary>
/// <remarks>A structure of fields rather than literals: see <see cref="Conductance.LawConstants{TLanes}"/>.</remarks>
internal readonly struct Exp2Polynomial(float c0, float c1, float c2, float c3, float c4)
{
    internal static Exp2Polynomial Minimax => new(9.999992847e-1f, 6.931217909e-1f, 2.402474433e-1f, 5.591785535e-2f, 9.570107795e-3f);

    internal float C0 { get; } = c0;

    internal float C1 { get; } = c1;

    internal float C2 { get; } = c2;

    internal float C3 { get; } = c3;

    internal float C4 { get; } = c4;
}
