namespace RramSnn.Model.Devices.Fitting;

/// <summary>Conductances that a resistive device may have; others are mistakes in the unit.</summary>
public static class ResponseLimits
{
    /// <summary>1 TΩ.</summary>
    public const double LowestSiemens = 1e-12;

    /// <summary>1 Ω.</summary>
    public const double HighestSiemens = 1;

    /// <summary>Share of the range below which differences say nothing: readings of 13 bits. Without it, exact data would rank models by rounding.</summary>
    internal const double Resolution = 1e-4;
}
