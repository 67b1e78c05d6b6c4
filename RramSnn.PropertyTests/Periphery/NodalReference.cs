using RramSnn.Model.Periphery;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>The whole network as one dense system for the node voltages, solved by Gaussian elimination with pivoting.</summary>
internal sealed class NodalReference
{
    private readonly WireCase _case;
    private readonly List<double[]> _equations = [];
    private readonly double[] _voltages;
    private readonly int _unknowns;
    private readonly int[] _wordLineNodes;
    private readonly int[] _bitLineNodes;

    /// <summary>Nodes are numbered; a driver is -1 - row, the virtual ground <see cref="Ground"/>.</summary>
    private const int Ground = int.MinValue;

    internal NodalReference(WireCase wireCase, double[] voltages)
    {
        (_case, _voltages) = (wireCase, voltages);
        (int rows, int columns) = (wireCase.Rows, wireCase.Columns);
        _wordLineNodes = new int[rows * columns];
        _bitLineNodes = new int[rows * columns];
        (LineResistance wordLine, LineResistance bitLine) = (wireCase.Wires.WordLine, wireCase.Wires.BitLine);
        for (int k = 0; k < rows * columns; k++)
        {
            (int row, int column) = (k / columns, k % columns);
            _wordLineNodes[k] = wordLine.IsIdeal ? -1 - row : wordLine.Segment == 0 && column > 0 ? _wordLineNodes[k - 1] : _unknowns++;
            _bitLineNodes[k] = bitLine.IsIdeal ? Ground : bitLine.Segment == 0 && row > 0 ? _bitLineNodes[k - columns] : _unknowns++;
        }

        _equations.AddRange(Enumerable.Range(0, _unknowns).Select(_ => new double[_unknowns + 1]));
        AddResistors(wordLine, bitLine);
    }

    /// <summary>Bit line currents.</summary>
    internal double[] Solve()
    {
        double[] potentials = Eliminate();
        double Potential(int node) => node >= 0 ? potentials[node] : Known(node);
        double[] outputs = new double[_case.Columns];
        for (int k = 0; k < _wordLineNodes.Length; k++)
        {
            outputs[k % _case.Columns] += _case.Conductances[k] * (Potential(_wordLineNodes[k]) - Potential(_bitLineNodes[k]));
        }

        return outputs;
    }

    private void AddResistors(LineResistance wordLine, LineResistance bitLine)
    {
        (int rows, int columns) = (_case.Rows, _case.Columns);
        for (int k = 0; k < rows * columns; k++)
        {
            (int row, int column) = (k / columns, k % columns);
            AddResistor(_wordLineNodes[k], _bitLineNodes[k], _case.Conductances[k]);
            if (column > 0)
            {
                AddWire(_wordLineNodes[k - 1], _wordLineNodes[k], wordLine.Segment);
            }

            if (row > 0)
            {
                AddWire(_bitLineNodes[k - columns], _bitLineNodes[k], bitLine.Segment);
            }

            if (column == 0 || (column == columns - 1 && wordLine.IsBothEnded))
            {
                AddWire(-1 - row, _wordLineNodes[k], wordLine.Lead);
            }

            if (row == rows - 1 || (row == 0 && bitLine.IsBothEnded))
            {
                AddWire(Ground, _bitLineNodes[k], bitLine.Lead);
            }
        }

        // A line of one device has both its leads there.
        for (int row = 0; row < rows && columns == 1 && wordLine.IsBothEnded; row++)
        {
            AddWire(-1 - row, _wordLineNodes[row], wordLine.Lead);
        }

        for (int column = 0; column < columns && rows == 1 && bitLine.IsBothEnded; column++)
        {
            AddWire(Ground, _bitLineNodes[column], bitLine.Lead);
        }
    }

    private void AddWire(int a, int b, double resistance)
    {
        if (resistance > 0)
        {
            AddResistor(a, b, 1 / resistance);
        }
    }

    private void AddResistor(int a, int b, double conductance)
    {
        AddSide(a, b, conductance);
        AddSide(b, a, conductance);
    }

    private void AddSide(int node, int other, double conductance)
    {
        if (node < 0)
        {
            return;
        }

        _equations[node][node] += conductance;
        if (other >= 0)
        {
            _equations[node][other] -= conductance;
        }
        else
        {
            _equations[node][_unknowns] += conductance * Known(other);
        }
    }

    private double Known(int node) => node == Ground ? 0 : _voltages[-1 - node];

    private double[] Eliminate()
    {
        for (int pivot = 0; pivot < _unknowns; pivot++)
        {
            int best = Enumerable.Range(pivot, _unknowns - pivot).MaxBy(row => Math.Abs(_equations[row][pivot]));
            (_equations[pivot], _equations[best]) = (_equations[best], _equations[pivot]);
            for (int row = pivot + 1; row < _unknowns; row++)
            {
                double factor = _equations[row][pivot] / _equations[pivot][pivot];
                for (int column = pivot; factor != 0 && column <= _unknowns; column++)
                {
                    _equations[row][column] -= factor * _equations[pivot][column];
                }
            }
        }

        double[] solution = new double[_unknowns];
        for (int row = _unknowns - 1; row >= 0; row--)
        {
            double sum = _equations[row][_unknowns];
            for (int column = row + 1; column < _unknowns; column++)
            {
                sum -= _equations[row][column] * solution[column];
            }

            solution[row] = sum / _equations[row][row];
        }

        return solution;
    }
}
