using System.Collections;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Native.Settings;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Native;

/// <summary>The native library reads a configuration as the program does: same keys, same defaults, same network.</summary>
public class NetworkSettingsTests
{
    [Fact]
    public void Keys_are_those_of_the_program() => Assert.Equal(
        new TrainOptions().All.Select(OptionFactory.KeyOf).Order(StringComparer.Ordinal), NetworkSettings.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"hidden": "30,20", "device": "ag-a-si", "method": "naive", "cell": "reference", "pulses": "pulsed", "pulses_per_range": 40}""")]
    [InlineData("""{"hidden": [30], "variability": "device", "device": "ag-a-si", "step_noise": 0.5, "spread": 0.1, "spread_distribution": "log-normal"}""")]
    [InlineData("""{"pulse_noise": 0.1, "range_spread": 0.05, "states": 16, "stuck_at_state": 0.1, "stuck_state": 0.25, "read_noise": 0.01}""")]
    [InlineData("""{"stuck_at_minimum": 0.1, "stuck_at_maximum": 0.2, "drift_exponent": 0.1, "drift_start_seconds": 2, "endurance_writes": 1e5}""")]
    [InlineData("""{"learning_rate": 0.5, "learning_rate_schedule": "constant", "epochs": 3, "weight_range": 3, "rate": 0.25, "seed": 18446744073709551615}""")]
    [InlineData("""{"steps": 9, "burn_in": 2, "membrane_decay": 0.5, "synapse_decay": 0.4, "reset_decay": 0.3, "reset_strength": 2, "gain": 4, "threshold": 0.5}""")]
    [InlineData("""{"surrogate_half_width": 0.25, "error_events": 0.1, "error_margin": 2, "updates": "sample", "initial_weight_scale": 1, "readout_scale": 0.5, "input": "amplitude"}""")]
    [InlineData("""{"array_size": 128, "adc_bits": 6, "adc_range": 25, "dac_bits": 4, "dac_range": 0.5, "sinh": 2, "wire_refresh": 10}""")]
    [InlineData("""{"array_size": 64, "wire_resistance": 1, "driver_resistance": 2, "sense_resistance": 3, "wire_model": "exact", "data": null, "no_test": true}""")]
    public void Configurations_mean_the_same_network(string text)
    {
        TrainSettings program = TrainOptions.ReadConfig(text, "test");
        NetworkSettings native = NetworkSettings.Read(text, inputs: 20, classes: 3);
        AssertSame(program.ToNetworkOptions(20, 3), native.Network);
        Assert.Equal(program.ToTrainingOptions(), native.Training);
        Assert.Equal(program.Rate, native.Rate);
        Assert.Equal(program.Input == InputCoding.Amplitude, native.HasAmplitudes);
    }

    [Property(MaxTest = 50)]
    public Property Whole_devices_mean_the_same_network() => Prop.ForAll(Arb.From(AnyDevice.Drivable), static device =>
    {
        string text = $$"""{"device": {{DeviceFile.ToJson(device)}}, "variability": "device"}""";
        AssertSame(TrainOptions.ReadConfig(text, "test").ToNetworkOptions(20, 3), NetworkSettings.Read(text, 20, 3).Network);
    });

    [Theory]
    [InlineData("""{"hiden": [3]}""", "hidden")]
    [InlineData("""{"hidden": true}""", "numbers")]
    [InlineData("""{"seed": -1}""", "seed is -1")]
    [InlineData("""{"gain": 1e999}""", "gain is 1e999")]
    [InlineData("""{"cell": "both"}""", "pair, reference")]
    [InlineData("""{"seed": 1, "seed": 2}""", "twice")]
    [InlineData("[]", "array")]
    [InlineData("{", "line 1")]
    [InlineData("""{"device": "\ud800"}""", "surrogate")]
    [InlineData("""{"\ud800": 1}""", "surrogate")]
    public void What_is_wrong_is_named(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => NetworkSettings.Read(text, 20, 3)).Message, StringComparison.Ordinal);

    private static void AssertSame(NetworkOptions expected, NetworkOptions actual)
    {
        foreach (PropertyInfo property in typeof(NetworkOptions).GetProperties())
        {
            object? a = property.GetValue(expected);
            object? b = property.GetValue(actual);
            if (a is DeviceVariability spreads)
            {
                DeviceVariability others = (DeviceVariability)b!;
                Assert.Equal(spreads.Spread.OrderBy(static pair => pair.Key), others.Spread.OrderBy(static pair => pair.Key));
                Assert.Equal(spreads with { Spread = others.Spread }, others);
            }
            else
            {
                Assert.Equal(Comparable(a), Comparable(b));
            }
        }
    }

    private static object? Comparable(object? value) => value switch
    {
        Device device => DeviceFile.ToCompactJson(device),
        UpdateMethod method => method.Name,
        IEnumerable list and not string => string.Join(',', list.Cast<object>()),
        _ => value,
    };
}
