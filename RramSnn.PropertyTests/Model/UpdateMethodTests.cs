using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
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
        PulsePlan plan = new IdealMethod().Plan(DevicePresets.TiOx3V, cell, Range);
        foreach (double wish in new[] { 0.01, -0.01, 0.3, -0.3 })
        {
            Assert.Equal(wish, WeightChange(plan, cell, wish), 1e-6);
        }
    }

    [Fact]
    public void Naive_on_the_ideal_device_is_ideal()
    {
        foreach (SynapseCell cell in Enum.GetValues<SynapseCell>())
        {
            PulsePlan plan = new NaiveMethod().Plan(DevicePresets.Ideal, cell, Range);
            Assert.Equal(0.01, WeightChange(plan, cell, 0.01), 1e-6);
            Assert.Equal(-0.01, WeightChange(plan, cell, -0.01), 1e-6);
        }
    }

    [Fact]
    public void Naive_writes_one_device_of_a_pair()
    {
        PulsePlan plan = new NaiveMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Pair, Range);
        Assert.Equal(0, StateChange(plan.Law, plan.Minus, 0.01));
        Assert.Equal(0, StateChange(plan.Law, plan.Minus, -0.01));
    }

    [Fact]
    public void Naive_inherits_the_asymmetry_of_the_device()
    {
        PulsePlan plan = new NaiveMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Pair, Range);
        double up = WeightChange(plan, SynapseCell.Pair, 0.001);
        double down = -WeightChange(plan, SynapseCell.Pair, -0.001);
        Assert.Equal(35.3 / 3.06, down / up, 0.2);
    }

    /// <summary>dw = Δw - |Δw|·w/W to first order: the same step up and down at w = 0, for any rates.</summary>
    [Property]
    public void Balanced_pair_is_symmetric_whatever_the_rates(ushort a, ushort b)
    {
        Device device = new("x", "", "", 1e-9, 1e-6, 64, DeviceModels.SoftBounds.Create((a + 1) / 66000.0, (b + 1) / 66000.0));
        PulsePlan plan = new BalancedPairMethod().Plan(device, SynapseCell.Pair, Range);
        Assert.Equal(0.001, WeightChange(plan, SynapseCell.Pair, 0.001), 2e-6);
        Assert.Equal(-0.001, WeightChange(plan, SynapseCell.Pair, -0.001), 2e-6);
    }

    [Fact]
    public void Balanced_pair_moves_both_devices_by_half_the_wish_in_opposite_directions()
    {
        PulsePlan plan = new BalancedPairMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Pair, Range);
        foreach (double wish in new[] { 1e-3, -1e-3 })
        {
            Assert.Equal(wish / (2 * Range), StateChange(plan.Law, plan.Plus, wish), 1e-6);
            Assert.Equal(-wish / (2 * Range), StateChange(plan.Law, plan.Minus, wish), 1e-6);
        }
    }

    [Fact]
    public void Balanced_pair_refuses_a_single_device()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new BalancedPairMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Reference, Range));
        Assert.StartsWith("cell is reference; the method balanced-pair expects cell pair.", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Change of a weight that starts at 0 with both devices in the middle.</summary>
    /// <summary>A network whose wishes are all one sign shows the mean: with continuous pulses w moves like that of a balanced pair.</summary>
    [Fact]
    public void A_tandem_pair_learns_like_a_balanced_one_in_the_mean()
    {
        PulsePlan tandem = new TandemPairMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Pair, Range);
        const double Wish = 1e-4;
        double u = 0.5;
        double own = StateChange(tandem.Law, tandem.Plus, Wish);
        double common = StateChange(tandem.Law, tandem.Common!, Wish);
        Assert.Equal(Wish / Range, own, 1e-8);
        Assert.Equal(0, StateChange(tandem.Law, tandem.Minus, Wish));
        Assert.Equal(own, StateChange(tandem.Law, tandem.Minus, -Wish), 1e-9);
        Assert.Equal(common, StateChange(tandem.Law, tandem.Common!, -Wish), 1e-9);

        // The sum of both devices stays: what one gains by its own pulses both lose by the common ones. Continuous depression is the log of a
        // whole pulse's share, so that many small ones go a little further than a few whole ones.
        double shallow = (u - tandem.Law.After(u, -1)) / tandem.Law.DepressionSlope(u);
        Assert.Equal(-own / 2, common * shallow, 2e-8);
    }

    private static double WeightChange(PulsePlan plan, SynapseCell cell, double wish)
    {
        double plus = StateChange(plan.Law, plan.Plus, wish);
        return cell == SynapseCell.Pair
            ? Range * (plus - StateChange(plan.Law, plan.Minus, wish))
            : 2 * Range * plus;
    }

    /// <summary>What the kernel makes of a wish on one device in the middle of its range.</summary>
    private static double StateChange(DeviceLaw law, PulseRule rule, double wish)
    {
        float[] state = [.. Enumerable.Repeat(0.5f, 128)];
        float[] wishes = new float[128];
        wishes[0] = (float)wish;
        PulseCounters counters = new(new float[128], new float[128], new float[128]);
        ActiveRows active = ActiveRows.FromTrace([1f, .. new float[15]], 1, new int[16], new float[16]);
        rule.CreateProgrammer(law, PulseMode.Continuous, DeviceVariability.None).Program(new ArrayCells { States = state }, active, wishes, default, 0, counters);
        Assert.Equal(0f, counters.Reads[0]);
        return state[0] - 0.5;
    }
}
