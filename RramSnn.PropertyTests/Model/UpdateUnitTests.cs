using System.Runtime.InteropServices;
using RramSnn.Kernels.Conductance;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>Update units by their equations, driven with made-up traces and wishes.</summary>
public sealed class UpdateUnitTests
{
    private const int Rows = 20;
    private const int Neurons = 130;
    private const double Range = 0.5;

    [Theory, InlineData(SynapseCell.Pair), InlineData(SynapseCell.Reference)]
    public void Mixed_precision_writes_what_is_wished_but_for_less_than_a_pulse(SynapseCell cell)
    {
        using Bench bench = new(new MixedPrecisionMethod(), cell);
        double step = 2 * Range / 64;
        double[] wished = new double[bench.Weights.Length];
        float[] start = bench.Weights;
        double pulses = 0;
        for (int sample = 0; sample < 4; sample++)
        {
            for (int time = 0; time < 5; time++)
            {
                bench.Learn(0.01f, wished);
            }

            double before = bench.PulseCount;
            Assert.Equal(pulses, before);
            bench.EndSample();
            pulses = bench.PulseCount;
            Assert.True(pulses > before);
            float[] weights = bench.Weights;
            for (int i = 0; i < wished.Length; i++)
            {
                double rest = wished[i] - (weights[i] - start[i]);
                Assert.InRange(Math.Abs(rest), 0, step + 1e-4);
            }
        }

        // Every device that is driven moved by whole pulses, as many as were counted.
        double moved = bench.Weights.Zip(start, static (end, begin) => Math.Abs((double)end - begin)).Sum();
        Assert.InRange(bench.PulseCount, (moved / step * (cell == SynapseCell.Pair ? 2 : 1)) - 1e-2, double.PositiveInfinity);
        Assert.Equal(0, bench.ReadCount);
    }

