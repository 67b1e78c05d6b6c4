using System.Runtime.CompilerServices;
using RramSnn.Kernels.Neurons;
using RramSnn.Model;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Native.Boundary;

namespace RramSnn.Native.Exports;

/// <summary>Options of a crossbar and their defaults, which are those of a network.</summary>
internal static unsafe class CrossbarSettings
{
    private const int MostLines = 1 << 20;
    private const int MostSynapses = 1 << 28;

    private static readonly NetworkOptions Standard = new() { Inputs = 1, Hidden = [1], Classes = 2, Steps = 1, BurnIn = 0 };

    internal static void Initialise(ref CrossbarOptions options) => options = new CrossbarOptions
    {
        StructSize = (uint)sizeof(CrossbarOptions),
        Seed = Standard.Seed,
        InitialWeightScale = Standard.InitialWeightScale,
        MembraneDecay = Standard.Neuron.MembraneDecay,
        SynapseDecay = Standard.Neuron.SynapseDecay,
        ResetDecay = Standard.Neuron.ResetDecay,
        ResetStrength = Standard.Neuron.ResetStrength,
        Gain = Standard.Neuron.Gain,
        Threshold = Standard.Neuron.Threshold,
        SurrogateHalfWidth = Standard.SurrogateHalfWidth,
    };

    /// <summary>A network of one layer and one step.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal static NetworkOptions Read(in CrossbarOptions options, Device device)
    {
        if (options.StructSize != sizeof(CrossbarOptions))
        {
            throw new ArgumentException($"struct_size is {options.StructSize}; expected {sizeof(CrossbarOptions)}: call rramsnn_crossbar_options_init first.");
        }

        // A network would call them inputs and hidden.
        Require.That(options.Rows is >= 1 and <= MostLines, options.Rows, $"1 to {MostLines}", "rows");
        Require.That(options.Columns is >= 1 and <= MostLines, options.Columns, $"1 to {MostLines}", "columns");
        int mostColumns = MostSynapses / options.Rows;
        Require.That(options.Columns <= mostColumns, options.Columns, $"at most {mostColumns} with {options.Rows} rows", "columns");
        string name = MethodName(in options);
        UpdateMethod method = name.Length == 0 ? Standard.Method : UpdateMethods.Get(name);
        PulseMode pulses = Choice(options.Pulses, "pulses", PulseMode.Continuous, PulseMode.Pulsed);
        MethodTuning tuning = method.TuningFor(device.Law.Model.IsStatistical ? PulseMode.Pulsed : pulses);
        return Standard with
        {
            Inputs = options.Rows,
            Hidden = [options.Columns],
            Device = device,
            Variability = Choice(options.HasDeviceVariability, "device_variability", DeviceVariability.None, device.Variability),
            Method = method,
            Cell = Choice(options.Cell, "cell", SynapseCell.Pair, SynapseCell.Reference),
            Pulses = pulses,
            WeightRange = (float)(options.WeightRange == 0 ? tuning.WeightRange : options.WeightRange),
            InitialWeightScale = options.InitialWeightScale,
            Neuron = new NeuronConstants(options.MembraneDecay, options.SynapseDecay, options.ResetDecay, options.ResetStrength, options.Gain, options.Threshold),
            SurrogateHalfWidth = options.SurrogateHalfWidth,
            Seed = options.Seed,
        };
    }

    private static T Choice<T>(int value, string name, T zero, T one) => value switch
    {
        0 => zero,
        1 => one,
        _ => throw new ArgumentException($"{name} is {value}; expected 0 or 1."),
    };

    private static string MethodName(in CrossbarOptions options)
    {
        Span<byte> name = stackalloc byte[CrossbarOptions.MethodLength + 1];
        name.Clear();
        for (int i = 0; i < CrossbarOptions.MethodLength; i++)
        {
            name[i] = options.Method[i];
        }

        return Foreign.Text((byte*)Unsafe.AsPointer(ref name[0]), "method");
    }
}
