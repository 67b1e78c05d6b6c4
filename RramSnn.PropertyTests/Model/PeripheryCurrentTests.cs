using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Periphery;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>Currents of one step of a layer with a periphery.</summary>
public sealed class PeripheryCurrentTests
{
    private static readonly ulong[] Spikes = [0x0123_4567_89AB_CDEFul, 0x2A];

    [Theory, InlineData(SynapseCell.Pair), InlineData(SynapseCell.Reference)]
    public void Currents_through_many_bits_are_the_plain_ones_within_half_a_step_per_array(SynapseCell cell)
    {
        float[] plain = Currents(new NetworkPeriphery(), cell);
        float[] converted = Currents(new NetworkPeriphery { ArraySize = 512, AdcBits = 16, AdcRange = 70 }, cell);
        double offset = 1 + (DevicePresets.TiOx3V.MinimumSiemens / (DevicePresets.TiOx3V.MaximumSiemens - DevicePresets.TiOx3V.MinimumSiemens));
        double step = 70 * offset / (cell == SynapseCell.Pair ? 65535 : 32767);
        Assert.All(plain.Zip(converted), pair => Assert.Equal(pair.First, pair.Second, (cell == SynapseCell.Pair ? step : step / 2) + 2e-5));
        Assert.Contains(plain.Zip(converted), static pair => pair.First != pair.Second);
    }

    [Theory, InlineData(SynapseCell.Pair), InlineData(SynapseCell.Reference)]
    public void Wires_that_take_next_to_nothing_leave_the_plain_currents(SynapseCell cell)
    {
        float[] plain = Currents(new NetworkPeriphery(), cell);
        Assert.All(plain.Zip(Currents(new NetworkPeriphery { WireResistance = 1e-6 }, cell)), static pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
    }

    [Theory, InlineData(WireModel.Quick), InlineData(WireModel.Exact)]
    public void Wires_give_the_currents_of_the_effective_states(WireModel model)
    {
        NetworkPeriphery periphery = new() { ArraySize = 64, WireResistance = 500, DriverResistance = 100, WireModel = model };
        NetworkOptions options = TinyRuns.Options() with { Periphery = periphery };
        using Network network = new(options);
        Crossbar crossbar = network.Layers[0].Crossbar;
        TileGrid grid = new(crossbar.Layout, 64, 64);
        using WiredStates wired = new(grid, new WireResistance(500) { Driver = 100 }, options.Device.MinimumSiemens, options.Device.MaximumSiemens);
        (float[] plus, float[] minus) = (new float[crossbar.Layout.Length], new float[crossbar.Layout.Length]);
        if (model == WireModel.Quick)
        {
            wired.Estimate(crossbar.Plus, plus);
            wired.Estimate(crossbar.Minus, minus);
        }
        else
        {
            wired.Solve(crossbar.Plus, plus);
            wired.Solve(crossbar.Minus, minus);
        }

        float[] expected = new float[crossbar.Layout.PaddedColumns];
        new PeripheryProduct(grid, new PeripheryOptions()).ComputeSpikes(plus, minus, Spikes, expected);
        float[] actual = Currents(periphery, SynapseCell.Pair);
        Assert.All(expected.Zip(actual), static pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
        Assert.True(Currents(new NetworkPeriphery(), SynapseCell.Pair).Zip(actual).Max(static pair => Math.Abs(pair.First - pair.Second)) > 0.05f);
    }

    /// <summary>The first layer's currents of some spikes.</summary>
    private static float[] Currents(NetworkPeriphery periphery, SynapseCell cell)
    {
        using Network network = new(TinyRuns.Options(method: cell == SynapseCell.Pair ? "balanced-pair" : "naive", cell: cell) with { Periphery = periphery });
        using WorkerScratch scratch = network.CreateScratch();
        Layer layer = network.Layers[0];
        layer.Product.WorkOutWires(measures: true, worker: 0, workers: 1, scratch);
        float[] current = new float[layer.Crossbar.Layout.PaddedColumns];
        layer.Product.Compute(
            new LayerInput(Spikes), new StepContext(0, Learns: false, Measures: true), new PanelRange(0, layer.Crossbar.Layout.PanelCount), scratch, current);
        return current[..layer.Neurons];
    }
}