    [Theory, InlineData(SynapseCell.Pair), InlineData(SynapseCell.Reference)]
    public void Tiki_taka_passes_on_a_share_of_what_the_fast_array_holds(SynapseCell cell)
    {
        using Bench bench = new(new TikiTakaMethod(TransferKind.Direct) { FastGain = 2, Rate = 0.25, WordLines = 3, Gamma = 0 }, cell);
        double[] wished = new double[bench.Weights.Length];
        float[] start = bench.Weights;
        bench.Learn(0.002f, wished);
        Assert.Equal(start, bench.Weights);
        bench.EndSample();
        bench.EndSample();
        float[] weights = bench.Weights;
        for (int i = 0; i < wished.Length; i++)
        {
            // Six lines were passed on, one after the other.
            double expected = i / Neurons < 6 ? 0.25 * 2 * wished[i] : 0;
            Assert.Equal(expected, weights[i] - start[i], 2e-6);
        }

        Assert.Equal(6 * Neurons * 2, bench.ReadCount);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_share_of_the_fast_array_that_is_weight_is_multiplied_like_weight(bool hasAmplitudes)
    {
        using Bench bench = new(new TikiTakaMethod(TransferKind.Direct) { FastGain = 2, Gamma = 0.5 }, SynapseCell.Pair);
        double[] wished = new double[bench.Weights.Length];
        float[] start = bench.Weights;
        bench.Learn(0.002f, wished);
        float[] weights = bench.Weights;
        Assert.All(Enumerable.Range(0, wished.Length), i => Assert.Equal(0.5 * 2 * wished[i], weights[i] - start[i], 2e-6));

        // Every other word line, with the full amplitude or less.
        float[] inputs = [.. Enumerable.Range(0, 64).Select(row => row < Rows && row % 2 == 0 ? hasAmplitudes ? row / 32f : 1f : 0f)];
        float[] current = bench.Currents(hasAmplitudes ? new LayerInput(inputs, inputs) : new LayerInput([0x5_5555ul]));
        for (int column = 0; column < Neurons; column++)
        {
            double expected = Enumerable.Range(0, Rows).Sum(row => inputs[row] * (double)weights[(row * Neurons) + column]);
            Assert.Equal(expected, current[column] * bench.Crossbar.WeightPerState, 1e-5);
        }
    }

    /// <summary>Offsets of the fast array, as from wrong references, reach the weights unless signs change or means are taken off.</summary>
    [Theory]
    [InlineData(TransferKind.Buffered, false)]
    [InlineData(TransferKind.Chopped, true)]
    [InlineData(TransferKind.Dynamic, true)]
    public void Signs_that_change_average_offsets_out(TransferKind kind, bool isFree)
    {
        using Bench bench = new(new TikiTakaMethod(kind) { Rate = 0.05, WordLines = Rows, ChopperReads = 4, Gamma = 0 }, SynapseCell.Pair);
        foreach (ref float state in bench.Fast)
        {
            state += 0.1f;
        }

        float[] start = bench.Weights;
        for (int sample = 0; sample < 16; sample++)
        {
            bench.EndSample();
        }

        Assert.All(bench.Weights.Zip(start), pair => Assert.Equal(isFree ? 0 : 16 * 0.05 * Range * 0.1, pair.First - pair.Second, (2 * Range / 64) + 1e-5));
        Assert.Equal(isFree, bench.Weights.SequenceEqual(start));
    }

    /// <summary>A steady wish reaches the weights with its own sign, whatever the sign with which it is gathered.</summary>
    [Theory]
    [InlineData(TransferKind.Direct)]
    [InlineData(TransferKind.Buffered)]
    [InlineData(TransferKind.Chopped)]
    [InlineData(TransferKind.Dynamic)]
    public void Steady_wishes_move_the_weights_their_way(TransferKind kind)
    {
        using Bench bench = new(new TikiTakaMethod(kind) { FastGain = 4, Rate = 0.2, WordLines = 7, ChopperReads = 2, Gamma = 0 }, SynapseCell.Pair);
        double[] wished = new double[bench.Weights.Length];
        float[] start = bench.Weights;
        for (int sample = 0; sample < 36; sample++)
        {
            bench.Learn(0.003f, wished, isSteady: true);
            bench.EndSample();
        }

        float[] weights = bench.Weights;
        int moved = 0;
        for (int i = 0; i < wished.Length; i++)
        {
            double change = weights[i] - start[i];
            Assert.True(change * wished[i] >= 0, $"cell {i}: wished {wished[i]}, moved {change}");
            moved += change != 0 ? 1 : 0;
        }

        Assert.InRange(moved, wished.Length / 5, wished.Length);
    }

    [Theory, InlineData(PulseMode.Continuous), InlineData(PulseMode.Pulsed)]
    public void The_fast_devices_start_where_steps_up_and_down_are_equal(PulseMode mode)
    {
        using Bench bench = new(new TikiTakaMethod(TransferKind.Direct), SynapseCell.Pair, "tiox-3v", mode);
        DeviceLaw law = DevicePresets.TiOx3V.Law;
        double pulse = mode == PulseMode.Pulsed ? 1 : 1e-3;
        double state = bench.Fast[0];
        Assert.Equal(law.Up(state, pulse), law.Down(state, pulse), 1e-6 * pulse);
        Assert.InRange(state, 0.07, 0.11);
        Assert.Equal(0.5, DevicePresets.Ideal.Law.SymmetryPointOf(pulse), 1e-9);
    }

    [Fact]
    public void Fast_devices_that_differ_are_brought_to_their_own_symmetry_points()
    {
        DeviceVariability variability = DeviceVariability.None with { Spread = new Dictionary<string, double> { ["depression_rate_per_pulse"] = 0.3 } };
        using Bench bench = new(new TikiTakaMethod(TransferKind.Direct), SynapseCell.Pair, "tiox-3v", PulseMode.Pulsed, variability);
        Device device = DevicePresets.TiOx3V;
        DeviceSampler sampler = new(new Device("x", "", "", device.MinimumSiemens, device.MaximumSiemens, 64, device.Law) { Variability = variability }, 7, 2 * NetworkOptions.MaximumLayers);
        for (int i = 0; i < Neurons; i++)
        {
            // A pulse down comes last, so a device rests half a step below.
            DeviceLaw own = sampler[i].Law;
            double point = own.SymmetryPointOf(1);
            float state = bench.Fast[bench.Crossbar.Layout.IndexOf(0, i)];
            Assert.InRange(state, point - own.Up(point), point);
        }
    }

    [Fact]
    public void Calibration_wears_no_device()
    {
        using Bench bench = new(new TikiTakaMethod(TransferKind.Direct), SynapseCell.Pair, "tiox-3v", PulseMode.Pulsed, new() { EnduranceWrites = 10 });
        Assert.All(bench.Field("layers.0.device_fast_write_counts").ToArray(), static count => Assert.Equal(0, count));
        double point = DevicePresets.TiOx3V.Law.SymmetryPointOf(1);
        Assert.InRange(bench.Fast[0], point - DevicePresets.TiOx3V.Law.Up(point), point);
        bench.Learn(0.1f, new double[bench.Weights.Length]);
        Assert.Contains(1, bench.Field("layers.0.device_fast_write_counts").ToArray());
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Refused("Rate", new(TransferKind.Direct) { Rate = 0 });
        Refused("FastGain", new(TransferKind.Direct) { FastGain = double.NaN });
        Refused("EverySamples", new(TransferKind.Direct) { EverySamples = 0 });
        Refused("WordLines", new(TransferKind.Direct) { WordLines = 0 });
        Refused("ChopperReads", new(TransferKind.Chopped) { ChopperReads = 0 });
        Refused("Gamma", new(TransferKind.Direct) { Gamma = -1 });
        Refused("Gamma", new(TransferKind.Dynamic) { Gamma = 0.5 });
        Assert.Throws<ArgumentOutOfRangeException>("streamLength", () => new StochasticPulseMethod { StreamLength = 32 }.Plan(DevicePresets.Ideal, SynapseCell.Pair, 1));

        static void Refused(string argument, TikiTakaMethod method) =>
            Assert.Throws<ArgumentOutOfRangeException>(argument, () => method.Plan(DevicePresets.Ideal, SynapseCell.Pair, 1));
    }

    /// <summary>A layer of ideal devices whose unit is driven by hand.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly Network _network;
        private readonly float[] _pulses;
        private readonly float[] _writes;
        private readonly float[] _reads;
        private long _samples;
        private int _seed = 100;

        internal Bench(UpdateMethod method, SynapseCell cell, string device = "ideal", PulseMode mode = PulseMode.Continuous, DeviceVariability? variability = null)
        {
            _network = new Network(TinyRuns.Options(device, "ideal", cell, mode, Neurons) with
            {
                Inputs = Rows,
                Method = method,
                WeightRange = (float)Range,
                InitialWeightScale = 0.2f,
                Variability = variability ?? DeviceVariability.None,
            });
            int columns = Crossbar.Layout.PaddedColumns;
            (_pulses, _writes, _reads) = (new float[columns], new float[columns], new float[columns]);
        }

        internal Crossbar Crossbar => _network.Layers[0].Crossbar;

        internal Span<float> Fast => Field("layers.0.conductance_fast");

        internal double PulseCount => _pulses.Sum(static count => (double)count);

        internal double ReadCount => _reads.Sum(static count => (double)count);

        internal float[] Weights => [.. Enumerable.Range(0, Rows * Neurons).Select(i => Crossbar.Weight(i / Neurons, i % Neurons))];

        public void Dispose() => _network.Dispose();

        internal Span<float> Field(string name) => MemoryMarshal.Cast<byte, float>(_network.Bytes(_network.Fields.Single(row => row.Name == name)));

        /// <summary>A step with random traces and wishes, which are added up; steady ones are the same at every step.</summary>
        internal void Learn(float size, double[] wished, bool isSteady = false)
        {
            _seed += isSteady ? 0 : 2;
            float[] trace = new float[64];
            Numbers.Sparse(0f, 1f, 0.3, Rows, _seed).CopyTo(trace, 0);
            float[] wish = new float[Crossbar.Layout.PaddedColumns];
            Numbers.Between(-size, size, Neurons, _seed + 1).CopyTo(wish, 0);
            for (int i = 0; i < wished.Length; i++)
            {
                wished[i] += trace[i / Neurons] * wish[i % Neurons];
            }

            Crossbar.Unit.Learn(new LearningStep
            {
                Panels = new PanelRange(0, Crossbar.Layout.PanelCount),
                Trace = trace,
                Wish = wish,
                Streams = default,
                Counters = new PulseCounters(_pulses, _writes, _reads),
                Samples = _samples,
                Rows = new int[64],
                Values = new float[64],
            });
        }

        internal void EndSample() => Crossbar.Unit.AfterSample(new SampleEnd
        {
            Panels = new PanelRange(0, Crossbar.Layout.PanelCount),
            Samples = ++_samples,
            Streams = default,
            Rewriting = default,
            Counters = new PulseCounters(_pulses, _writes, _reads),
            Totals = default,
        });

        /// <summary>Currents of the bit lines.</summary>
        internal float[] Currents(LayerInput input)
        {
            float[] current = new float[Crossbar.Layout.PaddedColumns];
            using WorkerScratch scratch = _network.CreateScratch();
            _network.Layers[0].Product.Compute(input, new StepContext(0, Learns: false, Measures: false), new PanelRange(0, Crossbar.Layout.PanelCount), scratch, current);
            return current;
        }
    }
}
