using System.Numerics;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>How the devices of one array differ: drawn once from the seed, device by device, whatever the order in memory.</summary>
internal sealed class ArrayVariation
{
    private readonly Arena _arena;
    private readonly VariationFields _fields;
    private readonly DeviceVariability _variability;

    internal ArrayVariation(Arena arena, VariationFields fields, DeviceVariability variability)
    {
        _arena = arena;
        _fields = fields;
        _variability = variability;
    }

    /// <summary>Lower bounds of the devices; empty if all are 0.</summary>
    internal Span<float> Lower => _arena.Span(_fields.Lower);

    /// <summary>Upper bounds of the devices; empty if all are 1.</summary>
    internal Span<float> Upper => _arena.Span(_fields.Upper);

    /// <summary>How the devices of a run of panels differ.</summary>
    internal DeviceVariation Of(PanelRange panels, CrossbarLayout layout) => Of(CellRun.OfPanels(panels, layout));

    /// <summary>How the devices of a run differ.</summary>
    internal DeviceVariation Of(CellRun run) => new()
    {
        Constants = _arena.Span(_fields.Constants),
        Varying = _fields.Varying,
        FirstCell = run.FirstCell,
        Lower = Part(_fields.Lower, run),
        Upper = Part(_fields.Upper, run),
        WriteCounts = Part(_fields.WriteCounts, run),
        States = _variability.States,
        Endurance = (float)_variability.EnduranceWrites,
    };

    /// <summary>Draws all devices, numbered row by row whatever the order in memory.</summary>
    internal void Draw(DeviceSampler sampler, DeviceLaw law, CrossbarLayout layout)
    {
        const int Length = DeviceSampler.BlockLength;
        int valueCount = law.Values.Length;
        double[] values = new double[Length * valueCount];
        double[] low = new double[Length];
        double[] high = new double[Length];
        double[] stuck = new double[Length];
        long devices = (long)layout.Rows * layout.Columns;
        for (long first = 0; first < devices; first += Length)
        {
            uint block = (uint)(first / Length);
            sampler.Parameters(block, values);
            sampler.Ranges(block, low, high);
            sampler.StuckStates(block, stuck);
            for (int place = 0; place < Math.Min(Length, devices - first); place++)
            {
                int cell = layout.IndexOf((int)((first + place) / layout.Columns), (int)((first + place) % layout.Columns));
                if (!Lower.IsEmpty)
                {
                    bool isStuck = !double.IsNaN(stuck[place]);
                    double state = low[place] + (stuck[place] * (high[place] - low[place]));
                    Lower[cell] = (float)(isStuck ? state : low[place]);
                    Upper[cell] = (float)(isStuck ? state : high[place]);
                }

                Store(law.Model.ConstantsOf(values.AsSpan(place * valueCount, valueCount)), cell, layout.Length);
            }
        }
    }

    private void Store(DeviceConstants constants, int cell, int planeLength)
    {
        Span<float> planes = _arena.Span(_fields.Constants);
        int plane = 0;
        for (int i = 0; i < DeviceConstants.Capacity; i++)
        {
            if ((_fields.Varying >> i & 1) != 0)
            {
                planes[(plane++ * planeLength) + cell] = constants[i];
            }
        }
    }

    private Span<float> Part(Field<float> field, CellRun run) => field.Length == 0 ? [] : run.Of(_arena.Span(field));
}

/// <summary>Where an array keeps what differs from device to device; fields of length 0 are not needed.</summary>
internal readonly record struct VariationFields(uint Varying, Field<float> Constants, Field<float> Lower, Field<float> Upper, Field<float> WriteCounts)
{
    /// <summary>The fields that an array of such devices needs; null if its devices do not differ.</summary>
    internal static VariationFields? AddTo(ArenaLayout arena, string name, CrossbarLayout layout, Device device)
    {
        DeviceVariability variability = device.Variability;
        uint varying = VaryingConstants(device);
        bool hasRange = variability is { MinimumSpread: > 0 } or { MaximumSpread: > 0 } or { StuckAtMinimum: > 0 } or { StuckAtMaximum: > 0 } or { StuckAtState: > 0 };
        if (varying == 0 && !hasRange && variability is { States: 0, EnduranceWrites: 0 })
        {
            return null;
        }

        return new(
            varying,
            varying == 0 ? default : arena.Add<float>($"{name}_constants", FieldRole.Transient, BitOperations.PopCount(varying), layout.Length),
            hasRange ? layout.AddTo(arena, $"{name}_lower", FieldRole.Transient) : default,
            hasRange ? layout.AddTo(arena, $"{name}_upper", FieldRole.Transient) : default,
            variability.EnduranceWrites > 0 ? layout.AddTo(arena, $"{name}_write_counts", FieldRole.Persistent) : default);
    }

    /// <summary>Which of the law's constants depend on a parameter that spreads: those that change with it.</summary>
    private static uint VaryingConstants(Device device)
    {
        DeviceModel model = device.Law.Model;
        DeviceConstants nominal = model.ConstantsOf(device.Law.Values);
        double[] values = device.Law.Values.ToArray();
        uint varying = 0;
        int index = 0;
        foreach (DeviceParameter parameter in model.Parameters)
        {
            for (int end = index + parameter.Count; index < end; index++)
            {
                if (device.Variability.Spread.GetValueOrDefault(parameter.Key) == 0)
                {
                    continue;
                }

                values[index] += (values[index] > (parameter.Minimum + parameter.Maximum) / 2 ? -0.01 : 0.01) * Math.Max(Math.Abs(values[index]), 1e-3 * (parameter.Maximum - parameter.Minimum));
                DeviceConstants other = model.ConstantsOf(values);
                values[index] = device.Law.Values[index];
                for (int i = 0; i < model.ConstantCount; i++)
                {
                    varying |= other[i] != nominal[i] ? 1u << i : 0;
                }
            }
        }

        return varying;
    }
}
