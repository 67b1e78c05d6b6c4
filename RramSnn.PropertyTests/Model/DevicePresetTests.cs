using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public sealed class DevicePresetTests
{
    public static TheoryData<string> Names => [.. DevicePresets.All.Select(static device => device.Name)];

    [Fact]
    public void Names_are_unique_and_in_lower_case()
    {
        string[] names = [.. DevicePresets.All.Select(static device => device.Name)];
        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
        Assert.All(names, static name => Assert.Equal(name.ToLowerInvariant(), name));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_preset_says_what_it_is_where_from_and_what_was_approximated(string name)
    {
        Device device = DevicePresets.Get(name);
        Assert.InRange(device.Description.Length, 20, 80);
        Assert.NotEqual("", device.Source);
        Assert.True(device.Note.Length > 0 || name == "ideal");
        Device copy = DeviceFile.Parse(DeviceFile.ToJson(device), name);
        Assert.Equal(DeviceFile.ToCompactJson(device), DeviceFile.ToCompactJson(copy));
    }

    /// <summary>NeuroSim's benchmark tables: on-state resistance, on/off ratio, states, labels, noise.</summary>
    [Theory]
    [InlineData("ag-a-si", 26e6, 12.5, 97, 2.4, -4.88, 0.035)]
    [InlineData("taox-tio2", 5e6, 2, 102, 1.85, -1.79, 0.01)]
    [InlineData("taox-hfox", 100e3, 10, 128, 0.04, -0.63, 0.037)]
    [InlineData("pcmo", 23e6, 6.84, 50, 3.68, -6.76, 0.01)]
    [InlineData("alox-hfo2", 16.9e3, 4.43, 40, 1.94, -0.61, 0.05)]
    [InlineData("epiram", 81e3, 50.2, 64, 0.5, -0.5, 0.02)]
    [InlineData("hzo-fefet", 559.28e3, 45, 32, 1.75, 1.46, 0.005)]
    [InlineData("gst-pcm", 4.71e3, 19.8, 100, 0.105, 2.4, 0.015)]
    public void NeuroSim_devices_have_the_published_figures(string name, double ohms, double onOffRatio, double states, double up, double down, double noise)
    {
        Device device = DevicePresets.Get(name);
        FiguresOfMerit figures = FiguresOfMerit.Of(device);
        Assert.Equal(ohms, 1 / device.MaximumSiemens, ohms * 1e-12);
        Assert.Equal(onOffRatio, figures.OnOffRatio, 1e-9);
        Assert.Equal(states, figures.States);
        Assert.Equal(noise, figures.CycleNoise, 1e-12);

        // Read off the curve, not from the parameters; for unequal pulse numbers the depression ramp of N pulses is not a whole one.
        Assert.Equal(up, figures.PotentiationLabel!.Value, 1e-4);
        Assert.Equal(down, figures.DepressionLabel!.Value, name == "ag-a-si" ? 0.2 : 1e-4);
        Assert.NotNull(device.PulseConditions);
    }

    /// <summary>science: a symmetry point at u* = 0.33 for 97 pulses of labels 2.4 and -4.88.</summary>
    [Fact]
    public void Ag_a_Si_has_its_symmetry_point() => Assert.Equal(0.33, DevicePresets.Get("ag-a-si").Law.SymmetryPoint()!.Value, 0.005);

    /// <summary>Fouda et al., arXiv 1909.01771: α in thousandths per thousand pulses, so a N = α/10 for 100 thousand; bounds in nS.</summary>
    [Theory]
    [InlineData("tiox-2v", 19.19, 20.55, 83.38 - 71.7, 83.38)]
    [InlineData("tiox-2.5v", 18.23, 35.29, 186.3, 252.7)]
    [InlineData("tiox-3v", 30.58, 353.4, 32.95, 674)]
    public void TiOx_devices_have_the_published_fit(string name, double up, double down, double low, double high)
    {
        Device device = DevicePresets.Get(name);
        Assert.Equal(64, device.PulsesPerRange);
        Assert.Equal(up / 10, device.Law.Values[0] * 64, 0.005);
        Assert.Equal(down / 10, device.Law.Values[1] * 64, 0.05);
        Assert.Equal(low * 1e-9, device.MinimumSiemens, 0.06e-9);
        Assert.Equal(high * 1e-9, device.MaximumSiemens, 1e-12);
        Assert.Equal(0.25, device.Variability.Spread["depression_rate_per_pulse"]);
        Assert.Equal(0.01 * device.MaximumSiemens, device.Variability.MaximumSpread * (device.MaximumSiemens - device.MinimumSiemens), 1e-15);
        Assert.Equal(0.05 * device.MinimumSiemens, device.Variability.MinimumSpread * (device.MaximumSiemens - device.MinimumSiemens), 1e-15);
    }

    /// <summary>The quoted nonlinearity of the fit at +-3 V: PANL 0.32; DANL is 0.50 on the normalised curve (0.45 on the raw one).</summary>
    [Fact]
    public void TiOx_has_the_quoted_nonlinearity()
    {
        FiguresOfMerit figures = FiguresOfMerit.Of(DevicePresets.TiOx3V);
        Assert.Equal(0.322, figures.PotentiationNonlinearity!.Value, 5e-4);
        Assert.Equal(0.5, figures.DepressionNonlinearity!.Value, 5e-4);
        Assert.Equal(0.080, figures.SymmetryPoint!.Value, 5e-4);
        Assert.Equal(20.4, figures.OnOffRatio, 0.05);
    }

    /// <summary>Steps in aihwkit's own units at w: dw max(0, 1 - A_up exp(γ z)) up, dw (1 - up_down) max(0, 1 - A_down exp(-γ z)) down, z = 2 a w/range + b.</summary>
    [Theory]
    [InlineData("reram-es", 0.00135, 0.259359, -1, 1, -1.18445, -0.081404, 5, -0.5, -0.5)]
    [InlineData("pcm-set", 0.01, 0, 0, 2, -27.235, -2.235, 2.5, -1, 0)]
    public void Aihwkit_exponential_devices_make_its_steps(
        string name, double step, double upDown, double low, double high, double amplitudeUp, double amplitudeDown, double gamma, double a, double b)
    {
        Device device = DevicePresets.Get(name);
        for (double weight = low; weight <= high; weight += (high - low) / 16)
        {
            double state = (weight - low) / (high - low);
            double z = (2 * a * weight / (high - low)) + b;
            double up = Math.Min(step * Math.Max(0, 1 - (amplitudeUp * Math.Exp(gamma * z))), high - weight);
            double down = Math.Min(step * (1 - upDown) * Math.Max(0, 1 - (amplitudeDown * Math.Exp(-gamma * z))), weight - low);
            Assert.Equal(up, (device.Law.After(state, 1) - state) * (high - low), 1e-12);
            Assert.Equal(down, (state - device.Law.After(state, -1)) * (high - low), 1e-12);
        }
    }

    /// <summary>Steps in aihwkit's own units at w: dw (1 - γ_up w/w_max) up, dw (1 - γ_down w/w_min) down.</summary>
    [Theory]
    [InlineData("reram-sb", 0.002, -0.75, 1.25, 1, 1, 1000)]
    [InlineData("reram-array-om", 0.0949, -1, 1, 1, 1, 21.07)]
    [InlineData("reram-array-hfo2", 0.4622, -1, 1, 1, 1, 4.327)]
    [InlineData("ecram-li", 0.002, -0.8276, 1.1724, 0.1153, 0.5085, 1000)]
    [InlineData("ecram-mo", 2.8214e-4, -0.8286, 1.1714, 0.4152, 0.7342, 7088.7)]
    [InlineData("capacitor", 0.005, -1, 1, 0.05, 0.05, 400)]
    [InlineData("gokmen-vlasov", 0.0016, -1, 1, 0, 0, 1250)]
    [InlineData("idealized", 0.0002, -1, 1, 0, 0, 10000)]
    public void Aihwkit_devices_make_its_steps(string name, double step, double low, double high, double gammaUp, double gammaDown, double states)
    {
        Device device = DevicePresets.Get(name);
        Assert.Equal(states, device.PulsesPerRange, 0.05);
        for (double weight = low; weight <= high; weight += (high - low) / 16)
        {
            double state = (weight - low) / (high - low);
            double up = Math.Min(step * (1 - (gammaUp * weight / high)), high - weight);
            double down = Math.Min(step * (1 - (gammaDown * weight / low)), weight - low);
            Assert.Equal(up, (device.Law.After(state, 1) - state) * (high - low), 1e-12);
            Assert.Equal(down, (state - device.Law.After(state, -1)) * (high - low), 1e-12);
        }
    }
}
