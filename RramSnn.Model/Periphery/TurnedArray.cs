namespace RramSnn.Model.Periphery;

/// <summary>An array turned for its elimination: lines of one kind are taken out one by one, what remains are the nodes of the other kind.</summary>
/// <remarks>
/// Seen from a taken line, its connected end is before node 0, and the other kind's lines are connected behind the last taken
/// one. With word lines taken that is the array as it is; with bit lines taken it is the array turned by half and mirrored.
/// </remarks>
internal sealed class TurnedArray
{
    private readonly double[] _devices;

    internal TurnedArray(ReadOnlySpan<double> conductances, int rows, int columns, WireResistance wires, bool takesBitLines)
    {
        TakesBitLines = takesBitLines;
        (Taken, Crossing) = TakesBitLines ? (wires.BitLine, wires.WordLine) : (wires.WordLine, wires.BitLine);
        (Lines, Nodes) = TakesBitLines ? (columns, rows) : (rows, columns);
        _devices = new double[conductances.Length];
        for (int line = 0; line < Lines; line++)
        {
            for (int node = 0; node < Nodes; node++)
            {
                _devices[(line * Nodes) + node] = conductances[IndexOf(line, node)];
            }
        }
    }

    /// <summary>Whether bit lines are taken out.</summary>
    internal bool TakesBitLines { get; }

    /// <summary>Lines that are taken out.</summary>
    internal int Lines { get; }

    /// <summary>Devices on each of them.</summary>
    internal int Nodes { get; }

    /// <summary>Wires of the lines that are taken out.</summary>
    internal LineResistance Taken { get; }

    /// <summary>Wires of the lines that cross them.</summary>
    internal LineResistance Crossing { get; }

    /// <summary>Conductances along a line.</summary>
    internal ReadOnlySpan<double> Devices(int line) => _devices.AsSpan(line * Nodes, Nodes);

    /// <summary>Word line of a cell.</summary>
    internal int RowOf(int line, int node) => TakesBitLines ? Nodes - 1 - node : line;

    /// <summary>Position of a cell in row-major order.</summary>
    internal int IndexOf(int line, int node) => TakesBitLines ? ((Nodes - 1 - node) * Lines) + Lines - 1 - line : (line * Nodes) + node;
}
