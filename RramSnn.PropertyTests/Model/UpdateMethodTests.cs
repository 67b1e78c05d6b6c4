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

    public static TheoryData<string> InvertibleDevices =>
        [.. DevicePresets.All.Where(static device => device.Law.ExactInversion(1) is not null).Select(static device => device.Name)];

    /// <summary>Exactly the wish, at every state from which the range has room for it.</summary>
    [Theory, MemberData(nameof(InvertibleDevices))]
    public void Exact_inversion_moves_every_state_by_the_wish(string name)
    {
        DeviceLaw law = DevicePresets.Get(name).Law;
        foreach (float start in new[] { 0.03f, 0.2f, 0.5f, 0.77f, 0.97f })
        {
            foreach (float change in new[] { 1e-5f, 1e-3f, 0.02f, 0.3f, -1e-5f, -1e-3f, -0.02f, -0.3f })
            {
                float[] state = [.. Enumerable.Repeat(start, 128)];
                PulseCounters counters = new(new float[128], new float[128], new float[128]);
                ActiveRows active = ActiveRows.FromTrace([1f, .. new float[15]], 1, new int[16], new float[16]);
                law.ExactInversion(1)!.CreateProgrammer(law, PulseMode.Continuous, DeviceVariability.None)
                    .Program(new ArrayCells { States = state }, active, [.. Enumerable.Repeat(change, 128)], default, 0, counters);
                float expected = Math.Clamp(start + change, 0f, 1f);
                Assert.Equal(expected, state[77], 2e-6f + (1e-4f * Math.Abs(change)));
                Assert.Equal(1f, counters.Reads[77]);
            }
        }
    }

    [Theory, InlineData("polarity-scaled"), InlineData("push-pull"), InlineData("symmetry-point"), InlineData("linearized-inversion")]
    public void A_small_wish_is_fulfilled_at_rest(string name)
    {
        foreach (Device device in DevicePresets.All.Where(static device => device.Law.PotentiationSlope(0.5) > 0 && device.Law.DepressionSlope(0.5) > 0))
        {
            UpdateMethod method = UpdateMethods.Get(name);
            PulsePlan plan = method.Plan(device, SynapseCell.Pair, Range);
            float rest = (float)plan.Rest;
            double plus = StateChange(plan.Law, plan.Plus, 1e-4, rest, method.NeedsReads) - StateChange(plan.Law, plan.Minus, 1e-4, rest, method.NeedsReads);
            double minus = StateChange(plan.Law, plan.Plus, -1e-4, rest, method.NeedsReads) - StateChange(plan.Law, plan.Minus, -1e-4, rest, method.NeedsReads);
            Assert.Equal(1e-4, Range * plus, 4e-6);
            Assert.Equal(-1e-4, Range * minus, 4e-6);
        }
    }

    /// <summary>Rules of methods that need no reads look at no state, whatever the wish and the device.</summary>
    [Fact]
    public void Methods_without_reads_read_nothing()
    {
        foreach (UpdateMethod method in UpdateMethods.All.Where(static method => !method.NeedsReads))
        {
            foreach (Device device in DevicePresets.All.Where(method.CanDrive))
            {
                PulsePlan plan = method.Plan(device, SynapseCell.Pair, Range);
                foreach (PulseRule rule in new[] { plan.Plus, plan.Minus, plan.Common }.OfType<PulseRule>())
                {
                    StateChange(plan.Law, rule, 0.1);
                    StateChange(plan.Law, rule, -0.1);
                }
            }
        }
    }

    /// <summary>A network whose wishes are all one sign shows the mean: with continuous pulses w moves like that of a balanced pair.</summary>
    [Fact]
    public void A_tandem_pair_learns_like_a_balanced_one_in_the_mean()
    {
        PulsePlan tandem = new TandemPairMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Pair, Range);
        const double Wish = 1e-4;
        double u = tandem.Rest;
        double own = StateChange(tandem.Law, tandem.Plus, Wish, (float)u);
        double common = StateChange(tandem.Law, tandem.Common!, Wish, (float)u);
        Assert.Equal(Wish / Range, own, 1e-8);
        Assert.Equal(0, StateChange(tandem.Law, tandem.Minus, Wish));
        Assert.Equal(own, StateChange(tandem.Law, tandem.Minus, -Wish, (float)u), 1e-9);
        Assert.Equal(common, StateChange(tandem.Law, tandem.Common!, -Wish, (float)u), 1e-9);

        // The sum of both devices stays: what one gains by its own pulses both lose by the common ones. Continuous depression is the log of a
        // whole pulse's share, so that many small ones go a little further than a few whole ones.
        double shallow = (u - tandem.Law.After(u, -1)) / tandem.Law.DepressionSlope(u);
        Assert.Equal(-own / 2, common * shallow, 2e-8);
    }

    /// <summary>Change of a weight that starts at 0 with both devices in the middle.</summary>
    private static double WeightChange(PulsePlan plan, SynapseCell cell, double wish)
    {
        double plus = StateChange(plan.Law, plan.Plus, wish);
        return cell == SynapseCell.Pair
            ? Range * (plus - StateChange(plan.Law, plan.Minus, wish))
            : 2 * Range * plus;
    }

    /// <summary>What the kernel makes of a wish on one device, which it reads only for a method that needs it.</summary>
    private static double StateChange(DeviceLaw law, PulseRule rule, double wish, float start = 0.5f, bool needsReads = false)
    {
        float[] state = [.. Enumerable.Repeat(start, 128)];
        float[] wishes = new float[128];
        wishes[0] = (float)wish;
        PulseCounters counters = new(new float[128], new float[128], new float[128]);
        ActiveRows active = ActiveRows.FromTrace([1f, .. new float[15]], 1, new int[16], new float[16]);
        rule.CreateProgrammer(law, PulseMode.Continuous, DeviceVariability.None).Program(new ArrayCells { States = state }, active, wishes, default, 0, counters);
        Assert.True(needsReads || counters.Reads.IndexOfAnyExcept(0f) < 0, "a device was read");
        return state[0] - start;
    }
}
