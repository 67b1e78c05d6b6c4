using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Simd;

namespace RramSnn.PropertyTests.Support;

/// <summary>An <see cref="UpdateCase"/> whose devices differ: planes of constants, ranges, finite states and write counts.</summary>
internal sealed class VariedCase(UpdateCase update, bool varies = true)
{
    internal UpdateCase Update { get; } = update;

    /// <summary>Some devices are stuck: their bounds coincide.</summary>
    internal float[] Lower { get; } = varies ? Numbers.Sparse(0f, 0.4f, 0.3, update.State.Length, update.Seed + 7) : [];

    internal float[] Upper { get; } = varies ? UpperBounds(update) : [];

    internal float[] Scales { get; } = Numbers.Between(0.5f, 1.5f, DeviceConstants.Capacity * update.State.Length, update.Seed + 9);

    internal float[] WriteCounts { get; } = varies ? [.. Numbers.Between(0f, 30f, update.State.Length, update.Seed + 10).Select(MathF.Floor)] : [];

    internal int States { get; } = varies && update.Seed % 3 == 0 ? 17 : 0;

    internal float Endurance { get; } = varies && update.Seed % 4 == 0 ? 40f : 0f;

    internal float[] Reads { get; } = new float[update.Wish.Length];

    internal float[] Result => [.. Update.Result, .. Reads, .. WriteCounts];

    /// <summary>Every other constant varies, and all of them for some seeds.</summary>
    internal uint Varying(int constants) => varies ? ((1u << constants) - 1) & (Update.Seed % 5 == 0 ? ~0u : 0x55u) : 0u;

    /// <summary>Planes of the constants that vary: the model's, scaled device by device.</summary>
    internal float[] Planes(DeviceConstants constants, int count) =>
        [.. Enumerable.Range(0, count).Where(i => (Varying(count) >> i & 1) != 0).SelectMany(i => Plane(constants[i], i))];

    internal DeviceVariation Variation(ReadOnlySpan<float> planes, int constants) => new()
    {
        Constants = planes,
        Varying = Varying(constants),
        Lower = Lower,
        Upper = Upper,
        WriteCounts = WriteCounts,
        States = States,
        Endurance = Endurance,
    };

    internal VariedCase Again() => new(Update.Again(), varies);

    internal VariedCase Run<TCall>(TCall call)
        where TCall : struct, IUpdateCall, allows ref struct
    {
        Update.Device.Run(call, Update.IsStochastic, Update.Noise);
        return this;
    }

    private IEnumerable<float> Plane(float constant, int index) =>
        Scales.Skip(index * Update.State.Length).Take(Update.State.Length).Select(scale => constant * scale);

    private static float[] UpperBounds(UpdateCase update)
    {
        float[] lower = Numbers.Sparse(0f, 0.4f, 0.3, update.State.Length, update.Seed + 7);
        float[] widths = Numbers.Sparse(0.01f, 0.6f, 0.2, update.State.Length, update.Seed + 8);
        return [.. lower.Zip(widths, static (low, width) => low + width)];
    }
}

/// <summary><see cref="ConductanceKernels.UpdateVaried"/>.</summary>
internal readonly struct VariedFacade(VariedCase varied) : IUpdateCall
{
    public void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        UpdateCase c = varied.Update;
        ConductanceKernels.UpdateVaried<TDevice, PolarityGain, TCounts, TNoise>(
            device,
            c.Rule,
            noise,
            varied.Variation(varied.Planes(device.Constants, TDevice.ConstantCount), TDevice.ConstantCount),
            c.State,
            c.Active,
            c.Wish,
            c.Stream,
            0,
            new(c.Pulses, c.Writes, varied.Reads));
    }
}

