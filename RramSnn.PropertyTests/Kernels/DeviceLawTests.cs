using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The laws that every device model must keep; see <see cref="RramSnn.Kernels.Conductance.IDeviceModel"/>.</summary>
public sealed class DeviceLawTests
{
    private static readonly float[] States =
    [
        0f, float.Epsilon, 1e-30f, 1e-6f, 0.1f, 0.25f, 0.5f, 0.7f, 0.9999f, MathF.BitDecrement(1f), 1f, .. Numbers.Between(0f, 1f, 40, 1),
    ];

    private static readonly float[] Counts =
    [
        float.Epsilon, 1e-30f, 1e-6f, 0.01f, 0.5f, 1f, 2f, 3.7f, 10f, 63.5f, 64f, 65f, 300f, 1e4f, 1e9f, float.MaxValue, .. Numbers.Between(0f, 8f, 40, 2),
    ];

    public static TheoryData<string> Devices => DeviceCase.Names;

    /// <summary>A fraction of a pulse after other fractions is another path than one pulse, where pulses are applied one by one.</summary>
    public static TheoryData<string> DevicesWithClosedForm => DeviceCase.ClosedFormNames;

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_state_stays_in_its_range(string name) =>
        ForAll(name, static (device, state, count) =>
            device.Pulse(state, count) is >= 0f and <= 1f && device.Pulse(state, -count) is >= 0f and <= 1f);

    /// <summary>The kernels choose the form of a law by counts that are not damped.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void Damping_makes_pulses_count_for_less(string name) =>
        ForAll(name, static (device, state, count) =>
            device.Damping(state, count) is >= 0f and <= 1f + (float)ElementaryBounds.Exp2 && device.Damping(state, -count) is >= 0f and <= 1f + (float)ElementaryBounds.Exp2);

