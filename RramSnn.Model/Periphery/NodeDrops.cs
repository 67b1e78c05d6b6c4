using System.Numerics.Tensors;

namespace RramSnn.Model.Periphery;

/// <summary>The way back of the elimination: the drops of all nodes for one input.</summary>
internal sealed class NodeDrops
{
    private readonly TurnedArray _array;
    private readonly double[] _admittances;
    private readonly Ladder _ladder;
    private readonly double[] _voltage;
    private readonly double[] _current;
    private readonly double[] _behind;

    /// <param name="array">The array.</param>
    /// <param name="admittances">What <see cref="Elimination.Admittances"/> keeps.</param>
    internal NodeDrops(TurnedArray array, double[] admittances)
    {
        _array = array;
        _admittances = admittances;
        _ladder = new Ladder(array.Taken, array.Nodes);
        _voltage = new double[array.Nodes];
        _current = new double[array.Nodes];
        _behind = new double[array.Lines * array.Nodes];
        Taken = new double[array.Lines * array.Nodes];
        Crossing = new double[array.Lines * array.Nodes];
    }

    /// <summary>Drops of the taken lines' nodes, line by line.</summary>
    internal double[] Taken { get; }

    /// <summary>Drops of the crossing lines' nodes, in the same order.</summary>
    internal double[] Crossing { get; }

    private int Nodes => _array.Nodes;

    internal void Solve(ReadOnlySpan<double> input)
    {
        // Forwards: the currents that would leave behind each line if all that follows were grounded.
        _current.AsSpan().Clear();
        for (int line = 0; line < _array.Lines; line++)
        {
            AddSource(line, input);
            Span<double> behind = _behind.AsSpan(line * Nodes, Nodes);
            _current.CopyTo(behind);
            SubtractProduct(line, Resistance(line), _current, behind);
            behind.CopyTo(_current);
        }

        // Backwards: currents behind each line, hence its drops.
        double[] potentials = new double[Nodes];
        for (int line = _array.Lines - 1; line >= 0; line--)
        {
            Span<double> current = _behind.AsSpan(line * Nodes, Nodes);
            SubtractProduct(line, 1, potentials, current);
            TensorPrimitives.FusedMultiplyAdd(current, Resistance(line), potentials, potentials);
            potentials.CopyTo(Crossing.AsSpan(line * Nodes));
            Voltage(line, input);
            TensorPrimitives.Subtract(_voltage, potentials, _voltage);
            _ladder.Load(_array.Devices(line));
            _ladder.Drops(_voltage, Taken.AsSpan(line * Nodes, Nodes));
        }
    }

    private double Resistance(int line) => line + 1 < _array.Lines ? _array.Crossing.Segment : _array.Crossing.Lead;

    /// <summary>Driver voltages at the devices of a line.</summary>
    private void Voltage(int line, ReadOnlySpan<double> input)
    {
        for (int node = 0; node < Nodes; node++)
        {
            _voltage[node] = input[_array.RowOf(line, node)];
        }
    }

    private void AddSource(int line, ReadOnlySpan<double> input)
    {
        double[] drops = Crossing;
        Span<double> drop = drops.AsSpan(line * Nodes, Nodes);
        _ladder.Load(_array.Devices(line));
        Voltage(line, input);
        _ladder.Drops(_voltage, drop);
        ReadOnlySpan<double> devices = _array.Devices(line);
        for (int node = 0; node < Nodes; node++)
        {
            _current[node] = Math.FusedMultiplyAdd(devices[node], _voltage[node] - drop[node], _current[node]);
        }
    }

    /// <summary>destination -= factor · Y · vector, with Y what lies behind a line.</summary>
    private void SubtractProduct(int line, double factor, ReadOnlySpan<double> vector, Span<double> destination)
    {
        ReadOnlySpan<double> matrix = _admittances.AsSpan(line * Nodes * Nodes, Nodes * Nodes);
        for (int node = 0; node < Nodes; node++)
        {
            TensorPrimitives.FusedMultiplyAdd(matrix.Slice(node * Nodes, Nodes), -factor * vector[node], destination, destination);
        }
    }
}
