using RramSnn.Model.Checkpoints;
using RramSnn.Model.Layers;
using RramSnn.Nir.Graph;

namespace RramSnn.Nir.Mapping;

/// <summary>What a graph that RramSnn wrote tells in its metadata.</summary>
public sealed class SavedRun
{
    private readonly NirForm _form;
    private readonly IReadOnlyList<SafeTensor> _tensors;

    private SavedRun(NirForm form, double stepSeconds, IReadOnlyDictionary<string, string> run, IReadOnlyList<SafeTensor> tensors)
    {
        _form = form;
        StepSeconds = stepSeconds;
        Run = run;
        _tensors = tensors;
    }

    /// <summary>dt in seconds.</summary>
    public double StepSeconds { get; }

    /// <summary>What was kept beside the state.</summary>
    public IReadOnlyDictionary<string, string> Run { get; }

    /// <summary>Inputs and classes of the network.</summary>
    /// <param name="path">Where the graph comes from, for messages.</param>
    /// <exception cref="InvalidDataException">The saved state does not tell them.</exception>
    public (int Inputs, int Classes) ExtentsOf(string path) => Checkpoint.ExtentsOf(path, _tensors);

    /// <summary>Reads the metadata of a graph; null if they are not RramSnn's or lack the state.</summary>
    public static SavedRun? Find(NirGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (Text(MetadataNames.FormatVersion) != MetadataNames.Version || StepSecondsOf(graph) is not { } step)
        {
            return null;
        }

        Dictionary<string, string> run = [];
        List<SafeTensor> tensors = [];
        foreach ((string name, NirValue value) in graph.Metadata)
        {
            if (value is NirText { Values.Count: 1 } text && name.StartsWith(MetadataNames.Run, StringComparison.Ordinal))
            {
                run[name[MetadataNames.Run.Length..]] = text.Values[0];
            }
            else if (value is NirArray array && name.StartsWith(MetadataNames.State, StringComparison.Ordinal) && StateTensor.ToTensor(name[MetadataNames.State.Length..], array) is { } tensor)
            {
                tensors.Add(tensor);
            }
        }

        return tensors.Count == 0 ? null : new SavedRun(Text(MetadataNames.Form) == MetadataNames.NameOf(NirForm.CubaLif) ? NirForm.CubaLif : NirForm.Exact, step, run, tensors);

        string? Text(string name) => graph.Metadata.TryGetValue(name, out NirValue? value) && value is NirText { Values.Count: 1 } text ? text.Values[0] : null;
    }

    /// <summary>dt in seconds that a graph's metadata tell; null if they tell none.</summary>
    public static double? StepSecondsOf(NirGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Metadata.TryGetValue(MetadataNames.StepSeconds, out NirValue? value) && value is NirArray { Length: 1 } step && step.ToDoubles()[0] is > 0 and <= 1e6
            ? step.ToDoubles()[0]
            : null;
    }

    /// <summary>Steps of a sample and those of them before its scores count; null if the metadata do not tell them.</summary>
    public static (int Steps, int BurnIn)? StepsOf(NirGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Whole(MetadataNames.Steps) is { } steps && Whole(MetadataNames.BurnIn) is { } burnIn ? (steps, burnIn) : null;

        int? Whole(string name) => graph.Metadata.TryGetValue(name, out NirValue? value) && value is NirArray { Length: 1, IsReal: false } number && number.ToDoubles()[0] is >= 0 and <= int.MaxValue
            ? (int)number.ToDoubles()[0]
            : null;
    }

    /// <summary>Whether a graph says that its own step is forward Euler of both equations of a neuron at once.</summary>
    public static bool IsMembraneFirst(NirGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Metadata.TryGetValue(MetadataNames.CurrentOrder, out NirValue? value) && value is NirText { Values: [MetadataNames.MembraneFirst] };
    }

    /// <summary>Gives a network the saved state, if that state still makes this graph.</summary>
    /// <param name="network">A network of the run's settings.</param>
    /// <param name="graph">The graph that the metadata came with.</param>
    /// <param name="path">Where it comes from, for messages.</param>
    /// <returns>False if the graph was changed since it was written; the network is then of no use.</returns>
    /// <exception cref="InvalidDataException">The state is none of such a network.</exception>
    public bool TryRestore(Network network, NirGraph graph, string path)
    {
        Checkpoint.Restore(path, _tensors, network);
        return NetworkGraph.Export(network, new NirExportOptions { StepSeconds = StepSeconds, Form = _form, HasState = false }).IsSameNetwork(graph);
    }
}
