using RramSnn.Model.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>Other quick estimates of wire resistance, which the sweeps have to beat.</summary>
public sealed class WireCandidateTests
{
    [Theory]
    [InlineData(64, 1)]
    [InlineData(64, 5)]
    [InlineData(128, 1)]
    public void Two_sweeps_beat_estimates_that_look_at_each_device_alone(int size, double segment)
    {
        Assert.SkipWhen(Effort.IsReduced && size > 64, "minutes without fused multiply-adds");
        float[] conductances = Numbers.Between(1e-5f, 1e-4f, size * size, size);
        double[] devices = [.. conductances.Select(static g => (double)g)];
        double[] exact = NodalSolver.Factorise(devices, size, size, new WireResistance(segment)).EffectiveConductances.ToArray();
        using WireAttenuation attenuation = new(size, size, new WireResistance(segment), sweeps: 2);
        float[] factors = new float[devices.Length];
        attenuation.Compute(conductances, size, size, factors);

        double series = Error([.. devices.Select((g, k) => g / (1 + (g * segment * ((k % size) + 1 + size - (k / size)))))], exact);
        double ladders = Error(LadderProduct(devices, size, segment), exact);
        double sweeps = Error([.. devices.Zip(factors, static (g, factor) => g * factor)], exact);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"| {size} x {size} | {segment} | {100 * Error(devices, exact):F1} | {100 * series:F1} | {100 * ladders:F2} | {100 * sweeps:F2} |");
        Assert.True(sweeps < 0.5 * ladders && ladders < 0.2 * series, $"{sweeps}, {ladders}, {series}");
    }

    /// <summary>Share of a device's current that comes through its word line, times the share that reaches the end of its bit line, all other lines grounded.</summary>
    private static double[] LadderProduct(double[] devices, int size, double segment)
    {
        Ladder ladder = new(new LineResistance(segment, segment, IsBothEnded: false), size);
        double[] product = [.. devices];
        double[] line = new double[size];
        double[] currents = new double[size];
        for (int index = 0; index < size; index++)
        {
            Multiply(k => (index * size) + k);
            Multiply(k => ((size - 1 - k) * size) + index);
        }

        return product;

        void Multiply(Func<int, int> at)
        {
            for (int k = 0; k < size; k++)
            {
                line[k] = devices[at(k)];
            }

            ladder.Load(line);
            ladder.DriveCurrents(currents);
            for (int k = 0; k < size; k++)
            {
                product[at(k)] *= currents[k] / line[k];
            }
        }
    }

    private static double Error(double[] actual, double[] expected) =>
        Math.Sqrt(actual.Zip(expected, static (a, b) => (a - b) * (a - b)).Sum() / expected.Sum(static b => b * b));
}
