using RramSnn.Kernels.Conductance;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>The double-precision form of every device model: the lanes follow it, and it keeps the laws to many more digits.</summary>
public sealed class DeviceReferenceTests
{
    private static readonly double[] States = [0, 1e-6, 0.1, 0.37, 0.5, 0.8, 0.999, 1];

    public static TheoryData<string> Devices => DeviceCase.Names;

    public static TheoryData<string> DevicesWithClosedForm => DeviceCase.ClosedFormNames;

    /// <summary>Pulses that are applied one by one err one by one: there the bound is asserted pulse by pulse.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void The_lanes_follow_it_within_their_rounding(string name)
    {
        DeviceCase device = DeviceCase.Named(name);
        float[] counts = device.HasClosedForm ? [1e-6f, 0.01f, 0.5f, 1f, 3.7f, 64f, 300f, 1e4f] : [1e-6f, 0.01f, 0.5f, 1f];
        foreach (float state in Numbers.Between(0f, 1f, 60, 5))
        {
            foreach (float count in counts)
            {
                Follows(device, state, count);
                Follows(device, state, -count);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Pulses_at_once_equal_single_pulses(string name)
    {
        IDeviceModel device = DeviceCase.Named(name).Model;
        foreach (double start in States)
        {
            double up = start;
            double down = start;
            for (int i = 1; i <= 300; i++)
            {
                up = device.After(up, 1);
                down = device.After(down, -1);
                Assert.Equal(device.After(start, i), up, 1e-12);
                Assert.Equal(device.After(start, -i), down, 1e-12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(DevicesWithClosedForm))]
    public void Fractions_of_pulses_add_up(string name)
    {
        IDeviceModel device = DeviceCase.Named(name).Model;
        foreach (double start in States)
        {
            foreach ((double a, double b) in new[] { (0.3, 0.4), (0.001, 1.7), (2.5, 11.25), (40.1, 0.01) })
            {
                Assert.Equal(device.After(start, a + b), device.After(device.After(start, a), b), 1e-12);
                Assert.Equal(device.After(start, -a - b), device.After(device.After(start, -a), -b), 1e-12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void No_pulses_leave_the_state_and_bounds_hold(string name)
    {
        IDeviceModel device = DeviceCase.Named(name).Model;
        foreach (double start in States)
        {
            Assert.Equal(start, device.After(start, 0), 1e-15);
            Assert.Equal(0, device.PulsesBetween(start, start));
            Assert.InRange(device.After(start, 5000), start, 1);
            Assert.InRange(device.After(start, -5000), 0, start);
        }
    }

    /// <summary>Where one more state in the last digit is more than the tolerance of pulses away, the state decides.</summary>
    [Theory]
    [MemberData(nameof(Devices))]
    public void Pulses_between_two_states_invert_it(string name)
    {
        IDeviceModel device = DeviceCase.Named(name).Model;
        foreach (double from in States)
        {
            foreach (double to in States)
            {
                double pulses = device.PulsesBetween(from, to);
                Assert.True(to > from ? pulses > 0 : to < from ? pulses < 0 : pulses == 0, $"{name}: {from} to {to} takes {pulses}");
                if (double.IsFinite(pulses))
                {
                    Assert.Equal(to, device.After(from, pulses), 1e-10);
                }
                else
                {
                    double end = device.After(from, to > from ? 1e5 : -1e5);
                    Assert.True(to > from ? end <= to : end >= to, $"{name}: {to} is said to be out of reach from {from}, yet there is {end}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Slopes_are_its_derivatives(string name)
    {
        IDeviceModel device = DeviceCase.Named(name).Model;
        foreach (double state in new[] { 0.03, 0.2, 0.5, 0.8, 0.97 })
        {
            CheckSlope(device, state, device.PotentiationSlope(state), 1);
            CheckSlope(device, state, device.DepressionSlope(state), -1);
        }
    }

    private static void CheckSlope(IDeviceModel device, double state, double slope, int sign)
    {
        if (slope == 0)
        {
            Assert.Equal(state, device.After(state, 10 * sign));
            return;
        }

        Assert.InRange((device.After(state, sign * 1e-6 / slope) - state) * sign / 1e-6, 1 - 4e-5, 1 + 4e-5);
    }

    private static void Follows(DeviceCase device, float state, float pulses)
    {
        double expected = device.Model.After(state, pulses);
        float actual = device.Pulse(state, pulses);
        double tolerance = (device.Accuracy * Math.Abs(expected - state)) + (device.PulseError * Math.Min(Math.Abs(pulses), 1)) + UlpDistance.Spacing(actual);
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{device.Name}: {pulses:R} pulses at {state:R} give {actual:R}, expected {expected:R}");
    }
}
