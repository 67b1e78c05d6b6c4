namespace RramSnn.Bench.Roofline.Ceilings;

/// <summary>The ceiling that binds a kernel.</summary>
/// <param name="Name">Such as "L2 read" or "FMA peak".</param>
/// <param name="Unit">GB/s or GFLOP/s.</param>
/// <param name="Value">In that unit.</param>
/// <param name="Amount">Bytes or float operations of one call.</param>
internal sealed record Ceiling(string Name, string Unit, double Value, double Amount)
{
    /// <summary>Share of the ceiling that a time per call reaches.</summary>
    internal double Fraction(double nanosecondsPerCall) => Amount / nanosecondsPerCall / Value;
}
