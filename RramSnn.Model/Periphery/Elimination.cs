using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Periphery;

namespace RramSnn.Model.Periphery;

/// <summary>Takes the lines of an array out one by one; see <see cref="NodalSolver"/>.</summary>
internal sealed class Elimination : IDisposable
{
    private readonly TurnedArray _array;
    private readonly Ladder _ladder;
    private readonly Arena _arena;
    private readonly Field<double> _matrix;
    private readonly Field<double> _scratch;
    private readonly int _sources;
    private readonly int _optionalRows;
    private readonly int _stride;

    /// <param name="array">The array.</param>
    /// <param name="withSources">Whether the currents of every taken line's driver are followed, or only the admittances.</param>
    internal Elimination(TurnedArray array, bool withSources)
    {
        _array = array;
        _ladder = new Ladder(array.Taken, array.Nodes);
        _sources = withSources ? array.Lines : 0;
        _optionalRows = withSources && array.Crossing.IsBothEnded ? array.Nodes : 0;
        _stride = NodalKernels.Stride(array.Nodes, _sources);
        ArenaLayout layout = new();
        int rows = NodalKernels.PaddedRows(array.Nodes) + NodalKernels.PaddedRows(_optionalRows);
        _matrix = layout.Add<double>("network", FieldRole.Transient, rows, _stride);
        _scratch = layout.Add<double>("scratch", FieldRole.Transient, NodalKernels.ScratchLength(_optionalRows, _stride));
        _arena = new Arena(layout);
    }

    private Span<double> Matrix => _arena.Span(_matrix);

    private int FirstSource => NodalKernels.FirstSource(_array.Nodes);

    public void Dispose() => _arena.Dispose();

    /// <summary>Currents into the crossing lines' circuits per volt on a taken line's driver, row-major in the array's own order.</summary>
    internal void Transfer(Span<double> effective)
    {
        double[] currents = new double[_array.Nodes];
        Span<double> matrix = Matrix;
        Begin();
        for (int line = 0; line < _array.Lines; line++)
        {
            _ladder.Load(_array.Devices(line));
            _ladder.DriveCurrents(currents);
            for (int node = 0; node < _array.Nodes; node++)
            {
                if (_array.Crossing.IsIdeal)
                {
                    effective[_array.IndexOf(line, node)] = currents[node];
                }
                else
                {
                    matrix[(node * _stride) + FirstSource + line] = currents[node];
                }
            }

            TakeLine(line);
        }

        if (!_array.Crossing.IsIdeal)
        {
            Collect(effective);
        }
    }

    /// <summary>Admittance matrices seen from behind the wires that follow each line, looking back: full, row-major, one after the other.</summary>
    internal void Admittances(Span<double> kept)
    {
        int nodes = _array.Nodes;
        ReadOnlySpan<double> matrix = Matrix;
        Begin();
        for (int line = 0; line < _array.Lines; line++)
        {
            _ladder.Load(_array.Devices(line));
            TakeLine(line);
            Span<double> full = kept.Slice(line * nodes * nodes, nodes * nodes);
            for (int row = 0; row < nodes; row++)
            {
                for (int column = row; column < nodes; column++)
                {
                    full[(row * nodes) + column] = full[(column * nodes) + row] = matrix[(row * _stride) + column];
                }
            }
        }
    }

    private void Begin()
    {
        Matrix.Clear();
        if (!_array.Crossing.IsBothEnded || _array.Crossing.IsIdeal)
        {
            return;
        }

        for (int node = 0; node < _array.Nodes; node++)
        {
            Matrix[node * (_stride + 1)] = 1 / _array.Crossing.Lead;
            if (node < _optionalRows)
            {
                Matrix[((NodalKernels.PaddedRows(_array.Nodes) + node) * _stride) + node] = 1;
            }
        }
    }

    /// <summary>Adds the loaded line, then the crossing lines' wires behind it.</summary>
    private void TakeLine(int line)
    {
        if (_array.Crossing.IsIdeal)
        {
            return;
        }

        _ladder.AddAdmittance(Matrix, _stride);
        double resistance = line + 1 < _array.Lines ? _array.Crossing.Segment : _array.Crossing.Lead;
        if (resistance > 0)
        {
            int sources = Math.Min(line + 1, _sources);
            NodalKernels.InsertSeries(Matrix, _array.Nodes, _optionalRows, sources, _stride, resistance, _arena.Span(_scratch));
        }
    }

    private void Collect(Span<double> effective)
    {
        int optionalStart = NodalKernels.PaddedRows(_array.Nodes) * _stride;
        for (int node = 0; node < _array.Nodes; node++)
        {
            ReadOnlySpan<double> behind = Matrix.Slice((node * _stride) + FirstSource, _sources);
            ReadOnlySpan<double> before = _optionalRows == 0 ? [] : Matrix.Slice(optionalStart + (node * _stride) + FirstSource, _sources);
            for (int line = 0; line < _array.Lines; line++)
            {
                // The optional rows hold minus the potentials of the first taken line's nodes.
                double current = before.IsEmpty ? behind[line] : behind[line] - (before[line] / _array.Crossing.Lead);
                effective[_array.IndexOf(line, node)] = current;
            }
        }
    }
}
