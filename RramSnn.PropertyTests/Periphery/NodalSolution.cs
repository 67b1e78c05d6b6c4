using RramSnn.Model.Periphery;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>Everything a factor says about one input, and what Kirchhoff and Joule say to it.</summary>
internal sealed class NodalSolution
{
    private readonly WireCase _case;
    private readonly double[] _voltages;

    internal NodalSolution(WireCase wireCase, NodalFactor factor, double[] voltages)
    {
        (_case, _voltages) = (wireCase, voltages);
        Outputs = new double[factor.Columns];
        WordLineDrops = new double[factor.Rows * factor.Columns];
        BitLineRises = new double[factor.Rows * factor.Columns];
        factor.Solve(voltages, Outputs);
        factor.Drops(voltages, WordLineDrops, BitLineRises);
    }

    internal double[] Outputs { get; }

    internal double[] WordLineDrops { get; }

    internal double[] BitLineRises { get; }

    internal double LargestCurrent => Math.Max(Outputs.Max(Math.Abs), AllDevices().Max(Math.Abs));

    /// <summary>The largest amount by which a node's currents fail to cancel, an ideal line fails to hold its voltage, or a bit line's devices miss its output.</summary>
    internal double KirchhoffResidual()
    {
        double worst = 0;
        for (int row = 0; row < _case.Rows; row++)
        {
            worst = Math.Max(worst, LineResidual(_case.Wires.WordLine, _case.Columns, column => Device(row, column), column => WordLineDrops[At(row, column)]));
        }

        for (int column = 0; column < _case.Columns; column++)
        {
            // Counted from the connected end, at the bottom.
            int last = _case.Rows - 1;
            worst = Math.Max(worst, LineResidual(_case.Wires.BitLine, _case.Rows, k => Device(last - k, column), k => BitLineRises[At(last - k, column)]));
            double sum = Enumerable.Range(0, _case.Rows).Sum(row => Device(row, column));
            worst = Math.Max(worst, Math.Abs(sum - Outputs[column]));
        }

        return worst;
    }

    /// <summary>Power from the drivers, and what devices, wires and circuits turn into heat.</summary>
    internal (double Delivered, double Dissipated) Power()
    {
        double delivered = 0;
        double dissipated = 0;
        for (int row = 0; row < _case.Rows; row++)
        {
            for (int column = 0; column < _case.Columns; column++)
            {
                double current = Device(row, column);
                delivered += _voltages[row] * current;
                dissipated += current * (_voltages[row] - WordLineDrops[At(row, column)] - BitLineRises[At(row, column)]);
            }

            dissipated += LinePower(_case.Wires.WordLine, _case.Columns, column => WordLineDrops[At(row, column)]);
        }

        for (int column = 0; column < _case.Columns; column++)
        {
            dissipated += LinePower(_case.Wires.BitLine, _case.Rows, k => BitLineRises[At(_case.Rows - 1 - k, column)]);
        }

        return (delivered, dissipated);
    }

    private int At(int row, int column) => (row * _case.Columns) + column;

    private double Device(int row, int column) =>
        _case.Conductances[At(row, column)] * (_voltages[row] - WordLineDrops[At(row, column)] - BitLineRises[At(row, column)]);

    private IEnumerable<double> AllDevices() =>
        Enumerable.Range(0, _case.Rows).SelectMany(row => Enumerable.Range(0, _case.Columns).Select(column => Device(row, column)));

    private static double LineResidual(LineResistance line, int length, Func<int, double> device, Func<int, double> drop)
    {
        if (line.IsIdeal)
        {
            return Enumerable.Range(0, length).Max(k => Math.Abs(drop(k)));
        }

        double ends = drop(0) / line.Lead;
        ends += line.IsBothEnded ? drop(length - 1) / line.Lead : 0;
        if (line.Segment == 0)
        {
            double spread = Enumerable.Range(0, length).Max(k => Math.Abs(drop(k) - drop(0))) / line.Lead;
            return Math.Max(spread, Math.Abs(Enumerable.Range(0, length).Sum(device) - ends));
        }

        double worst = 0;
        for (int k = 0; k < length; k++)
        {
            double before = k == 0 ? drop(0) / line.Lead : (drop(k) - drop(k - 1)) / line.Segment;
            double behind = k < length - 1 ? (drop(k) - drop(k + 1)) / line.Segment : line.IsBothEnded ? drop(k) / line.Lead : 0;
            worst = Math.Max(worst, Math.Abs(device(k) - before - behind));
        }

        return worst;
    }

    private static double LinePower(LineResistance line, int length, Func<int, double> drop)
    {
        if (line.IsIdeal)
        {
            return 0;
        }

        double power = drop(0) * drop(0) / line.Lead;
        power += line.IsBothEnded ? drop(length - 1) * drop(length - 1) / line.Lead : 0;
        for (int k = 1; k < length && line.Segment > 0; k++)
        {
            power += (drop(k) - drop(k - 1)) * (drop(k) - drop(k - 1)) / line.Segment;
        }

        return power;
    }
}
