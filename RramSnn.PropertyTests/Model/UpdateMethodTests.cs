using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public class UpdateMethodTests
{
    private const double Range = 2;

    [Theory, InlineData(SynapseCell.Pair), InlineData(SynapseCell.Reference)]
    public void Ideal_moves_the_weight_by_exactly_the_wish(SynapseCell cell)
    {
        SynapseProgram program = new IdealMethod().Plan(DevicePresets.TiOx3V, cell, Range);
        foreach (double wish in new[] { 0.01, -0.01, 0.3, -0.3 })
        {
            Assert.Equal(wish, WeightChange(program, cell, wish), 12);
        }
    }

    [Fact]
    public void Naive_on_the_ideal_device_is_ideal()
    {
        foreach (SynapseCell cell in Enum.GetValues<SynapseCell>())
        {
            SynapseProgram program = new NaiveMethod().Plan(DevicePresets.Ideal, cell, Range);
            Assert.Equal(0.01, WeightChange(program, cell, 0.01), 12);
            Assert.Equal(-0.01, WeightChange(program, cell, -0.01), 12);
        }
    }

    [Fact]
    public void Naive_sends_as_many_pulses_up_as_down_to_one_device()
    {
        SynapseProgram program = new NaiveMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Pair, Range);
        Assert.Equal(program.Plus.ForIncrease, program.Plus.ForDecrease);
        Assert.True(program.Minus.IsZero);
    }

    [Fact]
    public void Naive_inherits_the_asymmetry_of_the_device()
    {
        SynapseProgram program = new NaiveMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Pair, Range);
        double up = WeightChange(program, SynapseCell.Pair, 0.01);
        double down = -WeightChange(program, SynapseCell.Pair, -0.01);
        Assert.Equal(35.3 / 3.06, down / up, 4);
    }

    /// <summary>dw = Δw - |Δw|·w/W to first order: the same step up and down at w = 0, for any rates.</summary>
    [Property]
    public void Balanced_pair_is_symmetric_whatever_the_rates(ushort a, ushort b)
    {
        Device device = new("x", "", "", 1e-9, 1e-6, 64, _ => DeviceLaw.Of("soft-bounds", new SoftBounds((a + 1) / 66000.0, (b + 1) / 66000.0)));
        SynapseProgram program = new BalancedPairMethod().Plan(device, SynapseCell.Pair, Range);
        Assert.Equal(0.001, WeightChange(program, SynapseCell.Pair, 0.001), 6);
        Assert.Equal(-0.001, WeightChange(program, SynapseCell.Pair, -0.001), 6);
    }

    [Fact]
    public void Balanced_pair_drives_both_devices_in_opposite_directions_and_reads_nothing()
    {
        SynapseProgram program = new BalancedPairMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Pair, Range);
        Assert.True(program.Plus.ForIncrease > 0 && program.Plus.ForDecrease > 0);
        Assert.Equal(-program.Plus.ForDecrease, program.Minus.ForIncrease);
        Assert.Equal(-program.Plus.ForIncrease, program.Minus.ForDecrease);
        Assert.Equal(0, program.ReadsPerWrite);
    }

    [Fact]
    public void Balanced_pair_refuses_a_single_device()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new BalancedPairMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Reference, Range));
        Assert.StartsWith("cell is reference; the method balanced-pair expects cell pair.", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Change of a weight that starts at 0 with both devices in the middle, to first order in the wish.</summary>
    private static double WeightChange(SynapseProgram program, SynapseCell cell, double wish)
    {
        double plus = StateChange(program.Law, program.Plus, wish);
        return cell == SynapseCell.Pair
            ? Range * (plus - StateChange(program.Law, program.Minus, wish))
            : 2 * Range * plus;
    }

    private static double StateChange(DeviceLaw law, PolarityGain gain, double wish)
    {
        double pulses = wish * (wish >= 0 ? gain.ForIncrease : gain.ForDecrease);
        return pulses >= 0 ? pulses * law.PotentiationSlope(0.5) : pulses * law.DepressionSlope(0.5);
    }
}
