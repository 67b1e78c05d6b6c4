using System.Numerics;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;

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
    internal DeviceVariation Of(PanelRange panels, CrossbarLayout layout) => new()
    {
        Constants = _arena.Span(_fields.Constants),
        Varying = _fields.Varying,
        FirstCell = panels.First * layout.PanelLength,
        Lower = Part(_fields.Lower, panels, layout),
        Upper = Part(_fields.Upper, panels, layout),
        WriteCounts = Part(_fields.WriteCounts, panels, layout),
        States = _variability.States,
        Endurance = (float)_variability.EnduranceWrites,
    };

    /// <summary>The nearest state that a device can be programmed to.</summary>
    internal float Nearest(int cell, float state)
    {
        float lower = Lower.IsEmpty ? 0f : Lower[cell];
        float upper = Upper.IsEmpty ? 1f : Upper[cell];
        float inward = upper > lower ? Math.Clamp((state - lower) / (upper - lower), 0f, 1f) : 0f;
        int intervals = _variability.States - 1;
        return lower + ((upper - lower) * (intervals > 0 ? MathF.Round(inward * intervals) / intervals : inward));
    }

    /// <summary>Draws all devices.</summary>
    internal void Draw(DeviceSampler sampler, DeviceLaw law, CrossbarLayout layout, ulong seed, int array)
    {
        float[] lowerNormal = new float[layout.PaddedColumns];
        float[] upperNormal = new float[layout.PaddedColumns];
        float[] fault = new float[layout.PaddedColumns];
        int[] varying = [.. sampler.VaryingValues];
        float[][] normals = [.. varying.Select(_ => new float[layout.PaddedColumns])];
        double[] values = law.Values.ToArray();
        for (int row = 0; row < layout.Rows; row++)
        {
            for (int k = 0; k < varying.Length; k++)
            {
                RandomKernels.Normal<InverseCdfNormal>(normals[k], RandomPurposes.DeviceSpread(seed, array, varying[k]).At((uint)row));
            }

            RandomKernels.Normal<InverseCdfNormal>(lowerNormal, RandomPurposes.DeviceRange(seed, array, RangeDraw.Lower).At((uint)row));
            RandomKernels.Normal<InverseCdfNormal>(upperNormal, RandomPurposes.DeviceRange(seed, array, RangeDraw.Upper).At((uint)row));
            RandomKernels.Uniform(fault, RandomPurposes.DeviceRange(seed, array, RangeDraw.Fault).At((uint)row));
            for (int column = 0; column < layout.Columns; column++)
            {
                int cell = layout.IndexOf(row, column);
                if (!Lower.IsEmpty)
                {
                    (double low, double high) = sampler.Range(lowerNormal[column], upperNormal[column], fault[column]);
                    Lower[cell] = (float)low;
                    Upper[cell] = (float)high;
                }

                for (int k = 0; k < varying.Length; k++)
                {
                    values[varying[k]] = sampler.Value(varying[k], normals[k][column]);
                }

                Store(law.Model.ConstantsOf(values), cell, layout.Length);
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

    private Span<float> Part(Field<float> field, PanelRange panels, CrossbarLayout layout) =>
        field.Length == 0 ? [] : panels.Cells(_arena.Span(field), layout);
}

/// <summary>Where an array keeps what differs from device to device; fields of length 0 are not needed.</summary>
internal readonly record struct VariationFields(uint Varying, Field<float> Constants, Field<float> Lower, Field<float> Upper, Field<float> WriteCounts)
{
    /// <summary>The fields that an array of such devices needs; null if its devices do not differ.</summary>
    internal static VariationFields? AddTo(ArenaLayout arena, string name, CrossbarLayout layout, DeviceVariability variability, uint varying)
    {
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
}
