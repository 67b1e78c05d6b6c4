using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Layers;

/// <summary>A stack of spiking layers on crossbars, in one block of memory.</summary>
public sealed class Network : IDisposable
{
    private readonly Arena _arena;
    private readonly Layer[] _layers;

    /// <summary>Builds a network and programs its start weights from the seed.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or the method cannot drive the device or cell.</exception>
    public Network(NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        PulsePlan plan = options.Method.Plan(options.Device, options.Cell, options.WeightRange);
        Device device = options.Device.As(plan.Law, options.Variability);
        ArenaLayout layout = new();
        LayerFields[] fields = new LayerFields[options.Hidden.Count];
        int inputs = options.Inputs;
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = new LayerFields(layout, $"layers.{i}", new CrossbarLayout(inputs, options.Hidden[i]), options, plan, device);
            inputs = options.Hidden[i];
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

    internal WorkerScratch CreateScratch() =>
        new(Math.Max(Options.Inputs, Options.Hidden.Max()), _layers[0].ClassStride, _layers.Length);
}
