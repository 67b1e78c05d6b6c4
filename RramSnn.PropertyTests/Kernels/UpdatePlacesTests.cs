using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Where devices lie and what lies beside them must not matter to them.</summary>
public sealed class UpdatePlacesTests
{
    /// <summary>Columns from 100 on stand for padding that somebody filled with rubbish.</summary>
    private const int Padding = 100;

    public static TheoryData<string> Devices => DeviceCase.Names;

    [Theory]
    [MemberData(nameof(Devices))]
    public void NaN_in_the_padding_stays_there(string name)
    {
        int device = Array.FindIndex(DeviceCase.All, entry => entry.Name == name);
        foreach (bool isStochastic in new[] { false, true })
        {
            FusedCase clean = Case(device, isStochastic);
            FusedCase dirty = Case(device, isStochastic);
            Poison(dirty);
            clean.Fused();
            dirty.Fused();
            BitwiseAssert.Equal(Columns(clean), Columns(dirty), $"fused, {name}");

            BatchUpdateCase cleanBatch = new(Case(device, isStochastic).Array, 3, 2);
            BatchUpdateCase dirtyBatch = new(Case(device, isStochastic).Array, 3, 2);
            Poison(new FusedCase(dirtyBatch.Array, IsPair: false));
            ClearPadding(cleanBatch);
            ClearPadding(dirtyBatch);
            BitwiseAssert.Equal(
                Columns(new FusedCase(cleanBatch.Update().Array, IsPair: false)), Columns(new FusedCase(dirtyBatch.Update().Array, IsPair: false)), $"batch, {name}");
        }
    }

    /// <summary>Arrays of this size have their rows asked for ahead of time.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_array_beyond_the_caches_gets_the_bits_of_its_panels(bool isStochastic)
    {
        FusedCase whole = new(new UpdateCase(1, isStochastic, NoiseKind.None, 4200, 8, 2), IsPair: true);
        FusedCase parts = whole.Again();
        whole.Fused();
        CrossbarLayout layout = parts.Array.Layout;
        for (int panel = 0; panel < layout.PanelCount; panel++)
        {
            Range cells = (panel * layout.PanelLength)..((panel + 1) * layout.PanelLength);
            Range columns = (panel * CrossbarLayout.PanelWidth)..((panel + 1) * CrossbarLayout.PanelWidth);
            PulseCounters counters = new(
                parts.Array.Pulses.AsSpan()[columns], parts.Array.Writes.AsSpan()[columns], new float[CrossbarLayout.PanelWidth]);
            parts.Fused(
                parts.Array.State.AsSpan()[cells], parts.Active, parts.Array.Wish.AsSpan()[columns], panel, counters, parts.Plus.AsSpan()[cells], parts.Current.AsSpan()[columns]);
        }

        BitwiseAssert.Equal(whole.Result, parts.Result, "large array");
    }

    private static FusedCase Case(int device, bool isStochastic)
    {
        FusedCase c = new(new UpdateCase(device, isStochastic, NoiseKind.Step, 14, 1, 6), IsPair: true);
        c.Array.Wish.AsSpan(Padding).Clear();
        return c;
    }

    private static void ClearPadding(BatchUpdateCase c)
    {
        for (int sample = 0; sample < c.Batch; sample++)
        {
            c.Wishes.AsSpan(c.WishLayout.IndexOf(sample, Padding), CrossbarLayout.PanelWidth - Padding).Clear();
        }
    }

    private static void Poison(FusedCase c)
    {
        for (int row = 0; row < c.Array.Rows; row++)
        {
            int padding = c.Array.Layout.IndexOf(row, Padding);
            c.Array.State.AsSpan(padding, CrossbarLayout.PanelWidth - Padding).Fill(float.NaN);
            c.Plus.AsSpan(padding, CrossbarLayout.PanelWidth - Padding).Fill(float.NaN);
        }
    }

    /// <summary>All results but those of the padding.</summary>
    private static float[] Columns(FusedCase c) =>
    [
        .. Enumerable.Range(0, c.Array.Rows).SelectMany(row => c.Array.State[c.Array.Layout.IndexOf(row, 0)..c.Array.Layout.IndexOf(row, Padding)]),
        .. c.Array.Pulses[..Padding], .. c.Array.Writes[..Padding], .. c.Current[..Padding],
    ];
}
