namespace RramSnn.PropertyTests.Support;

/// <summary>Errors in units of the last place.</summary>
internal static class UlpDistance
{
    /// <summary>How many floats lie from one value to the other; two NaN are equal.</summary>
    internal static long Between(float a, float b)
    {
        if (float.IsNaN(a) || float.IsNaN(b))
        {
            return float.IsNaN(a) && float.IsNaN(b) ? 0 : long.MaxValue;
        }

        return Math.Abs(Ordinal(a) - Ordinal(b));
    }

    /// <summary>|actual - exact| in units of the distance of the floats around the exact value: ½ is correct rounding.</summary>
    internal static double Error(float actual, double exact)
    {
        double rounded = (float)exact;
        if (double.IsInfinity(rounded) || double.IsNaN(exact) || !float.IsFinite(actual))
        {
            return Between(actual, (float)exact);
        }

        return Math.Abs(actual - exact) / Spacing(exact);
    }

    /// <summary>Distance of neighbouring floats at a value.</summary>
    internal static double Spacing(double value) =>
        value == 0 ? float.Epsilon : Math.ScaleB(1, Math.Max(Math.ILogB(value), -126) - 23);

    private static long Ordinal(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x);
        return bits >= 0 ? bits : int.MinValue - (long)bits;
    }
}
