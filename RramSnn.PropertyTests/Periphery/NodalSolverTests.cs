using FsCheck.Xunit;
using RramSnn.Model.Periphery;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>The laws of resistive networks.</summary>
[Properties(Arbitrary = [typeof(WireCase)], MaxTest = 100)]
public sealed class NodalSolverTests
{
    private const double Tolerance = 1e-9;

    [Property]
    public bool Currents_cancel_at_every_node(WireCase c)
    {
        NodalSolution solution = new(c, c.Factorise(), c.Voltages);
        return solution.KirchhoffResidual() <= Tolerance * solution.LargestCurrent;
    }

    [Property]
    public bool Drivers_deliver_what_the_network_dissipates(WireCase c)
    {
        (double delivered, double dissipated) = new NodalSolution(c, c.Factorise(), c.Voltages).Power();
        return Math.Abs(delivered - dissipated) <= Tolerance * delivered;
    }

    /// <summary>The two orders share neither blocks nor sources: what one drives, the other senses.</summary>
    [Property]
    public bool Taking_out_bit_lines_gives_what_taking_out_word_lines_gives(WireCase c)
    {
        NodalSolution byWordLines = new(c, NodalSolver.Factorise(c.Conductances, c.Rows, c.Columns, c.Wires, takesBitLines: false), c.Voltages);
        NodalSolution byBitLines = new(c, NodalSolver.Factorise(c.Conductances, c.Rows, c.Columns, c.Wires, takesBitLines: true), c.Voltages);
        return AreClose(byWordLines.Outputs, byBitLines.Outputs, Tolerance)
            && AreClose(byWordLines.WordLineDrops, byBitLines.WordLineDrops, Tolerance)
            && AreClose(byWordLines.BitLineRises, byBitLines.BitLineRises, Tolerance);
    }

    /// <summary>Turned by half and mirrored, an array drives where it was sensed; its conductances are those of the array, turned alike.</summary>
    [Property]
    public bool What_is_driven_and_what_is_sensed_may_be_exchanged(WireCase c)
    {
        double[] turned = new double[c.Conductances.Length];
        double[] expected = new double[c.Conductances.Length];
        ReadOnlySpan<double> effective = c.Factorise().EffectiveConductances;
        for (int k = 0; k < turned.Length; k++)
        {
            int at = ((c.Columns - 1 - (k % c.Columns)) * c.Rows) + c.Rows - 1 - (k / c.Columns);
            (turned[at], expected[at]) = (c.Conductances[k], effective[k]);
        }

        WireResistance wires = WireCase.Resistances(
            c.Wires.BitLineSegment, c.Wires.WordLineSegment, c.Wires.Sense, c.Wires.Driver, c.Wires.SensedEnds, c.Wires.DrivenEnds);
        NodalFactor factor = NodalSolver.Factorise(turned, c.Columns, c.Rows, wires, takesBitLines: false);
        return AreClose(expected, factor.EffectiveConductances.ToArray(), Tolerance);
    }

    [Property]
    public bool Drops_are_linear_in_the_inputs(WireCase c)
    {
        NodalFactor factor = c.Factorise();
        double[] other = WireCase.DrawVoltages(c.Rows, c.Seed + 7);
        NodalSolution first = new(c, factor, c.Voltages);
        NodalSolution second = new(c, factor, other);
        NodalSolution both = new(c, factor, [.. c.Voltages.Zip(other, static (a, b) => a - (3 * b))]);
        double[] expected = [.. first.WordLineDrops.Zip(second.WordLineDrops, static (a, b) => a - (3 * b))];
        double scale = 4 * (first.WordLineDrops.Concat(second.WordLineDrops).Max(Math.Abs) + double.Epsilon);
        return both.WordLineDrops.Zip(expected, (a, b) => Math.Abs(a - b) <= 1e-12 * scale).All(static isClose => isClose);
    }

    [Property(MaxTest = 40)]
    public bool Currents_equal_those_of_a_dense_elimination(WireCase c)
    {
        WireCase small = new(Math.Min(c.Rows, 9), Math.Min(c.Columns, 9), c.Wires, c.LargestConductance, c.Seed);
        double[] expected = new NodalReference(small, small.Voltages).Solve();

        // The reference works on voltages, in which small currents are differences of large ones.
        return AreClose(expected, new NodalSolution(small, small.Factorise(), small.Voltages).Outputs, 1e-8);
    }

    [Property]
    public bool Without_resistance_currents_are_the_plain_product(WireCase c)
    {
        NodalFactor factor = NodalSolver.Factorise(c.Conductances, c.Rows, c.Columns, new WireResistance(0));
        return factor.EffectiveConductances.SequenceEqual(c.Conductances);
    }

    [Property]
    public bool Small_resistances_change_little(WireCase c)
    {
        // No path's resistance is beyond (rows + columns) segments for the current of all devices together.
        NodalFactor factor = NodalSolver.Factorise(c.Conductances, c.Rows, c.Columns, new WireResistance(1e-9));
        double bound = 1e-9 * (c.Rows + c.Columns) * 2 * c.Conductances.Sum();
        double largest = c.Conductances.Max();
        return factor.EffectiveConductances.ToArray().Zip(c.Conductances, (a, b) => Math.Abs(a - b) <= (bound + 1e-14) * largest).All(static isClose => isClose);
    }

    [Property]
    public bool Resistance_never_raises_the_sum_of_all_currents(WireCase c)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, c.Rows)];
        double[] less = new NodalSolution(c, c.Factorise(), ones).Outputs;
        WireResistance doubled = WireCase.Resistances(
            2 * c.Wires.WordLineSegment, 2 * c.Wires.BitLineSegment, 2 * c.Wires.Driver, 2 * c.Wires.Sense, c.Wires.DrivenEnds, c.Wires.SensedEnds);
        double[] more = new NodalSolution(c with { Wires = doubled }, (c with { Wires = doubled }).Factorise(), ones).Outputs;
        return more.Sum() <= less.Sum() * (1 + 1e-12);
    }

    private static bool AreClose(double[] expected, double[] actual, double tolerance)
    {
        double scale = expected.Concat(actual).Max(Math.Abs);
        return expected.Zip(actual, (a, b) => Math.Abs(a - b) <= tolerance * scale).All(static isClose => isClose);
    }
}
