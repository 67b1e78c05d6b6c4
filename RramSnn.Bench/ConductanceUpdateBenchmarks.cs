using BenchmarkDotNet.Attributes;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;

namespace RramSnn.Bench;

/// <summary>Update of one array with every word line active, against the law written as a plain loop.</summary>
[SynapseWork(flops: 16, bytes: 8, inPlace: true)]
public class ConductanceUpdateBenchmarks
{
    private readonly Operands _operands = new();
    private readonly SoftBounds _device = new(3.06 / 64, 35.3 / 64);
    private readonly ConstantStep _ideal = new(1 / 64.0);
    private readonly PolarityGain _gain = new(1, 0.1);
    private Field<float> _state;
    private Field<float> _trace;
    private Field<float> _wish;
    private Field<float> _pulses;
    private Field<float> _writes;
    private Field<float> _reads;
    private Field<int> _rows;
    private Field<float> _values;
    private CrossbarLayout _layout;

    /// <summary>Word lines.</summary>
    [Params(784)]
    public int Rows { get; set; }

    /// <summary>Bit lines.</summary>
    [Params(512)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _layout = new CrossbarLayout(Rows, Columns);
        _state = _operands.Reserve<float>("state", _layout.Length);
        _trace = _operands.Reserve<float>("trace", Rows);
        _wish = _operands.Reserve<float>("wish", _layout.PaddedColumns);
        _pulses = _operands.Reserve<float>("pulses", _layout.PaddedColumns);
        _writes = _operands.Reserve<float>("writes", _layout.PaddedColumns);
        _reads = _operands.Reserve<float>("reads", _layout.PaddedColumns);
        _rows = _operands.Reserve<int>("rows", Rows);
        _values = _operands.Reserve<float>("values", Rows);
        _operands.Allocate();
        _operands.Fill(_state, 0.2f, 0.8f, 1);
        _operands.Fill(_trace, 0.1f, 1f, 2);
        _operands.Fill(_wish, -0.1f, 0.1f, 3);
    }

    [GlobalCleanup]
    public void Cleanup() => _operands.Dispose();

    [Benchmark(Baseline = true)]
    public void ScalarLoop()
    {
        Span<float> state = _operands.Span(_state);
        Span<float> trace = _operands.Span(_trace);
        Span<float> wish = _operands.Span(_wish);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                ref float u = ref state[(i * Columns) + j];
                float pulses = wish[j] * trace[i];
                u = pulses >= 0
                    ? u + ((1f - u) * (1f - MathF.Exp((float)-_device.PotentiationRate * pulses)))
                    : u * MathF.Exp((float)_device.DepressionRate * 0.1f * pulses);
            }
        }
    }

    [Benchmark]
    public void SoftBoundsContinuous() => Update<SoftBounds, ContinuousPulses>(_device);

    [Benchmark]
    public void SoftBoundsPulsed() => Update<SoftBounds, StochasticPulses>(_device);

    [Benchmark]
    public void IdealContinuous() => Update<ConstantStep, ContinuousPulses>(_ideal);

    private void Update<TDevice, TCounts>(TDevice device)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
    {
        ActiveRows active = ActiveRows.FromTrace(_operands.Span(_trace), Rows, _operands.Span(_rows), _operands.Span(_values));
        ConductanceKernels.Update<TDevice, PolarityGain, TCounts, NoNoise>(
            device,
            _gain,
            default,
            _operands.Span(_state)[.._layout.Length],
            active,
            _operands.Span(_wish),
            new RandomStream(1, 9),
            firstPanel: 0,
            new PulseCounters(_operands.Span(_pulses), _operands.Span(_writes), _operands.Span(_reads)));
    }
}
