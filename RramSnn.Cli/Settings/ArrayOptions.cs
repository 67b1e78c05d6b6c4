using System.CommandLine;
using RramSnn.Model.Periphery;

namespace RramSnn.Cli.Settings;

/// <summary>The options of <c>train</c> that make a <see cref="NetworkPeriphery"/>.</summary>
internal sealed class ArrayOptions
{
    private static readonly NetworkPeriphery Ideal = NetworkPeriphery.Ideal;

    private readonly Option<int?> _arraySize = OptionFactory.OptionalNumber<int>("--array-size", "Arrays: word and bit lines of an array, 64 to 512, a multiple of 64. [default: one array per layer]");
    private readonly Option<int?> _adcBits = OptionFactory.OptionalNumber<int>("--adc-bits", "Arrays: bits of the converters of their currents, 1 to 16. [default: no converters]");
    private readonly Option<float?> _adcRange = OptionFactory.OptionalNumber<float>("--adc-range", "Arrays: largest current of those converters, in currents of one fully-on device. [default: half the word lines of an array through devices at mid-range]");
    private readonly Option<int?> _dacBits = OptionFactory.OptionalNumber<int>("--dac-bits", "Arrays: bits of the converters of amplitudes, 1 to 16; spikes need none. [default: no converters]");
    private readonly Option<float?> _dacRange = OptionFactory.OptionalNumber<float>("--dac-range", "Arrays: largest amplitude of those converters. [default: 1, the full input]");
    private readonly Option<float> _sinh = OptionFactory.Number("--sinh", "Arrays: a of the devices' law I ~ sinh(a V), 0 to 80; spikes do not notice it.", Ideal.Sinh);
    private readonly Option<double> _wireResistance = OptionFactory.Number("--wire-resistance", "Arrays: wire from device to device in ohm.", Ideal.WireResistance);
    private readonly Option<double> _driverResistance = OptionFactory.Number("--driver-resistance", "Arrays: output of a word line's driver in ohm.", Ideal.DriverResistance);
    private readonly Option<double> _senseResistance = OptionFactory.Number("--sense-resistance", "Arrays: input of a bit line's sense circuit in ohm.", Ideal.SenseResistance);
    private readonly Option<string> _wireModel = OptionFactory.OneOf("--wire-model", "Arrays: an estimate of what wires take, or the solved network.", Ideal.WireModel);
    private readonly Option<int> _wireRefresh = OptionFactory.Number("--wire-refresh", "Arrays: training samples until that is worked out anew.", Ideal.WireRefresh);

    internal ArrayOptions() => All =
    [
        _arraySize, _adcBits, _adcRange, _dacBits, _dacRange, _sinh, _wireResistance, _driverResistance, _senseResistance, _wireModel, _wireRefresh,
    ];

    /// <summary>All options, in the order of the help and of the keys.</summary>
    internal IReadOnlyList<Option> All { get; }

    /// <summary>What arguments and defaults make, not checked.</summary>
    internal NetworkPeriphery Read(ParseResult parsed) => new()
    {
        ArraySize = parsed.GetValue(_arraySize),
        AdcBits = parsed.GetValue(_adcBits),
        AdcRange = parsed.GetValue(_adcRange),
        DacBits = parsed.GetValue(_dacBits),
        DacRange = parsed.GetValue(_dacRange),
        Sinh = parsed.GetValue(_sinh),
        WireResistance = parsed.GetValue(_wireResistance),
        DriverResistance = parsed.GetValue(_driverResistance),
        SenseResistance = parsed.GetValue(_senseResistance),
        WireModel = OptionFactory.ReadEnum<WireModel>(parsed, _wireModel),
        WireRefresh = parsed.GetValue(_wireRefresh),
    };
}
