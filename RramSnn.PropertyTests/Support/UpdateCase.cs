using FsCheck;
using FsCheck.Fluent;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.PropertyTests.Support;

/// <summary>An array of devices with traces and wishes, drawn from a seed.</summary>
public sealed record UpdateCase(int DeviceIndex, bool IsStochastic, int Rows, int Panels, int Seed)
{
    internal DeviceCase Device { get; } = DeviceCase.All[DeviceIndex];

    internal CrossbarLayout Layout { get; } = new(Rows, Panels * CrossbarLayout.PanelWidth);

    /// <summary>Asymmetric, and inverted for every other seed, like the two devices of a pair.</summary>
    internal (float ForIncrease, float ForDecrease) Gain { get; } = (Seed & 1) == 0 ? (40f, 25f) : (-25f, -40f);

    internal PolarityGain Rule => new(Gain.ForIncrease, Gain.ForDecrease);

    internal RandomStream Stream { get; } = new((ulong)Seed, 9, 3, 1);

    internal float[] State { get; } = Numbers.Sparse(0f, 1f, 0.1, Rows * Panels * CrossbarLayout.PanelWidth, Seed);

    internal float[] Wish { get; } = Numbers.Sparse(-0.2f, 0.2f, 0.2, Panels * CrossbarLayout.PanelWidth, Seed + 1);

    internal float[] Trace { get; } = Numbers.Sparse(0f, 1.5f, 0.4, (Rows + 15) / 16 * 16, Seed + 2);

    internal float[] Pulses { get; } = Numbers.Between(0f, 9f, Panels * CrossbarLayout.PanelWidth, Seed + 3).Select(MathF.Floor).ToArray();

    internal float[] Writes { get; } = Numbers.Between(0f, 9f, Panels * CrossbarLayout.PanelWidth, Seed + 4).Select(MathF.Floor).ToArray();

    internal ActiveRows Active => ActiveRows.FromTrace(Trace, Rows, new int[Trace.Length], new float[Trace.Length]);

    /// <summary>All that an update writes, in one array.</summary>
    internal float[] Result => [.. State, .. Pulses, .. Writes];

    /// <summary>The same array, in memory of its own.</summary>
    internal UpdateCase Again() => new(DeviceIndex, IsStochastic, Rows, Panels, Seed);

    internal UpdateCase Update()
    {
        Device.Update(this, State, Active, Wish, 0, Pulses, Writes);
        return this;
    }

    internal UpdateCase UpdateAt(int width)
    {
        if (Active.Count > 0)
        {
            Device.UpdateAt(width, this, State, Active, Wish, Pulses, Writes);
        }

        return this;
    }

    /// <summary>The whole update, one device at a time, with random numbers of the reference generator.</summary>
    internal UpdateCase UpdateByReference()
    {
        ActiveRows active = Active;
        for (int column = 0; column < Wish.Length; column++)
        {
            float wished = Wish[column] * (Wish[column] < 0 ? Gain.ForDecrease : Gain.ForIncrease);
            if (!IsStochastic && active.Count > 0)
            {
                Pulses[column] += Math.Abs(wished) * active.ValueSum;
                Writes[column] += wished != 0 ? active.Count : 0;
            }

            for (int k = 0; k < active.Count; k++)
            {
                ref float state = ref State[Layout.IndexOf(active.Rows[k], column)];
                if (!IsStochastic)
                {
                    state = Device.Pulse(state, wished, active.Values[k]);
                    continue;
                }

                float random = PhiloxReference.OfDevice(Stream, active.Rows[k], column);
                float count = MathF.Floor(MathF.FusedMultiplyAdd(active.Values[k], Math.Abs(wished), random));
                state = Device.Pulse(state, wished < 0 ? -1f : 1f, count);
                Pulses[column] += count;
                Writes[column] += count > 0 ? 1 : 0;
            }
        }

        return this;
    }

    /// <summary>The generator FsCheck uses for this type.</summary>
    public static Arbitrary<UpdateCase> Generator()
    {
        Gen<UpdateCase> cases =
            from device in Gen.Choose(0, DeviceCase.All.Length - 1)
            from isStochastic in Gen.Elements(true, false)
            from rows in Gen.Choose(1, 24)
            from panels in Gen.Choose(1, 3)
            from seed in Gen.Choose(0, 1 << 20)
            select new UpdateCase(device, isStochastic, rows, panels, seed);
        return Arb.From(cases);
    }
}
