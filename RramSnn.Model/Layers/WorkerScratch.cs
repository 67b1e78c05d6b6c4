using RramSnn.Kernels.Memory;

namespace RramSnn.Model.Layers;

/// <summary>Memory that one worker needs for itself during a step: index lists and class scores.</summary>
internal sealed class WorkerScratch : IDisposable
{
    private readonly Arena _arena;
    private readonly Field<int> _rows;
    private readonly Field<float> _values;
    private readonly Field<float> _scores;
    private readonly Field<float> _evidence;
    private readonly Field<float> _delta;
    private readonly int _classStride;

    internal WorkerScratch(int longest, int classStride, int layers)
    {
        _classStride = classStride;
        ArenaLayout layout = new();
        int length = Padding.RoundUp(longest, Padding.Word);
        _rows = layout.Add<int>("rows", FieldRole.Transient, length);
        _values = layout.Add<float>("values", FieldRole.Transient, length);
        _scores = layout.Add<float>("scores", FieldRole.Transient, classStride);
        _evidence = layout.Add<float>("evidence", FieldRole.Transient, layers, classStride);
        _delta = layout.Add<float>("delta", FieldRole.Transient, classStride);
        _arena = new Arena(layout);
    }

    internal Span<int> Rows => _arena.Span(_rows);

    internal Span<float> Values => _arena.Span(_values);

    internal Span<float> Scores => _arena.Span(_scores);

    /// <summary>Scores of one layer, summed over the steps of a sample so far.</summary>
    internal Span<float> Evidence(int layer) => AllEvidence.Slice(layer * _classStride, _classStride);

    /// <summary>The sums of all layers.</summary>
    internal Span<float> AllEvidence => _arena.Span(_evidence);

    internal Span<float> Delta => _arena.Span(_delta);

    public void Dispose() => _arena.Dispose();
}
