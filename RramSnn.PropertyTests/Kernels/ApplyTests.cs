using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Pulses device by device.</summary>
[Properties(Arbitrary = [typeof(UpdateCase)], MaxTest = 40)]
public sealed class ApplyTests
{
    /// <summary>Panels and rows apart, devices in any bundle: the reference takes one device after the other.</summary>
    [Property]
    public bool Whole_arrays_and_single_rows_give_the_bits_of_the_reference(UpdateCase c, bool isNegative)
    {
        ApplyCall call = new() { Case = c.Again(), Pulses = Pulses(c), Sign = isNegative ? -1f : 1f };
        UpdateCase expected = Reference(c.Again(), call.Pulses, call.Sign);
        bool isEqual = BitwiseAssert.AreEqual(expected.Result, Run(call));
        isEqual &= BitwiseAssert.AreEqual(expected.Result, Run(call with { Case = c.Again(), IsRowByRow = true }));
        return isEqual;
    }

    [Property]
    public bool A_row_of_one_gets_what_an_outer_product_gives(UpdateCase c)
    {
        // A trace of 1 makes both the same wish.
        UpdateCase one = c.Again();
        one.Trace.AsSpan().Clear();
        one.Trace[0] = 1f;
        UpdateCase other = c.Again();
        float[] pulses = new float[c.State.Length];
        for (int column = 0; column < c.Wish.Length; column++)
        {
            pulses[c.Layout.IndexOf(0, column)] = c.Wish[column] * (c.Wish[column] < 0 ? c.Gain.ForDecrease : c.Gain.ForIncrease);
        }

        VariedCase varied = new(one, varies: false);
        varied.Run(new VariedFacade(varied));
        return BitwiseAssert.AreEqual(one.Result, Run(new ApplyCall { Case = other, Pulses = pulses, Sign = 1f }));
    }

    [Property]
    public bool Devices_follow_their_own_law_and_range(UpdateCase c)
    {
        VariedCase whole = new(c);
        VariedCase one = whole.Again();
        c.Trace.AsSpan().Clear();
        one.Update.Trace.AsSpan().Clear();
        c.Trace[c.Rows - 1] = one.Update.Trace[c.Rows - 1] = 1f;
        float[] pulses = [.. c.Wish.Select(wish => wish * (wish < 0 ? c.Gain.ForDecrease : c.Gain.ForIncrease))];
        whole.Run(new VariedFacade(whole));
        one.Run(new ApplyVariedRow(one, pulses));
        return BitwiseAssert.AreEqual(whole.Update.Result, one.Update.Result) && BitwiseAssert.AreEqual(whole.WriteCounts, one.WriteCounts);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        float[] state = new float[256];
        Rejected.Length("pulses", 255, 256, () => Write(state, new float[255], 1f, 0, 0, 128));
        Rejected.Length("counters", 127, 128, () => Write(state, new float[256], 1f, 0, 0, 127));
        Rejected.Length("counters", 0, 128, () => Write(state, new float[256], 1f, 0, 0, 0));
        Assert.Throws<ArgumentException>("state", () => Write(new float[200], new float[200], 1f, 0, 0, 128));
        Rejected.Overlap("state", () => Write(state, state, 1f, 0, 0, 128));
        Rejected.OutOfRange("sign", 0.5f, () => Write(state, new float[256], 0.5f, 0, 0, 128));
        Rejected.OutOfRange("firstRow", -1, () => Write(state, new float[256], 1f, -1, 0, 128));
        Rejected.OutOfRange("firstPanel", -1, () => Write(state, new float[256], 1f, 0, -1, 128));
    }

    [Fact]
    public void Pulses_by_device_allocate_nothing()
    {
        Allocations.SkipUnlessOptimized();
        float[] state = [.. Enumerable.Repeat(0.5f, 256)];
        float[] pulses = [.. Enumerable.Repeat(1f, 256)];
        float[][] counters = [new float[128], new float[128], new float[128]];
        long bytes = Allocations.Of(() => ConductanceKernels.Apply<SoftBounds, StochasticPulses, NoNoise>(
            new(0.1, 0.1), default, default, state, pulses, 1f, default, 0, 0, new(counters[0], counters[1], counters[2])));
        Assert.Equal(0, bytes);
        Assert.All(state, static u => Assert.True(u > 0.99f));
    }

