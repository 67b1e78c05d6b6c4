using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Model.Devices;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>The mean law of phase-change devices against its recursion, pulse by pulse.</summary>
public sealed class ResetCurveTests
{
    // On its plateau the curve is flat to less than the rounding of its exponentials, and where δ is near 1 + m₁ their difference is divided by as little as 1e-6.
    private const double CurveRounding = 1e-9;

    /// <summary>g(n) is the recursion g ← g + m₀ + m₁ g + m₂ p, p ← δ p, up to where it stops rising or leaves the range.</summary>
    [Property(MaxTest = 500)]
    public void Whole_pulses_follow_the_recursion(ushort a, ushort b, ushort c, ushort d)
    {
        double decay = a / 65535.0;
        double constant = (1 + b) / 1e6;
        double perState = -0.99 + (c / 65535.0 * 1.2);
        double perMemory = d / 300_000.0;
        ResetCurve curve = new(decay, constant, perState, perMemory);
        double mean = 0;
        double memory = 1;
        for (int pulse = 0; pulse <= Math.Min(curve.End, 200); pulse++)
        {
            Assert.Equal(mean, curve.At(pulse), 1e-6 * (1 + mean));
            memory *= decay;
            mean += constant + (perState * mean) + (perMemory * memory);
        }

        Assert.InRange(curve.Top, 0, 1);
        Assert.Equal(curve.Top, curve.At(2 * curve.End), 1e-12);
    }

    [Fact]
    public void The_published_device_climbs_to_the_mean_of_its_law()
    {
        // Where 0.88 = 0.084 G: 10.476 µS.
        DeviceLaw law = DevicePresets.Get("pcm-nandakumar").Law;
        Assert.Equal(((0.88 / 0.084) - 0.1) / 11.9, law.After(0, 1e6), 1e-9);
        double mean = 0.1;
        for (int pulse = 1; pulse <= 40; pulse++)
        {
            mean += 0.88 - (0.084 * mean) + (1.40 * Math.Exp(-pulse / 2.6));
            Assert.Equal(mean, 0.1 + (11.9 * law.After(0, pulse)), 1e-9);
            Assert.Equal(pulse, law.PulsesBetween(0, (mean - 0.1) / 11.9), 1e-6);
        }

        Assert.Equal(double.PositiveInfinity, law.PulsesBetween(0, 0.9));
        Assert.Equal(double.NegativeInfinity, law.PulsesBetween(0.5, 0.4));
        Assert.Equal(0, law.PulsesBetween(0.9, 0.9));
        Assert.Equal(0.9, law.After(0.9, 5));
        Assert.Equal(0.4, law.After(0.4, -5));
        Assert.Equal(0, law.PotentiationSlope(0.9));
    }

    [Property(MaxTest = 300)]
    public Property The_law_keeps_the_laws_of_all_models()
    {
        return Prop.ForAll(Arb.From(AnyDevice.Values(DeviceModels.PhaseChange)), static values =>
        {
            DeviceLaw law = DeviceModels.PhaseChange.Create(values);
            Assert.True(law.IsUnidirectional);
            Assert.Null(law.SymmetryPoint());
            foreach (double state in new[] { 0, 0.1, 0.5, 0.97, 1 })
            {
                Assert.Equal(state, law.After(state, 0));
                double last = state;
                foreach (double pulses in new[] { 1e-3, 0.5, 1, 7, 1000 })
                {
                    double next = law.After(state, pulses);
                    Assert.InRange(next, last - CurveRounding, 1);
                    last = next;
                }

                Assert.Equal(law.After(state, 5), law.After(law.After(state, 2), 3), 1e-6);
                Assert.InRange(law.PotentiationSlope(state), 0, double.MaxValue);
            }
        });
    }

    /// <summary>The curve of n pulses of another size is that of size · n pulses, and so is the variance that they gather.</summary>
    [Theory, InlineData(0.25), InlineData(0.5), InlineData(2)]
    public void Pulses_of_another_size_walk_the_same_curve(double size)
    {
        DeviceLaw law = DevicePresets.Get("pcm-nandakumar").Law;
        DeviceLaw other = law.WithPulseSize(size);
        for (int pulses = 0; pulses < 100; pulses++)
        {
            Assert.Equal(law.After(0, size * pulses), other.After(0, pulses), 1e-9);
        }

        Assert.Equal(law.Values[4] * Math.Sqrt(size), other.Values[4], 1e-12);
        double memory = law.Values[0] * law.Values[0];
        double otherMemory = other.Values[0] * other.Values[0];
        Assert.Equal(law.Values[6] * law.Values[6] * memory / (1 - memory), other.Values[6] * other.Values[6] * otherMemory / (1 - otherMemory), 1e-12);
    }
}
