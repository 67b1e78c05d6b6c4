using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Model.Periphery;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>Methods with something beside their synapses, or with bit streams, on imperfect devices and behind a periphery.</summary>
public sealed class UnitCombinationTests
{
    private static readonly string[] Names = ["stochastic-pulse", "mixed-precision", "tiki-taka", "tiki-taka-v2", "tiki-taka-chopped", "agad"];

    private static readonly Dictionary<string, DeviceVariability> Imperfections = new()
    {
        ["spread"] = new() { Spread = new Dictionary<string, double> { ["depression_rate_per_pulse"] = 0.3 } },
        ["ranges"] = new() { MinimumSpread = 0.1, MaximumSpread = 0.1 },
        ["states"] = new() { States = 32 },
        ["stuck"] = new() { StuckAtMinimum = 0.1, StuckAtMaximum = 0.1 },
        ["step noise"] = new() { StepNoise = 0.5 },
        ["pulse noise"] = new() { PulseNoise = 0.02 },
        ["read noise"] = new() { ReadNoise = 0.1 },
        ["wear"] = new() { EnduranceWrites = 20 },
    };

    private static readonly Dictionary<string, NetworkPeriphery> Peripheries = new()
    {
        ["array_size"] = new() { ArraySize = 64 },
        ["adc_bits"] = new() { AdcBits = 6, AdcRange = 30 },
        ["wire_resistance"] = new() { WireResistance = 200, WireRefresh = 3 },
        ["driver_resistance"] = new() { DriverResistance = 3000, WireRefresh = 3 },
        ["sense_resistance"] = new() { SenseResistance = 2000, WireRefresh = 3 },
    };

    public static MatrixTheoryData<string, string> ImperfectDevices => new(Names, Imperfections.Keys);

    public static MatrixTheoryData<string, string> Circuits => new(Names, Peripheries.Keys);

    public static TheoryData<string> Methods => [.. Names];

    [Theory, MemberData(nameof(ImperfectDevices))]
    public void Imperfect_devices_keep_their_bits_on_any_number_of_threads(string method, string imperfection)
    {
        NetworkOptions options = Options(method) with { Variability = Imperfections[imperfection] };
        string one = Hash(options, TinyRuns.Samples(), threads: 1);
        Assert.Equal(one, Hash(options, TinyRuns.Samples(), threads: 3));
        Assert.NotEqual(one, Hash(options with { Variability = DeviceVariability.None }, TinyRuns.Samples(), threads: 1));
    }

    /// <summary>What a second array would see of circuits is not modelled; where it is part of the weight they are refused by name.</summary>
    [Theory, MemberData(nameof(Circuits))]
    public void A_periphery_works_or_is_refused_by_name(string method, string key)
    {
        NetworkOptions options = Options(method) with { Periphery = Peripheries[key] };
        if (method is "tiki-taka" or "tiki-taka-v2")
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(key, () => new Network(options)).Message;
            Assert.StartsWith($"{key} is ", message, StringComparison.Ordinal);
            Assert.Contains($"; expected none for the method {method}, whose second array is part of the weight.", message, StringComparison.Ordinal);
            return;
        }