    private static float[] Run(ApplyCall call)
    {
        call.Case.Device.Run(call, call.Case.IsStochastic, call.Case.Noise);
        return call.Case.Result;
    }

    /// <summary>Pulses of both signs, most of them 0, with bundles of none.</summary>
    private static float[] Pulses(UpdateCase c)
    {
        float[] pulses = Numbers.Sparse(-3f, 3f, 0.7, c.State.Length, c.Seed + 20);
        for (int start = 0; start < pulses.Length; start += 64)
        {
            pulses.AsSpan(start, (c.Seed + start) % 3 == 0 ? 32 : 0).Clear();
        }

        return pulses;
    }

    private static UpdateCase Reference(UpdateCase c, float[] pulses, float sign)
    {
        for (int row = 0; row < c.Rows; row++)
        {
            for (int column = 0; column < c.Wish.Length; column++)
            {
                if (pulses[c.Layout.IndexOf(row, column)] != 0)
                {
                    c.WriteByReference(row, column, sign * pulses[c.Layout.IndexOf(row, column)], 1f);
                }
            }
        }

        return c;
    }

    private static void Write(Span<float> state, ReadOnlySpan<float> pulses, float sign, int firstRow, int firstPanel, int columns) =>
        ConductanceKernels.Apply<SoftBounds, ContinuousPulses, NoNoise>(
            new(0.1, 0.1), default, default, state, pulses, sign, default, firstRow, firstPanel, new(new float[columns], new float[columns], new float[columns]));

    private record struct ApplyCall : IUpdateCall
    {
        internal UpdateCase Case;
        internal float[] Pulses;
        internal float Sign;
        internal bool IsRowByRow;

        public readonly void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
            where TDevice : struct, IDeviceModel
            where TCounts : struct, IPulseCounts
            where TNoise : struct, ICycleNoise
        {
            if (!IsRowByRow)
            {
                ConductanceKernels.Apply<TDevice, TCounts, TNoise>(
                    device, noise, default, Case.State, Pulses, Sign, Case.Stream, 0, 0, Case.Counters);
                return;
            }

            const int Width = CrossbarLayout.PanelWidth;
            for (int panel = 0; panel < Case.Panels; panel++)
            {
                Range columns = (panel * Width)..((panel + 1) * Width);
                PulseCounters counters = new(Case.Pulses.AsSpan()[columns], Case.Writes.AsSpan()[columns], new float[Width]);
                for (int row = 0; row < Case.Rows; row++)
                {
                    int first = Case.Layout.IndexOf(row, panel * Width);
                    ConductanceKernels.Apply<TDevice, TCounts, TNoise>(
                        device, noise, default, Case.State.AsSpan(first, Width), Pulses.AsSpan(first, Width), Sign, Case.Stream, row, panel, counters);
                }
            }
        }
    }

    /// <summary>The last row, panel by panel.</summary>
    private readonly struct ApplyVariedRow(VariedCase varied, float[] pulses) : IUpdateCall
    {
        public void Run<TDevice, TCounts, TNoise>(TDevice device, TNoise noise)
            where TDevice : struct, IDeviceModel
            where TCounts : struct, IPulseCounts
            where TNoise : struct, ICycleNoise
        {
            const int Width = CrossbarLayout.PanelWidth;
            UpdateCase c = varied.Update;
            float[] planes = varied.Planes(device.Constants, TDevice.ConstantCount);
            for (int panel = 0; panel < c.Panels; panel++)
            {
                int first = c.Layout.IndexOf(c.Rows - 1, panel * Width);
                Range columns = (panel * Width)..((panel + 1) * Width);
                DeviceVariation variation = new()
                {
                    Constants = planes,
                    Varying = varied.Varying(TDevice.ConstantCount),
                    FirstCell = first,
                    Lower = varied.Lower.AsSpan(first, Width),
                    Upper = varied.Upper.AsSpan(first, Width),
                    WriteCounts = varied.WriteCounts.AsSpan(first, Width),
                    States = varied.States,
                    Endurance = varied.Endurance,
                };
                ConductanceKernels.Apply<TDevice, TCounts, TNoise>(
                    device,
                    noise,
                    variation,
                    c.State.AsSpan(first, Width),
                    pulses.AsSpan()[columns],
                    1f,
                    c.Stream,
                    c.Rows - 1,
                    panel,
                    new(c.Pulses.AsSpan()[columns], c.Writes.AsSpan()[columns], new float[Width]));
            }
        }
    }
}
