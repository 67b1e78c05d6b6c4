namespace RramSnn.PropertyTests.Support;

/// <summary>The error bounds that docs/numerics.md states; each was found by a run over every float.</summary>
internal static class ElementaryBounds
{
    /// <summary>Error of eˣ in ulp.</summary>
    internal const double ExpUlp = 1.27;

    /// <summary>Relative error of 1 - 2⁻ʸ.</summary>
    internal const double OneMinusExp2Negative = 1.65e-7;

    /// <summary>Relative error of 2ᵗ - 1 for t &gt; 0.</summary>
    internal const double Exp2MinusOne = 2.3e-7;

    /// <summary>Relative error of log₂x.</summary>
    internal const double Log2 = 2.75e-7;

    /// <summary>Relative error of 2ˣ.</summary>
    internal const double Exp2 = 2.75e-6;

    /// <summary>Relative error of log(1 + z) for all z.</summary>
    internal const double LogOnePlus = 7.4e-7;

    /// <summary>Relative error of log(1 + z) beyond the small form.</summary>
    internal const double LogOnePlusBeyondSmall = 2.45e-7;
}
