namespace RramSnn.PropertyTests.Support;

/// <summary>Functions in double precision that the errors of the kernels are measured against.</summary>
internal static class DoubleFunctions
{
    private static readonly double[] CentralNumerator =
        [-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00];

    private static readonly double[] CentralDenominator =
        [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1];

    private static readonly double[] TailNumerator =
        [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00];

    private static readonly double[] TailDenominator =
        [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1];

    /// <summary>-expm1(-y·ln 2), by its series where the difference would cancel.</summary>
    internal static double OneMinusExp2Negative(double y)
    {
        double t = y * Math.Log(2);
        if (t > 0.01)
        {
            return 1 - Math.Exp(-t);
        }

        return t * (1 - (t / 2 * (1 - (t / 3 * (1 - (t / 4 * (1 - (t / 5 * (1 - (t / 6))))))))));
    }

    /// <summary>log(1 + z) by the logarithm of the rounded sum, and what the sum lost.</summary>
    internal static double LogOnePlus(double z)
    {
        double sum = 1 + z;
        return sum == 1 ? z : Math.Log(sum) - (((sum - 1) - z) / sum);
    }

    /// <summary>Φ⁻¹(p) for 0 &lt; p ≤ ½ by Acklam's rational functions, relative error 1.2·10⁻⁹.</summary>
    internal static double InverseNormal(double p)
    {
        if (p < 0.02425)
        {
            double q = Math.Sqrt(-2 * Math.Log(p));
            return Polynomial(TailNumerator, q) / Polynomial(TailDenominator, q);
        }

        double centre = p - 0.5;
        double square = centre * centre;
        return Polynomial(CentralNumerator, square) * centre / Polynomial(CentralDenominator, square);
    }

    private static double Polynomial(double[] coefficients, double x) => coefficients.Aggregate((sum, coefficient) => (sum * x) + coefficient);
}
