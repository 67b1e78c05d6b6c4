using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Periphery;

namespace RramSnn.Model.Layers;

/// <summary>A stack of spiking layers on crossbars, in one block of memory.</summary>
public sealed class Network : IDisposable
{
    private readonly Arena _arena;
    private readonly Layer[] _layers;
    private readonly PeripheryOptions _circuits;
    private readonly Field<long> _inputConversions;
    private readonly Field<long> _saturatedInputs;

    /// <summary>Builds a network and programs its start weights from the seed.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or the method cannot drive the device or cell, or does not go with the periphery.</exception>
    public Network(NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        PulsePlan plan = options.Plan();
        Device programmed = options.Method.Setting(options.Device);
        Device device = programmed.As(plan.Law, options.Variability);
        ArenaLayout layout = new();
        LayerFields[] fields = new LayerFields[options.Hidden.Count];
        int inputs = options.Inputs;
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = new LayerFields(layout, $"layers.{i}", new CrossbarLayout(inputs, options.Hidden[i]), options, plan, device);
            inputs = options.Hidden[i];
        }

        _circuits = options.Periphery.Circuits(options.Cell, programmed);
        if (options.Periphery.DacBits is not null)
        {
            _inputConversions = layout.Add<long>("inputs.dac_conversions", FieldRole.Persistent, 1);
            _saturatedInputs = layout.Add<long>("inputs.dac_saturated", FieldRole.Persistent, 1);
        }

        _arena = new Arena(layout);
        try
        {
            _layers = new Layer[fields.Length];
            for (int i = 0; i < _layers.Length; i++)
            {
                _layers[i] = new Layer(_arena, fields[i], i, options, plan, device);
                CrossbarLayout shape = _layers[i].Crossbar.Layout;
                _layers[i].Initialise(
                    options.InitialWeightScale / MathF.Sqrt(shape.Rows),
                    options.ReadoutScale / MathF.Sqrt(shape.Columns));
            }
        }
        catch
        {
            _arena.Dispose();
            throw;
        }
    }

    /// <summary>What the network was built from.</summary>
    public NetworkOptions Options { get; }

    /// <summary>The layers, first one first.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The layout table of the network's memory.</summary>
    public IReadOnlyList<ArenaField> Fields => _arena.Fields;

    /// <summary>Bytes of state.</summary>
    public long ByteLength => _arena.ByteLength;

    /// <summary>Devices in the whole network.</summary>
    public long DeviceCount => _layers.Sum(static layer => layer.Crossbar.DeviceCount);

    /// <summary>Those of them that the update method needs beside the devices of the synapses.</summary>
    public long ExtraDeviceCount => _layers.Sum(static layer => layer.Crossbar.ExtraDeviceCount);

    /// <summary>Pulses applied so far.</summary>
    public double PulseTotal => _layers.Sum(static layer => layer.PulseTotal);

    /// <summary>Device writes so far.</summary>
    public long WriteTotal => _layers.Sum(static layer => layer.WriteTotal);

    /// <summary>Conductance reads made by the update method so far.</summary>
    public long ReadTotal => _layers.Sum(static layer => layer.ReadTotal);

    /// <summary>Currents that converters of the bit lines made while the network learned.</summary>
    public long OutputConversionTotal => _layers.Sum(static layer => layer.ConversionTotal);

    /// <summary>How many of those currents were beyond the converters' range.</summary>
    public long SaturatedOutputTotal => _layers.Sum(static layer => layer.SaturatedTotal);

    /// <summary>Amplitudes that converters of the word lines made while the network learned, once per sample.</summary>
    public long InputConversionTotal => _inputConversions.Length == 0 ? 0 : _arena.Span(_inputConversions)[0];

    /// <summary>How many of those amplitudes were beyond the converters' range.</summary>
    public long SaturatedInputTotal => _saturatedInputs.Length == 0 ? 0 : _arena.Span(_saturatedInputs)[0];

    /// <summary>Lets time pass without writes: every device loses conductance above Gmin, u ← u (t/t₀)^-ν.</summary>
    /// <param name="seconds">t since the last write, 0 or more; nothing happens before t₀.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not finite.</exception>
    public void Age(double seconds)
    {
        Require.That(seconds >= 0 && double.IsFinite(seconds), seconds, "0 or more seconds", nameof(seconds));
        double past = Math.Max(seconds / Options.Variability.DriftStartSeconds, 1);
        float rest = (float)Math.Pow(past, -Options.Variability.DriftExponent);
        foreach (Layer layer in _layers)
        {
            layer.Crossbar.Scale(rest);
        }
    }

    /// <summary>Frees the network's memory.</summary>
    public void Dispose() => _arena.Dispose();

    internal Span<byte> Bytes(ArenaField field) => _arena.Bytes(field);

    /// <summary>What the first layer's devices feel of a sample's amplitudes.</summary>
    /// <param name="amplitudes">As the source gives them; padded to whole words.</param>
    /// <param name="driven">Receives what the devices feel, as long.</param>
    /// <param name="counts">Whether the conversions count.</param>
    internal void Drive(ReadOnlySpan<float> amplitudes, Span<float> driven, bool counts)
    {
        int saturated = _circuits.Drive(amplitudes, driven);
        if (counts && _inputConversions.Length > 0)
        {
            _arena.Span(_inputConversions)[0] += Options.Inputs;
            _arena.Span(_saturatedInputs)[0] += saturated;
        }
    }

    internal WorkerScratch CreateScratch()
    {
        NetworkPeriphery periphery = Options.Periphery;
        Device device = Options.Method.Setting(Options.Device);
        TileGrid[] grids = [.. _layers.Select(layer => periphery.Grid(layer.Crossbar.Layout))];
        return new WorkerScratch(
            Math.Max(Options.Inputs, Options.Hidden.Max()),
            _layers[0].ClassStride,
            [.. grids.Select(grid => periphery.HasArrays ? new PeripheryProduct(grid, _circuits) : null)],
            [.. grids.Select(grid => periphery.HasWires ? new WiredStates(grid, periphery.Wires, device.MinimumSiemens, device.MaximumSiemens) : null)]);
    }
}
