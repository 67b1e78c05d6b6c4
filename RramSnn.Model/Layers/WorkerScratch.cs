using RramSnn.Kernels.Memory;
using RramSnn.Model.Periphery;

namespace RramSnn.Model.Layers;

/// <summary>Memory that one worker needs for itself during a step: index lists, class scores, and what its arrays' periphery works with.</summary>
internal sealed class WorkerScratch : IDisposable
{
    private readonly Arena _arena;
    private readonly Field<int> _rows;
    private readonly Field<float> _values;
    private readonly Field<float> _scores;
    private readonly Field<float> _evidence;
    private readonly Field<float> _delta;
    private readonly int _classStride;
    private readonly int[] _learnedSteps;
    private readonly PeripheryProduct?[] _products;
    private readonly WiredStates?[] _wires;

    /// <summary>Memory for a network.</summary>
    /// <param name="longest">Inputs of the layer with most of them.</param>
    /// <param name="classStride">Classes with padding.</param>
    /// <param name="products">One per layer; null for a layer whose product is one sum per neuron.</param>
    /// <param name="wires">One per layer; null for a layer without wires. They become this object's own.</param>
    internal WorkerScratch(int longest, int classStride, PeripheryProduct?[] products, WiredStates?[] wires)
    {
        _classStride = classStride;
        _learnedSteps = new int[products.Length];
        _products = products;
        _wires = wires;
        ArenaLayout layout = new();
        int length = Padding.RoundUp(longest, Padding.Word);
        _rows = layout.Add<int>("rows", FieldRole.Transient, length);
        _values = layout.Add<float>("values", FieldRole.Transient, length);
        _scores = layout.Add<float>("scores", FieldRole.Transient, classStride);
        _evidence = layout.Add<float>("evidence", FieldRole.Transient, products.Length, classStride);
        _delta = layout.Add<float>("delta", FieldRole.Transient, classStride);
        _arena = new Arena(layout);
    }

    internal Span<int> Rows => _arena.Span(_rows);

    internal Span<float> Values => _arena.Span(_values);

    internal Span<float> Scores => _arena.Span(_scores);

    /// <summary>Scores of one layer, summed over the steps of a sample so far.</summary>
    internal Span<float> Evidence(int layer) => _arena.Span(_evidence).Slice(layer * _classStride, _classStride);

    internal Span<float> Delta => _arena.Span(_delta);

    /// <summary>Steps of the sample so far from which a layer has learned; the same for every worker.</summary>
    internal ref int LearnedSteps(int layer) => ref _learnedSteps[layer];

    /// <summary>The product of a layer with arrays or converters of its own; null for the others.</summary>
    internal PeripheryProduct? Product(int layer) => _products[layer];

    /// <summary>What works out the effective states of a layer; null without wires.</summary>
    internal WiredStates? Wires(int layer) => _wires[layer];

    /// <summary>Forgets the last sample's scores and counts.</summary>
    internal void Reset()
    {
        _arena.Span(_evidence).Clear();
        Array.Clear(_learnedSteps);
        foreach (PeripheryProduct? product in _products)
        {
            product?.ResetCounts();
        }
    }

    public void Dispose()
    {
        _arena.Dispose();
        Array.ForEach(_wires, static wires => wires?.Dispose());
    }
}