    /// <summary>Hosts can write anything into a view of the states: any number of pulses must come to an end, and other lanes are none the worse.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void Pulses_end_where_the_state_is_no_number(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        foreach (float state in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            foreach (float count in (float[])[0.5f, 2f, 1e9f, -1e9f, float.MaxValue, -float.MaxValue])
            {
                float after = device.Pulse(state, count);
                Assert.True(float.IsNaN(after) || after is (>= 0f and <= 1f) || float.IsInfinity(after), $"{name}: {count} pulses at {state}: {after}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Potentiation_never_lowers_and_depression_never_raises_the_state(string name) =>
        ForAll(name, static (device, state, count) => device.Pulse(state, count) >= state && device.Pulse(state, -count) <= state);

    /// <summary>The laws' functions may fall a little from one float to the next: by no more than their error, and one ulp of the state.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void More_pulses_go_further(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        foreach (float state in States)
        {
            float[] sorted = [.. Counts.Order()];
            for (int i = 1; i < sorted.Length; i++)
            {
                double rise = device.Pulse(state, sorted[i]) - device.Pulse(state, sorted[i - 1]);
                Assert.True(rise >= -Slack(device, state, sorted[i]), $"{name}: {sorted[i]} pulses at {state}");
                double fall = device.Pulse(state, -sorted[i - 1]) - device.Pulse(state, -sorted[i]);
                Assert.True(fall >= -Slack(device, state, -sorted[i - 1]), $"{name}: -{sorted[i]} pulses at {state}");
            }
        }
    }

    /// <summary>Pulses whose rate is not finite have no zeroth part, and nothing in the kernels asks for it.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void Zero_pulses_leave_every_bit(string name) =>
        ForAll(name, static (device, state, count) => count > 1e30f || BitwiseAssert.AreEqual(
            [state, state, state, state],
            [device.Pulse(state, 0f), device.Pulse(state, -0f), device.Pulse(state, count, 0f), device.Pulse(state, -count, 0f)]));

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_quick_forms_have_the_same_bits_up_to_their_limits(string name) =>
        ForAll(name, static (device, state, count) =>
            Agrees(device, state, count, 1f) && Agrees(device, state, -1f, count) && Agrees(device, state, -count, 0.37f));

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_limits_of_the_quick_forms_are_in_order(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        Assert.True(device.SmallLimit is -1 or > 0 && device.MediumLimit >= device.SmallLimit);
    }

    /// <summary>Rates and counts whose rounded product is the limit: there the kernels still promise.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void The_quick_forms_have_the_same_bits_at_their_limits(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        foreach (float limit in new[] { device.SmallLimit, device.MediumLimit }.Where(static limit => float.IsFinite(limit) && limit > 0))
        {
            foreach (float pulses in Numbers.Between(0.01f, 3f, 200, 3))
            {
                float count = limit / Math.Abs(device.Rate(pulses));
                for (int i = -3; i <= 3; i++)
                {
                    float near = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(count) + i);
                    Assert.All(States, state => Assert.True(Agrees(device, state, pulses, near) && Agrees(device, 1f - state, -pulses, near)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_sign_of_the_pulses_is_the_direction(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        Assert.True(device.Pulse(0.5f, 1f) > 0.5f);
        Assert.True(device.Pulse(0.5f, -1f) < 0.5f);
        Assert.Equal(0f, device.Pulse(0f, -5f));
        Assert.Equal(1f, device.Pulse(1f, 5f));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Pulses_and_their_count_multiply(string name) =>
        ForAll(name, static (device, state, count) => count > 1e8f
            || Math.Abs(device.Pulse(state, count, 3f) - device.Pulse(state, 3f * count)) <= 1e-6 + (2 * device.Accuracy));

    [Theory]
    [MemberData(nameof(DevicesWithClosedForm))]
    public void Two_doses_of_one_polarity_add_up(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        double tolerance = device.Expansion * (1e-6 + (3 * device.Accuracy));
        float[] doses = [0.001f, 0.3f, 1f, 2.25f, 17f, 400f];
        foreach (float state in States)
        {
            foreach (float a in doses)
            {
                foreach (float b in doses)
                {
                    Assert.Equal(device.Pulse(state, a + b), device.Pulse(device.Pulse(state, a), b), tolerance);
                    Assert.Equal(device.Pulse(state, -a - b), device.Pulse(device.Pulse(state, -a), -b), tolerance);
                }
            }
        }
    }

    /// <summary>
    /// Every single pulse may round by half an ulp below one, and all of them together err by the law's share of the way, at most 1. Errors
    /// add up, and grow no more than a law carries two states apart.
    /// </summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void Many_pulses_at_once_equal_single_pulses(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        foreach (int count in new[] { 2, 3, 10, 100, 1000 })
        {
            foreach (float start in new[] { 0f, 0.1f, 0.37f, 0.5f, 0.9f, 1f })
            {
                float up = start;
                float down = start;
                for (int i = 0; i < count; i++)
                {
                    up = device.Pulse(up, 1f);
                    down = device.Pulse(down, -1f);
                }

                double tolerance = device.Expansion * (1e-6 + (2 * device.Accuracy) + (count * Math.ScaleB(1, -25)));
                Assert.Equal(device.Pulse(start, count), up, tolerance);
                Assert.Equal(device.Pulse(start, -count), down, tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Slopes_are_the_derivatives_by_the_pulse_count(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        foreach (float state in new[] { 0.05f, 0.2f, 0.5f, 0.8f, 0.95f })
        {
            CheckSlope(device, state, device.Model.PotentiationSlope(state), 1);
            CheckSlope(device, state, device.Model.DepressionSlope(state), -1);
        }
    }

    /// <summary>A step of 10⁻⁴ of the range: curvature, at most 40 times the slope, and rounding both err by about 10⁻³ of it.</summary>
    private static void CheckSlope(DeviceCase device, float state, double slope, int sign)
    {
        if (slope == 0)
        {
            Assert.Equal(state, device.Pulse(state, 10f * sign));
            return;
        }

        float pulses = (float)(1e-4 / slope);
        Assert.InRange(((double)device.Pulse(state, sign * pulses) - state) * sign / pulses / slope, 0.996, 1.004);
    }

    private static double Slack(DeviceCase device, float state, float pulses)
    {
        float next = device.Pulse(state, pulses);
        return UlpDistance.Spacing(next) + (2 * device.Accuracy * Math.Abs(next - state));
    }

    private static bool Agrees(DeviceCase device, float state, float pulses, float count) =>
        Agrees(device.PulseSmall(state, pulses, count), device.Pulse(state, pulses, count))
        && Agrees(device.PulseMedium(state, pulses, count), device.Pulse(state, pulses, count));

    private static bool Agrees(float? quick, float full) => quick is not float value || BitwiseAssert.AreEqual([full], [value]);

    private static void ForAll(string name, Func<DeviceCase, float, float, bool> law)
    {
        DeviceCase device = DeviceCase.Named(name);
        foreach (float state in States)
        {
            foreach (float count in Counts)
            {
                Assert.True(
                    law(device, state, count),
                    $"{name}: {count:R} pulses at {state:R} give {device.Pulse(state, count):R}, {device.Pulse(state, -count):R}");
            }
        }
    }
}
