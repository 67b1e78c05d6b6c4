using FsCheck.Xunit;
using RramSnn.Kernels.Conductance;
using RramSnn.Model.Devices;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public class DeviceTests
{
    [Theory, InlineData("ideal"), InlineData("tiox-3v"), InlineData("TIOX-3V")]
    public void Presets_are_found_by_name(string name) =>
        Assert.Equal(name, DevicePresets.Get(name).Name, ignoreCase: true);

    [Fact]
    public void An_unknown_preset_is_refused_with_the_known_ones()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => DevicePresets.Get("unobtainium"));
        Assert.Contains("device is 'unobtainium'; expected one of ideal, tiox-2v, ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TiOx_has_the_published_numbers()
    {
        Device device = DevicePresets.TiOx3V;
        Assert.Equal(674e-9, device.ToSiemens(1), 15);
        Assert.Equal(33e-9, device.ToSiemens(0), 15);
        Assert.Equal(64, device.PulsesPerRange);
        Assert.Equal(3.06, device.Law.PotentiationSlope(0) * device.PulsesPerRange, 12);
        Assert.Equal(35.3, device.Law.DepressionSlope(1) * device.PulsesPerRange, 12);
    }

    [Property]
    public void Soft_bounds_have_their_symmetry_point_where_both_slopes_meet(ushort a, ushort b)
    {
        double up = (a + 1) / 65537.0;
        double down = (b + 1) / 65537.0;
        DeviceLaw law = DeviceModels.SoftBounds.Create(up, down);
        Assert.Equal(up / (up + down), law.SymmetryPoint()!.Value, 9);
    }

    [Fact]
    public void The_ideal_device_has_no_symmetry_point() => Assert.Null(DevicePresets.Ideal.Law.SymmetryPoint());

    /// <summary>PANL = ½·tanh(α_P·N/4) on the curve that is normalised to its end points (docs/device-models.md).</summary>
    [Theory, InlineData(0.5), InlineData(3.06), InlineData(10.0), InlineData(35.3)]
    public void Nonlinearity_at_half_the_pulses_follows_the_closed_form(double rateTimesPulses)
    {
        const int Pulses = 100;
        float half = TestArrays.Advance(new SoftBounds(rateTimesPulses / Pulses, 1), 0f, Pulses / 2);
        float end = TestArrays.Advance(new SoftBounds(rateTimesPulses / Pulses, 1), 0f, Pulses);
        Assert.Equal(0.5 * Math.Tanh(rateTimesPulses / 4), (half / end) - 0.5, 5);
    }

    [Theory]
    [InlineData(0, 1e-6, 64, "minimumSiemens is 0; expected a positive conductance in siemens.")]
    [InlineData(1e-6, 1e-6, 64, "maximumSiemens is 1E-06; expected a conductance above Gmin, in siemens.")]
    [InlineData(1e-7, 1e-6, 0.5, "pulsesPerRange is 0.5; expected 1 to 1e9.")]
    [InlineData(1e-7, double.NaN, 64, "maximumSiemens is NaN; expected a conductance above Gmin, in siemens.")]
    public void Impossible_devices_are_refused(double low, double high, double pulses, string message)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => new Device("x", "", "", low, high, pulses, DeviceModels.IdealLinear.Create(0.01)));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(101)]
    public void Impossible_rates_are_refused(double rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftBounds(rate, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftBounds(1, rate));
    }
}
