using RramSnn.Model.Devices;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>Device models by their names and parameters: published numbers, and what follows from the equations.</summary>
public sealed class DeviceModelTests
{
    [Theory]
    [InlineData(0.5, 2.519877)]
    [InlineData(1, 1.251653)]
    [InlineData(2.4, 0.499181)]
    [InlineData(4.88, 0.200303)]
    [InlineData(6, 0.135619)]
    public void Labels_have_the_curvature_of_NeuroSims_table(double label, double scale)
    {
        Assert.Equal(scale, 1 / NonlinearityLabel.ToCurvature(label), 1e-5);
        Assert.Equal(-scale, 1 / NonlinearityLabel.ToCurvature(-label), 1e-5);
    }

    [Fact]
    public void Labels_and_curvatures_are_inverse_to_each_other()
    {
        for (int i = -900; i <= 900; i++)
        {
            double label = i / 100.0;
            Assert.Equal(label, NonlinearityLabel.FromCurvature(NonlinearityLabel.ToCurvature(label)), 1e-9);
        }

        Assert.Equal(0, NonlinearityLabel.ToCurvature(0));
    }

    /// <summary>The label is the largest distance from the straight line, times a constant: here by trying every place.</summary>
    [Theory]
    [InlineData(1e-4)]
    [InlineData(0.0099)]
    [InlineData(0.0101)]
    [InlineData(1)]
    [InlineData(12.5)]
    [InlineData(44)]
    public void A_label_measures_the_largest_distance_from_the_line(double curvature)
    {
        double distance = Enumerable.Range(0, 200_001).Max(i =>
        {
            double x = i / 200_000.0;
            return (DoubleFunctions.OneMinusExp2Negative(curvature * x / Math.Log(2)) / DoubleFunctions.OneMinusExp2Negative(curvature / Math.Log(2))) - x;
        });
        Assert.Equal(1, NonlinearityLabel.FromCurvature(curvature) / (10.1015254 * distance), 1e-6);
    }

    [Theory, InlineData(9.01), InlineData(-9.01), InlineData(double.NaN)]
    public void Labels_beyond_the_table_are_refused(double label) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(label), () => NonlinearityLabel.ToCurvature(label));

    /// <summary>Ag:a-Si of NeuroSim's benchmark: labels 2.4 and -4.88 on 97 pulses.</summary>
    [Fact]
    public void NeuroSims_default_device_has_its_symmetry_point_at_a_third()
    {
        DeviceLaw law = DeviceModels.NeuroSim.Create(2.4, 1 / 97.0, -4.88, 1 / 97.0);
        double up = NonlinearityLabel.ToCurvature(2.4);
        double down = NonlinearityLabel.ToCurvature(4.88);
        Assert.Equal(2.00, up, 0.005);
        Assert.Equal(4.99, down, 0.005);
        double upTarget = 1 / (1 - Math.Exp(-up));
        double downTarget = 1 - (1 / (1 - Math.Exp(-down)));
        double expected = ((up * upTarget) + (down * downTarget)) / (up + down);
        Assert.Equal(expected, law.SymmetryPoint()!.Value, 1e-12);
        Assert.Equal(0.33, expected, 0.005);
        Assert.Equal(1, law.After(0, 97), 1e-12);
        Assert.Equal(0, law.After(1, -97), 1e-12);
    }

    [Fact]
    public void Labels_of_one_sign_are_a_symmetric_device()
    {
        DeviceLaw law = DeviceModels.NeuroSim.Create(1.75, 1 / 32.0, 1.75, 1 / 32.0);
        foreach (double state in new[] { 0, 0.2, 0.5, 0.9, 1 })
        {
            Assert.Equal(law.PotentiationSlope(state), law.DepressionSlope(state), 1e-14);
        }
    }

    /// <summary>u + s_P (1 - γ_P u) and u - s_D (1 - γ_D (1 - u)) cancel where a line crosses another; the rates are those of small pulses.</summary>
    [Theory]
    [InlineData(1e-6, 1, 3e-6, 1)]
    [InlineData(2e-6, 0.6, 1e-6, 0.8)]
    [InlineData(1e-6, -0.5, 1.2e-6, -0.5)]
    public void Linear_steps_cancel_where_their_lines_cross(double up, double upSlope, double down, double downSlope)
    {
        double? actual = DeviceModels.LinearStep.Create(up, upSlope, down, downSlope).SymmetryPoint();
        double expected = (up - (down * (1 - downSlope))) / ((up * upSlope) + (down * downSlope));
        if (upSlope > 0)
        {
            Assert.Equal(expected, actual!.Value, 1e-5);
        }
        else
        {
            Assert.Null(actual);
        }
    }

    [Theory]
    [InlineData(0.01, 0.03, 2)]
    [InlineData(0.02, 0.001, 0.5)]
    [InlineData(0.02, 0.01, 1)]
    public void Equal_powers_cancel_where_the_distances_are_in_proportion(double up, double down, double power) => Assert.Equal(
        1 / (1 + Math.Pow(down / up, 1 / power)), DeviceModels.PowerStep.Create(up, power, down, power).SymmetryPoint()!.Value, 1e-8);

    /// <summary>PANL = ½·tanh(α N/4) on the curve that is normalised to its end points, for pulses that are soft bounds.</summary>
    [Theory, InlineData(0.5), InlineData(3.06), InlineData(10.0), InlineData(35.3)]
    public void Nonlinearity_at_half_the_pulses_follows_the_closed_form(double rateTimesPulses)
    {
        const int Pulses = 100;
        double step = 1 - Math.Exp(-rateTimesPulses / Pulses);
        DeviceLaw law = DeviceModels.LinearStep.Create(step, 1, step, 1);
        Assert.Equal(0.5 * Math.Tanh(rateTimesPulses / 4), (law.After(0, Pulses / 2) / law.After(0, Pulses)) - 0.5, 1e-5);
    }

    [Fact]
    public void Pulses_of_another_size_walk_the_same_curve()
    {
        DeviceLaw law = DeviceModels.NeuroSim.Create(2.4, 1 / 97.0, -4.88, 1 / 100.0);
        DeviceLaw coarse = law.WithPulseSize(4);
        Assert.Equal(law.After(0.2, 20), coarse.After(0.2, 5), 1e-12);
        Assert.Equal(law.After(0.7, -20), coarse.After(0.7, -5), 1e-12);
    }

    [Fact]
    public void Every_model_is_found_by_name_and_says_what_it_takes()
    {
        foreach (DeviceModel model in DeviceModels.All)
        {
            Assert.Same(model, DeviceModels.Get(model.Name.ToUpperInvariant()));
            Assert.Equal(model.Parameters.Count, model.Parameters.Select(static parameter => parameter.Key).Distinct().Count());
            Assert.Contains(model.Parameters, static parameter => parameter.IsPerPulse);
            Assert.DoesNotContain(string.Empty, model.Parameters.Select(static parameter => parameter.Symbol));
            Assert.Contains(model.Parameters[^1].Key, Assert.Throws<ArgumentException>(() => model.Create()).Message, StringComparison.Ordinal);
        }
    }
}
