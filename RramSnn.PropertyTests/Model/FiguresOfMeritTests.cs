using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Model.Devices;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public sealed class FiguresOfMeritTests
{
    [Property]
    public void Soft_bounds_have_the_closed_forms(ushort a, ushort b, ushort n)
    {
        double pulses = 1 + (n / 100.0);
        double up = 0.01 + (a / 2000.0);
        double down = 0.01 + (b / 2000.0);
        FiguresOfMerit figures = FiguresOfMerit.Of(SoftBounds(up, down, pulses));
        Assert.Equal(0.5 * Math.Tanh(up / 4), figures.PotentiationNonlinearity!.Value, 1e-9);
        Assert.Equal(0.5 * Math.Tanh(down / 4), figures.DepressionNonlinearity!.Value, 1e-9);
        Assert.Equal(figures.PotentiationNonlinearity + figures.DepressionNonlinearity, figures.AsymmetricNonlinearity);
        Assert.Equal(up / (up + down), figures.SymmetryPoint!.Value, 1e-9);
        double upStep = Math.Min(1, up / (2 * pulses));
        double downStep = Math.Min(1, down / (2 * pulses));
        Assert.Equal((upStep - downStep) / (upStep + downStep), figures.MidRangeAsymmetry, 1e-9);
        Assert.Equal(Label(up), figures.PotentiationLabel!.Value, 1e-5 * Label(up));
        Assert.Equal(-Label(down), figures.DepressionLabel!.Value, 1e-5 * Label(down));
    }

    /// <summary>Pairs of the nonlinearity ν over the ramp and NeuroSim's label (Chen, Peng, Yu, TCAD 2018: A = 1/ν in units of the ramp).</summary>
    [Theory]
    [InlineData(0.5, 0.63)]
    [InlineData(2.0, 2.40)]
    [InlineData(4.99, 4.88)]
    [InlineData(3.06, 3.447)]
    [InlineData(10.0, 6.77)]
    [InlineData(35.3, 8.80)]
    public void Published_labels_are_found(double curvature, double label)
    {
        FiguresOfMerit figures = FiguresOfMerit.Of(SoftBounds(curvature, curvature, 100));
        Assert.Equal(label, figures.PotentiationLabel!.Value, 0.006);
        Assert.Equal(-label, figures.DepressionLabel!.Value, 0.006);
    }

    [Fact]
    public void The_ideal_device_is_linear_and_symmetric()
    {
        FiguresOfMerit figures = FiguresOfMerit.Of(DevicePresets.Ideal);
        Assert.Equal(100, figures.OnOffRatio, 1e-9);
        Assert.Equal(64, figures.States);
        Assert.Equal(0, figures.AsymmetricNonlinearity!.Value, 1e-12);
        Assert.Equal(0, figures.PotentiationLabel!.Value, 1e-9);
        Assert.Equal(0, figures.DepressionLabel!.Value, 1e-9);
        Assert.Null(figures.SymmetryPoint);
        Assert.Equal(0, figures.MidRangeAsymmetry);
        Assert.Equal(0, figures.CycleNoise);
    }

    /// <summary>u(P) = ln(1 + α β P)/β from 0: PANL = ln cosh(β/2)/β where the ramp just reaches the end.</summary>
    [Theory, InlineData(0.5), InlineData(3.0), InlineData(8.0)]
    public void The_exponential_device_has_its_closed_form(double damping)
    {
        const double Pulses = 400;
        double step = (Math.Exp(damping) - 1) / (damping * Pulses);
        Device device = Of(DeviceModels.Exponential.Create(step, damping, step, damping), Pulses);
        FiguresOfMerit figures = FiguresOfMerit.Of(device);
        Assert.Equal(Math.Log(Math.Cosh(damping / 2)) / damping, figures.PotentiationNonlinearity!.Value, 1e-9);
        Assert.Equal(Math.Log(Math.Cosh(damping / 2)) / damping, figures.DepressionNonlinearity!.Value, 1e-9);
    }

    [Fact]
    public void Noise_and_states_come_from_the_variability()
    {
        Device device = Of(DeviceModels.SoftBounds.Create(0.02, 0.04), 64);
        Assert.Equal(0.1 * 0.015, FiguresOfMerit.Of(With(device, new() { StepNoise = 0.1 })).CycleNoise, 1e-12);
        Assert.Equal(0.035, FiguresOfMerit.Of(With(device, new() { PulseNoise = 0.035 })).CycleNoise, 1e-12);
        Assert.Equal(32, FiguresOfMerit.Of(With(device, new() { States = 32 })).States);
    }

    [Property(MaxTest = 300)]
    public Property Figures_of_any_device_lie_in_their_ranges()
    {
        return Prop.ForAll(AnyDevice.Arbitrary, static device =>
        {
            FiguresOfMerit figures = FiguresOfMerit.Of(Of(device.Law, Math.Min(device.PulsesPerRange, 1e4)));
            Assert.True(figures.OnOffRatio > 1);
            AssertIn(-0.5, 0.5, figures.PotentiationNonlinearity);
            AssertIn(-0.5, 0.5, figures.DepressionNonlinearity);
            AssertIn(-10.2, 10.2, figures.PotentiationLabel);
            AssertIn(-10.2, 10.2, figures.DepressionLabel);
            AssertIn(0, 1, figures.SymmetryPoint);
            Assert.InRange(figures.MidRangeAsymmetry, -1, 1);
            Assert.True(figures.CycleNoise >= 0);
        });
    }

    private static void AssertIn(double low, double high, double? value)
    {
        if (value is { } number)
        {
            Assert.InRange(number, low, high);
        }
    }

    // d(ν) = 1/(1 - e^-ν) - 1/ν - ln(ν/(1 - e^-ν))/ν, times 10.1015254.
    private static double Label(double curvature)
    {
        double scale = 1 / (1 - Math.Exp(-curvature));
        return 10.1015254 * (scale - (1 / curvature) - (Math.Log(curvature * scale) / curvature));
    }

    private static Device SoftBounds(double up, double down, double pulses) => Of(DeviceModels.SoftBounds.Create(up / pulses, down / pulses), pulses);

    private static Device Of(DeviceLaw law, double pulses) => new("test", "", "", 1e-6, 1e-5, pulses, law);

    private static Device With(Device device, DeviceVariability variability) =>
        new(device.Name, "", "", device.MinimumSiemens, device.MaximumSiemens, device.PulsesPerRange, device.Law) { Variability = variability };
}
