using RramSnn.Kernels.Periphery;

namespace RramSnn.Model.Periphery;

/// <summary>Exact currents and voltages of an array of linear devices with resistive wires, drivers and sense circuits.</summary>
/// <remarks>
/// With d = voltage lost from a driver to a word line's node and e = voltage of a bit line's node, Kirchhoff's law at all 2RC nodes is
/// <code>
///   (L_w + D) d + D e = D v,      D d + (L_b + D) e = D v
/// </code>
/// L_w, L_b: Laplacians of the wires with their leads; D: the devices' conductances; v: the driver's voltage at each device. Word lines are
/// taken out one by one (a tridiagonal system each); what the bit lines' nodes see is a Norton equivalent that grows by a word
/// line and a wire segment per step (<see cref="NodalKernels"/>). If bit lines are cheaper to take out, they are. Nothing is
/// iterated. Work in multiply-adds: R C² (C + R)/2 for R word lines taken out; 2.5 times that for a square array connected at both ends of all lines.
/// </remarks>
public static class NodalSolver
{
    private const double LargestConductance = 1e12;

    /// <summary>Solves an array for every input at once.</summary>
    /// <param name="conductances">G in siemens, row-major [rows, columns]; finite and not negative.</param>
    /// <param name="rows">Word lines, at least 1.</param>
    /// <param name="columns">Bit lines, at least 1.</param>
    /// <param name="wires">Resistances.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An extent or a conductance is out of range.</exception>
    public static NodalFactor Factorise(ReadOnlySpan<double> conductances, int rows, int columns, WireResistance wires)
    {
        ArgumentNullException.ThrowIfNull(wires);
        bool takesBitLines = Work(rows, columns, wires.SensedEnds) > Work(columns, rows, wires.DrivenEnds);
        return Factorise(conductances, rows, columns, wires, takesBitLines);
    }

    /// <summary>As the public method, with the lines to take out given.</summary>
    internal static NodalFactor Factorise(ReadOnlySpan<double> conductances, int rows, int columns, WireResistance wires, bool takesBitLines)
    {
        Require.That(rows > 0, rows, "1 or more", nameof(rows));
        Require.That(columns > 0, columns, "1 or more", nameof(columns));
        RequireExtent.Length(conductances.Length, checked(rows * columns), nameof(conductances));
        foreach (double conductance in conductances)
        {
            Require.That(conductance is >= 0 and <= LargestConductance, conductance, "0 to 1e12 siemens", nameof(conductances));
        }

        TurnedArray array = new(conductances, rows, columns, wires, takesBitLines);
        double[] effective = new double[conductances.Length];
        using Elimination elimination = new(array, withSources: true);
        elimination.Transfer(effective);
        return new NodalFactor(array, effective, rows, columns);
    }

    /// <summary>Multiply-adds of an elimination.</summary>
    private static double Work(double lines, double nodes, LineEnds crossingEnds)
    {
        double sources = (lines + 1) / 2;
        double optional = crossingEnds == LineEnds.Both ? nodes + sources : 0;
        return lines * nodes * nodes * ((nodes / 2) + sources + optional);
    }
}
