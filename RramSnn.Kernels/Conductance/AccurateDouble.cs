namespace RramSnn.Kernels.Conductance;

/// <summary>exp(x) - 1 and log(1 + x) without loss of digits near 0; those of <see cref="double"/> are the plain differences.</summary>
/// <remarks>Kahan's quotients: the rounding of 1 + x, or of exp(x), enters numerator and denominator alike.</remarks>
internal static class AccurateDouble
{
    /// <summary>exp(x) - 1.</summary>
    internal static double ExpM1(double x) => Math.Abs(x) > 1 ? Math.Exp(x) - 1 : x * RelativeExpM1(x);

    /// <summary>(exp(x) - 1)/x, 1 at 0.</summary>
    internal static double RelativeExpM1(double x)
    {
        double exp = Math.Exp(x);
        return exp == 1 ? 1 : Math.Abs(x) > 1 ? (exp - 1) / x : (exp - 1) / Math.Log(exp);
    }

    /// <summary>log(1 + x).</summary>
    internal static double LogP1(double x) => double.IsPositiveInfinity(x) ? x : x * RelativeLogP1(x);

    /// <summary>log(1 + x)/x, 1 at 0.</summary>
    internal static double RelativeLogP1(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? 1 : double.IsPositiveInfinity(x) ? 0 : Math.Log(sum) / (sum - 1);
    }
}
