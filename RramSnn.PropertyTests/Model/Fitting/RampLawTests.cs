using FsCheck.Xunit;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Fitting;
using Xunit;

namespace RramSnn.PropertyTests.Model.Fitting;

/// <summary>Laws of the parts of a fit.</summary>
public class RampLawTests
{
    public static TheoryData<string> ModelNames => [.. FitCase.Values.Keys];

    [Property]
    public void Every_reading_counts_once(int seed, byte length)
    {
        Random random = new(seed);
        double pulse = 0;
        bool isPotentiation = true;
        List<PulseReading> readings = [];
        for (int i = 0; i < length + 2; i++)
        {
            isPotentiation = random.Next(4) == 0 ? !isPotentiation : isPotentiation;
            pulse = random.Next(20) == 0 ? 0 : pulse + 1 + random.Next(2);
            readings.Add(new(pulse, isPotentiation, 1e-6 * (1 + random.NextDouble())));
        }

        MeasuredTrace trace = new("1", "1", readings);
        List<MeasuredRamp> ramps = RampSplitter.Split(trace, new(0.01e-6, 1e-6));
        double[] counts = new double[readings.Count];
        foreach (MeasuredRamp ramp in ramps)
        {
            Assert.Equal(0, ramp.Pulses[0]);
            Assert.True(ramp.Count >= 2);
            for (int i = 0; i < ramp.Count; i++)
            {
                counts[ramp.First + i] += ramp.Shares[i];
                Assert.Equal(readings[ramp.First + i].Siemens, ramp.Siemens[i]);
                Assert.True(i == 0 || Math.Sign(ramp.Pulses[i]) * (readings[ramp.First + i].IsPotentiation ? 1 : -1) >= 0);
            }
        }

        // Only a reading of its own, with a turn or a new start on both sides, tells no step.
        Assert.All(Enumerable.Range(0, counts.Length), i => Assert.True(counts[i] == 1 || (counts[i] == 0 && Begins(readings, i) && Begins(readings, i + 1))));
    }

    [Theory, MemberData(nameof(ModelNames))]
    public void Derivatives_are_those_of_the_prediction_with_start_states_that_follow(string model)
    {
        (FitSpace space, RampSimulation simulation, double[] point) = Problem(model);
        double[,] derivatives = new double[simulation.Observed.Length, space.Dimension];
        simulation.Differentiate(point, new bool[space.Dimension], derivatives);
        for (int j = 0; j < space.Dimension; j++)
        {
            const double Step = 1e-4;
            double[] up = Predict(simulation, point, j, Step);
            double[] down = Predict(simulation, point, j, -Step);
            for (int i = 0; i < up.Length; i++)
            {
                // The derivative itself jumps where the curve reaches a clamp: there both differ a little.
                Assert.Equal((up[i] - down[i]) / (2 * Step), derivatives[i, j], 0.02 + (0.02 * Math.Abs(derivatives[i, j])));
            }
        }
    }

    [Theory, MemberData(nameof(ModelNames))]
    public void The_start_state_is_the_best_one(string model)
    {
        (FitSpace space, RampSimulation simulation, double[] point) = Problem(model);
        double[] exact = new double[simulation.Observed.Length];
        Assert.InRange(simulation.Predict(point, exact), 0, 1e-12);
        Assert.Equal(0.2, simulation.StartStates[0], 1e-6);
        Assert.Equal(point.Length, space.Dimension);
    }

    [Fact]
    public void Without_write_noise_whitening_changes_nothing()
    {
        (_, RampSimulation simulation, double[] point) = Problem("soft-bounds");
        double[] before = new double[simulation.Observed.Length];
        double[] after = new double[simulation.Observed.Length];
        double[] weights = [.. simulation.Weights];
        simulation.Predict(point, before);
        simulation.Whiten(new(Read: 0.01, Step: 0, Pulse: 0), point);
        simulation.Predict(point, after);
        Assert.Equal(before, after);
        Assert.Equal(weights, simulation.Weights);
        Assert.Equal(0, simulation.LogVariances);
    }

    [Fact]
    public void With_much_write_noise_a_prediction_follows_the_reading_before_it()
    {
        (FitSpace space, RampSimulation simulation, double[] point) = Problem("soft-bounds");
        simulation.Whiten(new(Read: 1e-6, Step: 0, Pulse: 1), point);
        point[0] += 0.5;
        double[] predicted = new double[simulation.Observed.Length];
        simulation.Predict(point, predicted);
        DeviceLaw law = space.LawOf(point);
        double low = point[space.MinimumIndex];
        double range = point[space.MaximumIndex] - low;
        for (int i = 2; i <= 20; i++)
        {
            Assert.Equal(low + (range * law.After((simulation.Observed[i - 1] - low) / range, 1)), predicted[i], 1e-6);
        }
    }

    private static bool Begins(List<PulseReading> readings, int i) =>
        i == 0 || i == readings.Count || readings[i].IsPotentiation != readings[i - 1].IsPotentiation || readings[i].Pulse < readings[i - 1].Pulse;

    private static double[] Predict(RampSimulation simulation, double[] point, int j, double step)
    {
        double[] moved = [.. point];
        moved[j] += step;
        double[] predicted = new double[simulation.Observed.Length];
        simulation.Predict(moved, predicted);
        return predicted;
    }

    /// <summary>Exact readings of 20 pulses up and 20 down from the state 0.2, and the point in the space of the device that made them.</summary>
    private static (FitSpace Space, RampSimulation Simulation, double[] Point) Problem(string model)
    {
        Device device = FitCase.Device(model, new());
        MeasuredResponse response = new SyntheticResponse { Device = device, Pulses = 20, StartState = 0.2 }.Measure("exact.csv");
        List<MeasuredRamp> ramps = RampSplitter.Split(response.Traces[0], ResponseNoise.Of(response));
        FitSpace space = new(device.Law.Model, ramps, new());
        double[] point = [.. device.Law.Values.ToArray().Select((value, i) => space.ToCoordinate(i, value)), device.MinimumSiemens / space.Scale, device.MaximumSiemens / space.Scale];
        return (space, new RampSimulation(space, ramps, isRelative: false), point);
    }
}
