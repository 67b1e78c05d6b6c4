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

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_state_stays_in_its_range(string name) =>
        ForAll(name, static (device, state, count) =>
            device.Pulse(state, count) is >= 0f and <= 1f && device.Pulse(state, -count) is >= 0f and <= 1f);

    [Theory]
    [MemberData(nameof(Devices))]
    public void Potentiation_never_lowers_and_depression_never_raises_the_state(string name) =>
        ForAll(name, static (device, state, count) => device.Pulse(state, count) >= state && device.Pulse(state, -count) <= state);

    /// <summary>The shares of soft bounds may fall by one ulp from one float to the next, so by one ulp the state may too.</summary>
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
                double ulp = UlpDistance.Spacing(device.Pulse(state, sorted[i]));
                double rise = device.Pulse(state, sorted[i]) - device.Pulse(state, sorted[i - 1]);
                Assert.True(rise >= -ulp, $"{name}: {sorted[i]} pulses at {state}");
                ulp = UlpDistance.Spacing(device.Pulse(state, -sorted[i - 1]));
                double fall = device.Pulse(state, -sorted[i - 1]) - device.Pulse(state, -sorted[i]);
                Assert.True(fall >= -ulp, $"{name}: -{sorted[i]} pulses at {state}");
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
    public void The_quick_form_has_the_same_bits_up_to_its_limit(string name) =>
        ForAll(name, static (device, state, count) =>
            Agrees(device, state, count, 1f) && Agrees(device, state, -1f, count) && Agrees(device, state, -count, 0.37f));

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
            || Math.Abs(device.Pulse(state, count, 3f) - device.Pulse(state, 3f * count)) <= 1e-6);

    [Theory]
    [MemberData(nameof(Devices))]
    public void Two_doses_of_one_polarity_add_up(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        float[] doses = [0.001f, 0.3f, 1f, 2.25f, 17f, 400f];
        foreach (float state in States)
        {
            foreach (float a in doses)
            {
                foreach (float b in doses)
                {
                    Assert.Equal(device.Pulse(state, a + b), device.Pulse(device.Pulse(state, a), b), 1e-6);
                    Assert.Equal(device.Pulse(state, -a - b), device.Pulse(device.Pulse(state, -a), -b), 1e-6);
                }
            }
        }
    }

    /// <summary>Every single pulse may round by half an ulp below one; what the bounds attract they also forget.</summary>
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

                double tolerance = 1e-6 + (count * Math.ScaleB(1, -25));
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
            // A step of about 10⁻³ of the range: curvature and rounding both err by about 10⁻³ of the slope.
            float up = (float)(1e-3 / device.Model.PotentiationSlope(0.5));
            float down = (float)(1e-3 / device.Model.DepressionSlope(0.5));
            double rise = ((double)device.Pulse(state, up) - state) / up;
            double fall = ((double)state - device.Pulse(state, -down)) / down;
            Assert.InRange(rise / device.Model.PotentiationSlope(state), 0.996, 1.004);
            Assert.InRange(fall / device.Model.DepressionSlope(state), 0.996, 1.004);
        }
    }

    private static bool Agrees(DeviceCase device, float state, float pulses, float count) =>
        device.PulseSmall(state, pulses, count) is not float quick || BitwiseAssert.AreEqual([device.Pulse(state, pulses, count)], [quick]);

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