        string one = Hash(options, TinyRuns.Samples(), threads: 1);
        Assert.Equal(one, Hash(options, TinyRuns.Samples(), threads: 3));
        if (key != "array_size")
        {
            Assert.NotEqual(one, Hash(options with { Periphery = NetworkPeriphery.Ideal }, TinyRuns.Samples(), threads: 1));
        }
    }

    [Fact]
    public void Without_a_share_in_the_weight_a_second_array_goes_with_any_periphery()
    {
        NetworkOptions options = Options("tiki-taka") with { Method = new TikiTakaMethod(TransferKind.Direct) { Gamma = 0 } };
        Assert.All(Peripheries.Values, periphery => Assert.NotEmpty(Hash(options with { Periphery = periphery }, TinyRuns.Samples(), threads: 1)));
    }

    [Theory, MemberData(nameof(Methods))]
    public void Amplitudes_and_coded_errors_keep_their_bits_on_any_number_of_threads(string method)
    {
        NetworkOptions options = Options(method) with { Periphery = new() { DacBits = 4, Sinh = 2 }, ErrorEvents = 0.2, ErrorMargin = 0.3f };
        string one = Hash(options, new SyntheticAmplitudes(24, 1), threads: 1);
        Assert.Equal(one, Hash(options, new SyntheticAmplitudes(24, 1), threads: 3));
        Assert.NotEqual(one, Hash(options with { Periphery = NetworkPeriphery.Ideal }, new SyntheticAmplitudes(24, 1), threads: 1));
        Assert.NotEqual(one, Hash(options with { ErrorEvents = null }, new SyntheticAmplitudes(24, 1), threads: 1));
    }

    /// <summary>σ² of a bit line is that of its two devices and γ² times that of the fast two.</summary>
    [Theory, InlineData(0.5), InlineData(2)]
    public void The_read_noise_of_a_second_array_counts_as_far_as_it_is_weight(double gamma)
    {
        float[] slow = Noise(0);
        float[] all = Noise(gamma);
        Assert.True(slow.Count(static noise => MathF.Abs(noise) > 0.01f) > 100);
        Assert.All(slow.Zip(all), pair => Assert.Equal(pair.First * Math.Sqrt(1 + (gamma * gamma)), pair.Second, 1e-4));

        static float[] Noise(double gamma)
        {
            NetworkOptions options = Options("tiki-taka") with { Hidden = [130], Method = new TikiTakaMethod(TransferKind.Direct) { Gamma = gamma } };
            float[] quiet = Currents(options);
            return [.. Currents(options with { Variability = new() { ReadNoise = 0.1 } }).Zip(quiet, static (noisy, clear) => noisy - clear)];
        }

        static float[] Currents(NetworkOptions options)
        {
            using Network network = new(options);
            using WorkerScratch scratch = network.CreateScratch();
            CrossbarLayout layout = network.Layers[0].Crossbar.Layout;
            PanelRange panels = new(0, layout.PanelCount);
            float[] current = new float[layout.PaddedColumns];
            network.Layers[0].Product.Compute(new LayerInput([ulong.MaxValue, 0]), new StepContext(3, Learns: false, Measures: false), panels, scratch, current);
            return current;
        }
    }

    [Fact]
    public void Phase_change_memory_has_no_kernels_for_them_and_says_so()
    {
        DeviceLaw law = DevicePresets.Get("pcm-nandakumar").Law;
        Assert.Equal(
            "device model is phase-change; pulses by coincidence of bit streams expect a model of both polarities.",
            Assert.Throws<NotSupportedException>(() => law.CreateCoincidentProgrammer(new PolarityGain(1, 1), 31, DeviceVariability.None)).Message);
        Assert.Equal(
            "device model is phase-change; pulses that are counted outside the array expect a model of both polarities.",
            Assert.Throws<NotSupportedException>(() => law.CreateApplier(PulseMode.Continuous, DeviceVariability.None)).Message);
        Assert.All(Names, static name => Assert.False(UpdateMethods.Get(name).CanDrive(DevicePresets.Get("pcm-nandakumar"))));
    }

    private static NetworkOptions Options(string method) =>
        TinyRuns.Options("tiox-3v", method, pulses: PulseMode.Pulsed, hidden: [140, 40]) with { WeightRange = 0.5f };

    /// <summary>A run of wishes so large that some are worth whole pulses.</summary>
    private static string Hash(NetworkOptions options, ISampleSource samples, int threads)
    {
        using Network network = new(options);
        using TrainingSession session = new(network, samples, new TrainingOptions { LearningRate = 0.2 }, TinyRuns.Exactly(threads));
        session.Advance(7);
        Assert.True(network.WriteTotal > 0);
        return Checkpoint.StateSha256(network);
    }
}
