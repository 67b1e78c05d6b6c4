namespace RramSnn.Model.Periphery;

/// <summary>What the way back of an elimination needs of the way there.</summary>
internal sealed class KeptElimination
{
    private readonly double[] _admittances;
    private readonly Ladder[] _ladders;
    private readonly int _nodes;

    internal KeptElimination(TurnedArray array)
    {
        _nodes = array.Nodes;
        _admittances = new double[checked(array.Lines * array.Nodes * array.Nodes)];
        using Elimination elimination = new(array, withSources: false);
        elimination.Admittances(_admittances);
        _ladders = new Ladder[array.Lines];
        for (int line = 0; line < array.Lines; line++)
        {
            _ladders[line] = new Ladder(array.Taken, array.Nodes);
            _ladders[line].Load(array.Devices(line));
        }
    }

    /// <summary>A taken line.</summary>
    internal Ladder Ladder(int line) => _ladders[line];

    /// <summary>Admittance matrix seen from behind the wires that follow a line, looking back.</summary>
    internal ReadOnlySpan<double> Admittance(int line) => _admittances.AsSpan(line * _nodes * _nodes, _nodes * _nodes);
}
