using System.Numerics.Tensors;

namespace RramSnn.Model.Periphery;

/// <summary>The way back of the elimination: the drops of all nodes for one input.</summary>
internal sealed class NodeDrops
{
    private readonly TurnedArray _array;
    private readonly KeptElimination _kept;
    private readonly double[] _voltage;
    private readonly double[] _current;
    private readonly double[] _behind;

    /// <param name="array">The array.</param>
    /// <param name="kept">Its elimination.</param>
    internal NodeDrops(TurnedArray array, KeptElimination kept)
    {
        _array = array;
        _kept = kept;
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
            _kept.Ladder(line).Drops(_voltage, Taken.AsSpan(line * Nodes, Nodes));
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

    /// <summary>Adds the currents of a line's devices, their far ends grounded.</summary>
    private void AddSource(int line, ReadOnlySpan<double> input)
    {
        // The drops of the whole solution come later; until then their memory is free.
        Span<double> drops = Taken.AsSpan(line * Nodes, Nodes);
        Voltage(line, input);
        _kept.Ladder(line).Drops(_voltage, drops);
        ReadOnlySpan<double> devices = _array.Devices(line);
        for (int node = 0; node < Nodes; node++)
        {
            _current[node] = Math.FusedMultiplyAdd(devices[node], _voltage[node] - drops[node], _current[node]);
        }
    }

    /// <summary>destination -= factor · Y · vector, with Y seen from behind a line.</summary>
    private void SubtractProduct(int line, double factor, ReadOnlySpan<double> vector, Span<double> destination)
    {
        ReadOnlySpan<double> matrix = _kept.Admittance(line);
        for (int node = 0; node < Nodes; node++)
        {
            TensorPrimitives.FusedMultiplyAdd(matrix.Slice(node * Nodes, Nodes), -factor * vector[node], destination, destination);
        }
    }
}