/// <summary>The same panel by panel, the last one first.</summary>
internal readonly struct VariedPanels(VariedCase varied) : IUpdateCall
{
    public void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        UpdateCase c = varied.Update;
        float[] planes = varied.Planes(device.Constants, TDevice.ConstantCount);
        for (int panel = c.Panels - 1; panel >= 0; panel--)
        {
            Range cells = (panel * c.Layout.PanelLength)..((panel + 1) * c.Layout.PanelLength);
            Range columns = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
            DeviceVariation variation = new()
            {
                Constants = planes,
                Varying = varied.Varying(TDevice.ConstantCount),
                FirstCell = panel * c.Layout.PanelLength,
                Lower = varied.Lower.AsSpan()[cells],
                Upper = varied.Upper.AsSpan()[cells],
                WriteCounts = varied.WriteCounts.AsSpan()[cells],
                States = varied.States,
                Endurance = varied.Endurance,
            };
            ConductanceKernels.UpdateVaried<TDevice, PolarityGain, TCounts, TNoise>(
                device,
                c.Rule,
                noise,
                variation,
                c.State.AsSpan()[cells],
                c.Active,
                c.Wish.AsSpan()[columns],
                c.Stream,
                panel,
                new(c.Pulses.AsSpan()[columns], c.Writes.AsSpan()[columns], varied.Reads.AsSpan()[columns]));
        }
    }
}

/// <summary>One device at a time: its own model, its own range, random numbers of the reference generator.</summary>
internal readonly struct VariedReference(VariedCase varied) : IUpdateCall
{
    public void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        UpdateCase c = varied.Update;
        for (int k = 0; k < c.Active.Count; k++)
        {
            for (int column = 0; column < c.Wish.Length; column++)
            {
                int cell = c.Layout.IndexOf(c.Active.Rows[k], column);
                DeviceConstants own = device.Constants;
                for (int i = 0; i < TDevice.ConstantCount; i++)
                {
                    own[i] *= (varied.Varying(TDevice.ConstantCount) >> i & 1) != 0 ? varied.Scales[(i * c.State.Length) + cell] : 1f;
                }

                Write(c.Active.Rows[k], column, cell, c.Active.Values[k], Advance);

                float Advance(float state, float pulses, float count)
                {
                    float next = 0f;
                    LanesScalar.Store(
                        device.DampAndAdvance<TDevice, LanesScalar, AnySteps>(
                            LanesScalar.Broadcast(state),
                            LanesScalar.Broadcast(count),
                            TDevice.Drive(LanesScalar.Broadcast(pulses), own),
                            device.LawConstants<LanesScalar>()),
                        ref next,
                        0);
                    return next;
                }
            }
        }
    }

    private void Write(int row, int column, int cell, float trace, Func<float, float, float, float> advance)
    {
        UpdateCase c = varied.Update;
        float wished = c.Wish[column] * (c.Wish[column] < 0 ? c.Gain.ForDecrease : c.Gain.ForIncrease);
        float count = c.IsStochastic ? c.WholePulses(row, column, trace, wished) : trace * Math.Abs(wished);
        if (count == 0)
        {
            return;
        }

        float lower = varied.Lower[cell];
        float width = varied.Upper[cell] - lower;
        if (varied.Endurance > 0)
        {
            float rest = width * (varied.Endurance / (varied.Endurance + varied.WriteCounts[cell]));
            lower = MathF.FusedMultiplyAdd(0.5f, width - rest, lower);
            width = rest;
        }

        float inward = width > 0 ? Math.Clamp((c.State[cell] - lower) / width, 0f, 1f) : 0f;
        float next = c.IsStochastic ? advance(inward, wished < 0 ? -1f : 1f, count) : advance(inward, wished, trace);
        next = c.Disturb(row, column, inward, next, count);
        if (varied.States > 0)
        {
            next = MathF.Floor(MathF.FusedMultiplyAdd(next, varied.States - 1, 0.5f)) / (varied.States - 1);
        }

        c.State[cell] = MathF.FusedMultiplyAdd(next, width, lower);
        c.Pulses[column] += count;
        c.Writes[column]++;
        varied.WriteCounts[cell]++;
    }
}
