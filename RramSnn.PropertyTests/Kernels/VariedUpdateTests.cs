using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The update of an array whose devices differ from each other.</summary>
[Properties(Arbitrary = [typeof(UpdateCase)], MaxTest = 40)]
public sealed class VariedUpdateTests
{
    [Property]
    public bool Devices_that_do_not_differ_get_the_bits_of_the_plain_update(UpdateCase c)
    {
        VariedCase varied = new(c.Again(), varies: false);
        varied.Run(new VariedFacade(varied));
        UpdateCase plain = c.Again().Update();
        return BitwiseAssert.AreEqual(plain.State, varied.Update.State)
            && plain.Writes.Zip(varied.Update.Writes).All(static pair => pair.First >= pair.Second)
            && plain.Pulses.Zip(varied.Update.Pulses).All(static pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * pair.First);
    }

    [Property]
    public bool Every_device_follows_its_own_law_in_its_own_range(UpdateCase c)
    {
        VariedCase varied = new(c);
        VariedCase expected = varied.Again();
        return BitwiseAssert.AreEqual(expected.Run(new VariedReference(expected)).Result, varied.Run(new VariedFacade(varied)).Result);
    }

    [Property]
    public bool Panels_may_be_updated_separately(UpdateCase c)
    {
        VariedCase whole = new(c);
        VariedCase parts = whole.Again();
        return BitwiseAssert.AreEqual(whole.Run(new VariedFacade(whole)).Result, parts.Run(new VariedPanels(parts)).Result);
    }

    [Property]
    public bool Stuck_devices_stay_and_the_others_keep_to_their_ranges(UpdateCase c)
    {
        VariedCase varied = new(c);
        for (int i = 0; i < c.State.Length; i++)
        {
            c.State[i] = Math.Clamp(c.State[i], varied.Lower[i], varied.Upper[i]);
        }

        varied.Run(new VariedFacade(varied));
        return Enumerable.Range(0, c.State.Length).All(i =>
            c.State[i] >= varied.Lower[i] && c.State[i] <= MathF.BitIncrement(varied.Upper[i])
            && (varied.Upper[i] != varied.Lower[i] || c.State[i] == varied.Lower[i]));
    }

    [Fact]
    public void Written_devices_hold_one_of_their_states()
    {
        UpdateCase c = new(0, IsStochastic: false, NoiseKind.None, 8, 1, Seed: 1);
        DeviceVariation variation = new() { States = 5 };
        ConductanceKernels.UpdateVaried<SoftBounds, PolarityGain, ContinuousPulses, NoNoise>(
            new(0.5, 0.5), new(20, 20), default, variation, c.State, c.Active, c.Wish, default, 0, c.Counters);
        UpdateCase before = c.Again();
        for (int row = 0; row < 8; row++)
        {
            for (int column = 0; column < c.Wish.Length; column++)
            {
                int cell = c.Layout.IndexOf(row, column);
                bool isWritten = c.Trace[row] * c.Wish[column] != 0;
                Assert.True(isWritten ? (c.State[cell] * 4) % 1 == 0 : c.State[cell] == before.State[cell]);
            }
        }
    }

    [Fact]
    public void A_worn_device_has_half_its_range_about_its_middle()
    {
        float[] state = new float[CrossbarLayout.PanelWidth];
        float[] writes = [.. Enumerable.Repeat(100f, state.Length)];
        float[] wish = [.. Enumerable.Range(0, state.Length).Select(static j => j % 2 == 0 ? 1f : -1f)];
        float[] trace = new float[16];
        trace[0] = 1f;
        ConductanceKernels.UpdateVaried<ConstantStep, PolarityGain, ContinuousPulses, NoNoise>(
            new(1),
            new(10, 10),
            default,
            new DeviceVariation { WriteCounts = writes, Endurance = 100f },
            state,
            ActiveRows.FromTrace(trace, 1, new int[16], new float[16]),
            wish,
            default,
            0,
            new(new float[state.Length], new float[state.Length], new float[state.Length]));
        Assert.All(state.Chunk(2), static pair => Assert.Equal([0.75f, 0.25f], pair));
        Assert.All(writes, static count => Assert.Equal(101f, count));
    }

    [Fact]
    public void Impossible_variations_are_refused()
    {
        Rejected.OutOfRange("Varying", 4u, () => Write(new DeviceVariation { Varying = 4 }));
        Rejected.OutOfRange("States", 1, () => Write(new DeviceVariation { States = 1 }));
        Rejected.OutOfRange("Endurance", -1f, () => Write(new DeviceVariation { Endurance = -1 }));
        Assert.Throws<ArgumentException>("Constants", () => Write(new DeviceVariation { Varying = 1, Constants = new float[127] }));
        Assert.Throws<ArgumentException>("Lower", () => Write(new DeviceVariation { Lower = new float[127] }));
        Assert.Throws<ArgumentException>("Upper", () => Write(new DeviceVariation { Lower = new float[128] }));
        Assert.Throws<ArgumentException>("WriteCounts", () => Write(new DeviceVariation { Endurance = 5 }));
    }

    [Fact]
    public void Writes_are_counted_in_memory_of_their_own()
    {
        float[] block = new float[192];
        Span<float> Near() => block.AsSpan(64, 128);
        Rejected.Overlap("WriteCounts", () => Write(new DeviceVariation { WriteCounts = Near(), Varying = 1, Constants = block.AsSpan(0, 128) }));
        Rejected.Overlap("WriteCounts", () => Write(new DeviceVariation { WriteCounts = Near(), Lower = block.AsSpan(0, 128), Upper = new float[128] }));
        Rejected.Overlap("WriteCounts", () => Write(new DeviceVariation { WriteCounts = Near(), Lower = new float[128], Upper = block.AsSpan(0, 128) }));
        Rejected.Overlap("WriteCounts", () => Write(new DeviceVariation { WriteCounts = Wish }));
        Rejected.Overlap("state", () => Write(new DeviceVariation { WriteCounts = State }));
    }

    [Fact]
    public void Counters_are_apart_from_every_plane()
    {
        Rejected.Overlap("pulses", () => Write(new DeviceVariation { Varying = 1, Constants = Counters[0] }));
        Rejected.Overlap("writes", () => Write(new DeviceVariation { Lower = Counters[1], Upper = new float[128] }));
        Rejected.Overlap("reads", () => Write(new DeviceVariation { Lower = new float[128], Upper = Counters[2] }));
        Rejected.Overlap("writes", () => Write(new DeviceVariation { WriteCounts = Counters[1] }));
    }

    [Fact]
    public void Varied_updates_allocate_nothing()
    {
        Allocations.SkipUnlessOptimized();
        long bytes = Allocations.Of(static () => Write(default));
        Assert.Equal(0, bytes);
    }

    private static readonly float[] Trace = [.. Enumerable.Repeat(0f, 15).Prepend(1f)];
    private static readonly float[] Wish = new float[128];
    private static readonly float[] State = new float[128];
    private static readonly int[] List = new int[16];
    private static readonly float[] Values = new float[16];
    private static readonly float[][] Counters = [new float[128], new float[128], new float[128]];

    private static void Write(in DeviceVariation variation) =>
        ConductanceKernels.UpdateVaried<SoftBounds, PolarityGain, ContinuousPulses, NoNoise>(
            new(0.1, 0.1), new(1, 1), default, variation, State, ActiveRows.FromTrace(Trace, 1, List, Values), Wish, default, 0, new(Counters[0], Counters[1], Counters[2]));
}
