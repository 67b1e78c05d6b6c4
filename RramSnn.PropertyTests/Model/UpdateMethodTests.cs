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

    [Fact]
    public void Voltages_are_paired_by_their_rates()
    {
        Device device = new VoltagePairedMethod().Setting(DevicePresets.TiOx3V);
        Assert.Equal((186.3e-9, 674e-9), (device.MinimumSiemens, device.MaximumSiemens));
        Assert.Equal((3, -2.5), (device.PulseConditions!.PotentiationVolts, device.PulseConditions.DepressionVolts));
        Assert.Equal(35.29 / 30.58, device.Law.Values[1] / device.Law.Values[0], 1e-9);

        // The published curves in siemens: 64 pulses are 100 thousand of theirs.
        Assert.Equal(674e-9 - (487.7e-9 * Math.Exp(-30.58e-3 * 100)), device.ToSiemens(device.Law.After(0, 64)), 1e-15);
        Assert.Equal(186.3e-9 + (487.7e-9 * Math.Exp(-35.29e-3 * 100)), device.ToSiemens(device.Law.After(1, -64)), 1e-15);
        string[] devices = ["tiox-2v", "tiox-2.5v"];
        Assert.All(devices, name => Assert.Equal(device.Law.Values.ToArray(), new VoltagePairedMethod().Setting(DevicePresets.Get(name)).Law.Values.ToArray()));
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new VoltagePairedMethod().Plan(DevicePresets.Ideal, SynapseCell.Pair, Range));
        Assert.StartsWith("device ideal has no voltage_curves that share a range; the method voltage-paired expects one of each polarity.", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>h = (h_P + h_D)/2 of the exponential device is even about ½; its integral in closed form is the matched synapse.</summary>
    [Fact]
    public void A_matched_synapse_integrates_the_mean_step()
    {
        const double Damping = 3;
        const double Step = 1e-3;
        Device device = new("steep", "", "", 1e-6, 2e-6, 100, DeviceModels.Exponential.Create(Step, Damping, Step, Damping));
        DeviceLaw matched = new DynamicsMatchedMethod().Plan(device, SynapseCell.Pair, Range).Law;
        for (double u = 0.01; u < 1; u += 0.07)
        {
            double rise = Phi(device.Law.After(u, 1)) - Phi(u);
            Assert.Equal(rise, matched.PotentiationSlope(Phi(u)), 0.02 * Step);
            Assert.Equal(matched.PotentiationSlope(Phi(u)), matched.DepressionSlope(1 - Phi(u)), 1e-3 * Step);
        }

        static double Phi(double u) => (1 - Math.Exp(-Damping * u) + Math.Exp(-Damping * (1 - u)) - Math.Exp(-Damping)) / (2 * (1 - Math.Exp(-Damping)));
    }

    [Fact]
    public void Soft_bounds_of_equal_rates_leave_nothing_to_match()
    {
        DeviceLaw law = DeviceModels.SoftBounds.Create(0.05, 0.05);
        DeviceLaw matched = new DynamicsMatchedMethod().Plan(new Device("even", "", "", 1e-6, 2e-6, 64, law), SynapseCell.Pair, Range).Law;
        for (double u = 0; u <= 1; u += 0.1)
        {
            Assert.Equal(law.After(u, 1) - u, matched.PotentiationSlope(u), 1e-6);
            Assert.Equal(u - law.After(u, -1), matched.DepressionSlope(u), 1e-6);
        }
    }

    [Fact]
    public void A_spread_follows_to_the_matched_law()
    {
        PulsePlan plan = new DynamicsMatchedMethod().Plan(DevicePresets.TiOx3V, SynapseCell.Pair, Range);
        Device device = DevicePresets.TiOx3V.As(plan.Law, DevicePresets.TiOx3V.Variability);
        Assert.Equal(0.25, device.Variability.Spread["potentiation_steps"]);
        Assert.Equal(0.25, device.Variability.Spread["depression_steps"]);
        Assert.Empty(DevicePresets.TiOx3V.As(DevicePresets.Ideal.Law, DevicePresets.TiOx3V.Variability).Variability.Spread);
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
