using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Fitting;
using Xunit;

namespace RramSnn.PropertyTests.Model.Fitting;

/// <summary>A fit finds the device that made the readings.</summary>
public class FitRecoveryTests
{
    public static TheoryData<string, int> Cases()
    {
        TheoryData<string, int> data = [];
        foreach (DeviceModel model in DeviceModels.Fittable.Where(static model => model.HasClosedForm))
        {
            data.Add(model.Name, 1);
            data.Add(model.Name, 2);
            data.Add(model.Name, 3);
        }

        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_true_model_is_first_or_ties_at_one_percent_noise(string model, int seed)
    {
        // All models, and for the other seeds those that come closest, which is quicker. Two cycles tell models apart less well than many.
        IReadOnlyList<DeviceModel> rivals = seed == 1 ? DeviceModels.Fittable : [DeviceModels.Get(model), DeviceModels.LinearStep, DeviceModels.Exponential];
        DeviceFit fit = FitCase.Fit(FitCase.Ramps(model, 0.01, seed, cycles: 2), new() { Models = [.. rivals.Distinct()] });
        Assert.True(
            FitCase.Find(fit, model).InformationDistance < DeviceFit.TieDistance,
            string.Join(' ', fit.Models.Select(static item => $"{item.Model.Name}:{item.InformationDistance}")));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Parameters_come_back_within_three_percent_at_one_percent_noise(string model, int seed)
    {
        ModelFit found = FitCase.Fit(FitCase.Ramps(model, 0.01, seed), new() { Models = [DeviceModels.Get(model)] }).Best;
        for (int i = 0; i < FitCase.Values[model].Length; i++)
        {
            Assert.InRange(found.Parameters[i].Value / FitCase.Values[model][i], 0.97, 1.03);
        }

        double range = FitCase.MaximumSiemens - FitCase.MinimumSiemens;
        Assert.InRange(found.Device.MinimumSiemens, FitCase.MinimumSiemens - (0.03 * range), FitCase.MinimumSiemens + (0.03 * range));
        Assert.InRange(found.Device.MaximumSiemens, FitCase.MaximumSiemens - (0.03 * range), FitCase.MaximumSiemens + (0.03 * range));
        Assert.InRange(found.RootMeanSquareSiemens / range, 0.009, 0.011);
        Assert.InRange(found.Device.Variability.ReadNoise, 0.009, 0.011);
        Assert.InRange(found.ResidualCorrelation, -0.2, 0.2);
        Assert.Equal(64, found.Device.PulsesPerRange);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Readings_without_noise_give_the_curve_exactly(string model, int seed)
    {
        MeasuredResponse response = new SyntheticResponse { Device = FitCase.Device(model, new()), StartState = seed * 0.1, Cycles = 2 }.Measure("exact.csv");
        ModelFit found = FitCase.Fit(response, new() { Models = [DeviceModels.Get(model)] }).Best;
        Assert.InRange(found.RootMeanSquareShare, 0, 1e-4);
    }

    [Fact]
    public void Exact_readings_are_not_ranked_by_rounding()
    {
        DeviceFit fit = FitCase.Fit(FitCase.Ramps("soft-bounds", 0, 1, cycles: 1), new());
        Assert.Equal("soft-bounds", fit.Best.Model.Name);
        Assert.Empty(fit.Warnings);
        Assert.Equal(0, fit.Best.Device.Variability.ReadNoise);
        Assert.Equal(0, fit.Best.Device.Variability.StepNoise);
        Assert.Equal(0, fit.Best.Device.Variability.PulseNoise);
    }

    [Fact]
    public void The_true_parameter_lies_in_the_interval_as_often_as_promised()
    {
        const int Seeds = 25;
        double[] truth = [.. FitCase.Values["soft-bounds"], FitCase.MinimumSiemens, FitCase.MaximumSiemens];
        int inside = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            ModelFit fit = FitCase.Fit(FitCase.Ramps("soft-bounds", 0.02, seed, cycles: 2), new() { Models = [DeviceModels.SoftBounds] }).Best;
            inside += fit.Parameters.Zip(truth).Count(static pair => pair.First.Low <= pair.Second && pair.Second <= pair.First.High);
        }

        // 95 of 100 expected; parameters of one fit correlate, so allow for some more than the binomial deviation of 2.2.
        Assert.InRange(inside, 85, 100);
    }

    [Fact]
    public void Alternating_pulses_give_the_rates_if_the_range_is_known()
    {
        SyntheticResponse synthetic = new()
        {
            Device = FitCase.Device("soft-bounds", new() { ReadNoise = 0.005 }),
            Alternates = true,
            Pulses = 100,
            StartState = 1,
            Cycles = 4,
        };
        FitOptions options = new() { Models = [DeviceModels.SoftBounds, DeviceModels.Exponential], MinimumSiemens = FitCase.MinimumSiemens, MaximumSiemens = FitCase.MaximumSiemens };
        ModelFit found = FitCase.Find(FitCase.Fit(synthetic.Measure("alternating.csv"), options), "soft-bounds");
        Assert.Equal(FitCase.MinimumSiemens, found.Device.MinimumSiemens, 1e-15);
        Assert.Equal(FitCase.MaximumSiemens, found.Device.MaximumSiemens, 1e-15);
        Assert.InRange(found.Parameters[0].Value / 0.06, 0.97, 1.03);
        Assert.InRange(found.Parameters[1].Value / 0.12, 0.97, 1.03);
        Assert.False(found.Parameters[^1].IsFitted);
    }

    [Fact]
    public void Relative_weights_suit_noise_in_proportion_to_the_reading()
    {
        // The made-up noise is uniform; scaled here so that each reading scatters by 3 % of itself.
        MeasuredResponse exact = FitCase.Ramps("soft-bounds", 0, 1);
        Random random = new(7);
        MeasuredResponse noisy = new("relative.csv", [.. exact.Traces.Select(trace => trace with
        {
            Readings = [.. trace.Readings.Select(reading => reading with { Siemens = reading.Siemens * (1 + (0.05 * (random.NextDouble() - 0.5))) })],
        })]);
        FitOptions options = new() { Models = [DeviceModels.SoftBounds] };
        double Error(FitWeights weights) => FitCase.Fit(noisy, options with { Weights = weights }).Best.Parameters[2].StandardError;
        Assert.True(Error(FitWeights.Relative) < 0.6 * Error(FitWeights.Uniform));
        Assert.InRange(FitCase.Fit(noisy, options with { Weights = FitWeights.Relative }).Best.Parameters[0].Value / 0.06, 0.97, 1.03);
    }

    [Fact]
    public void The_same_readings_give_the_same_bits()
    {
        MeasuredResponse response = FitCase.Ramps("exponential", 0.02, 3, cycles: 1);
        double[] Values() => [.. FitCase.Fit(response, new()).Models.SelectMany(static fit => fit.Parameters).Select(static parameter => parameter.Value)];
        Assert.Equal(Values(), Values());
    }

    [Fact]
    public void Every_model_with_a_closed_form_is_tried() =>
        Assert.Empty(DeviceModels.Fittable.Where(static model => model.HasClosedForm).Select(static model => model.Name).Except(FitCase.Values.Keys));

    [Fact]
    public void A_fit_can_be_interrupted()
    {
        using CancellationTokenSource interrupt = new();
        interrupt.Cancel();
        Assert.Throws<OperationCanceledException>(() => DeviceFitter.Fit(FitCase.Ramps("soft-bounds", 0.01, 1), new(), interrupt.Token));
    }
}
