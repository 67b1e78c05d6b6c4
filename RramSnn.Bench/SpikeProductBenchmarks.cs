using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;

namespace RramSnn.Bench;

/// <summary>Spike-driven product of a differential pair against rows added one by one.</summary>
[SynapseWork(flops: 2, bytes: 8)]
public class SpikeProductBenchmarks
{
    private readonly Operands _operands = new();
    private Field<float> _plus;
    private Field<float> _minus;
    private Field<float> _current;
    private Field<ulong> _spikes;
    private Field<int> _rows;
    private CrossbarLayout _layout;

    /// <summary>Word lines.</summary>
    [Params(784)]
    public int Rows { get; set; }

    /// <summary>Bit lines.</summary>
    [Params(512)]
    public int Columns { get; set; }

    /// <summary>Share of word lines that spike, in percent.</summary>
    [Params(5, 10, 50)]
    public int DensityPercent { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _layout = new CrossbarLayout(Rows, Columns);
        _plus = _operands.Reserve<float>("plus", _layout.Length);
        _minus = _operands.Reserve<float>("minus", _layout.Length);
        _current = _operands.Reserve<float>("current", _layout.PaddedColumns);
        _rows = _operands.Reserve<int>("rows", Rows);
        _spikes = _operands.Reserve<ulong>("spikes", (Rows / 64) + 1);
        _operands.Allocate();
        _operands.Fill(_plus, 0f, 1f, 1);
        _operands.Fill(_minus, 0f, 1f, 2);
        uint[] thresholds = new uint[(Rows + 63) / 64 * 64];
        thresholds.AsSpan(0, Rows).Fill((uint)DensityPercent * RandomKernels.CertainThreshold / 100);
        RandomKernels.Bernoulli(thresholds, new RandomStream(1, 3), _operands.Span(_spikes)[..(thresholds.Length / 64)]);
    }

    [GlobalCleanup]
    public void Cleanup() => _operands.Dispose();

    [Benchmark(Baseline = true)]
    public void ScalarLoop()
    {
        Span<float> plus = _operands.Span(_plus);
        Span<float> minus = _operands.Span(_minus);
        Span<float> current = _operands.Span(_current);
        Span<ulong> spikes = _operands.Span(_spikes);
        for (int i = 0; i < Rows; i++)
        {
            if ((spikes[i / 64] >> (i % 64) & 1) != 0)
            {
                for (int j = 0; j < Columns; j++)
                {
                    current[j] += plus[(i * Columns) + j] - minus[(i * Columns) + j];
                }
            }
        }
    }

    [Benchmark]
    public void TensorPrimitivesRows()
    {
        Span<float> current = _operands.Span(_current)[..Columns];
        Span<ulong> spikes = _operands.Span(_spikes);
        for (int i = 0; i < Rows; i++)
        {
            if ((spikes[i / 64] >> (i % 64) & 1) != 0)
            {
                TensorPrimitives.Add(current, _operands.Span(_plus).Slice(i * Columns, Columns), current);
                TensorPrimitives.Subtract(current, _operands.Span(_minus).Slice(i * Columns, Columns), current);
            }
        }
    }

    [Benchmark]
    public void SpikeDriven()
    {
        ActiveRows active = ActiveRows.FromSpikes(_operands.Span(_spikes), Rows, _operands.Span(_rows));
        CrossbarKernels.AccumulateSpikes(
            _operands.Span(_plus)[.._layout.Length],
            _operands.Span(_minus)[.._layout.Length],
            active,
            _operands.Span(_current)[.._layout.PaddedColumns]);
    }
}
