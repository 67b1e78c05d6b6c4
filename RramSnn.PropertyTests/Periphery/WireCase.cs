using FsCheck;
using FsCheck.Fluent;
using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Support;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>An array with wires, devices and input voltages drawn from a seed.</summary>
public sealed record WireCase(int Rows, int Columns, WireResistance Wires, double LargestConductance, int Seed)
{
    /// <summary>Row-major, over two decades, one device in ten open.</summary>
    internal double[] Conductances { get; } = DrawConductances(Rows * Columns, LargestConductance, Seed);

    /// <summary>Between -1 and 1 volt, a third of them 0.</summary>
    internal double[] Voltages => DrawVoltages(Rows, Seed);

    internal NodalFactor Factorise() => NodalSolver.Factorise(Conductances, Rows, Columns, Wires);

    internal static double[] DrawVoltages(int rows, int seed) =>
        [.. Numbers.Sparse(-1f, 1f, 0.33, rows, seed + 1).Select(static value => (double)value)];

    internal static double[] DrawConductances(int count, double largest, int seed) =>
        [.. Numbers.Sparse(-2f, 0f, 0, count, seed).Select(power => (power < -1.8f ? 0 : Math.Pow(10, power)) * largest)];

    /// <summary>The generator FsCheck uses for this type: small arrays of any shape; every resistance may be zero.</summary>
    public static Arbitrary<WireCase> Generator()
    {
        Gen<int> extent = Gen.OneOf(Gen.Constant(1), Gen.Choose(2, 9), Gen.Choose(10, Effort.Of(40, 20)));
        Gen<double> segment = Gen.Elements(0, 0.1, 1, 5, 100.0);
        Gen<double> circuit = Gen.Elements(0, 0, 1, 50, 1000.0);
        Gen<LineEnds> ends = Gen.Elements(LineEnds.One, LineEnds.Both);
        Gen<WireCase> cases =
            from rows in extent
            from columns in extent
            from wordLine in segment
            from bitLine in segment
            from driver in circuit
            from sense in circuit
            from driven in ends
            from sensed in ends
            from largest in Gen.Elements(1e-5, 1e-4, 1e-3)
            from seed in Gen.Choose(0, 1 << 20)
            select new WireCase(rows, columns, Resistances(wordLine, bitLine, driver, sense, driven, sensed), largest, seed);
        return Arb.From(cases);
    }

    internal static WireResistance Resistances(double wordLine, double bitLine, double driver, double sense, LineEnds driven, LineEnds sensed) => new(0)
    {
        WordLineSegment = wordLine,
        BitLineSegment = bitLine,
        Driver = driver,
        Sense = sense,
        DrivenEnds = driven,
        SensedEnds = sensed,
    };
}
