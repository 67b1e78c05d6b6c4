using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Periphery;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Periphery;

/// <summary>How is worked out what wires leave of the devices.</summary>
public enum WireModel
{
    /// <summary>By the estimate of <see cref="WireAttenuation"/>.</summary>
    Quick,

    /// <summary>By <see cref="NodalSolver"/>; a hundred times slower.</summary>
    Exact,
}

/// <summary>Arrays, converters and wires between the neurons and the devices of a network. All of it is off by default.</summary>
public sealed record NetworkPeriphery
{
    private const double LargestResistance = 1e15;

    /// <summary>One array per layer, whose currents are what the equations say.</summary>
    public static NetworkPeriphery Ideal { get; } = new();

    /// <summary>Word lines and bit lines of an array, 64 to 512, a multiple of 64; null for one array per layer, however large.</summary>
    public int? ArraySize { get; init; }

    /// <summary>Bits of the converters of the bit lines (<see cref="OutputConverter"/>); null for none.</summary>
    public int? AdcBits { get; init; }

    /// <summary>Current of their highest code in units of one fully-on device at full input; null for the automatic one (<see cref="OutputConverter.RangeFor"/>).</summary>
    public float? AdcRange { get; init; }

    /// <summary>Bits of the converters of the word lines (<see cref="InputConverter"/>), which only amplitudes pass; null for none.</summary>
    public int? DacBits { get; init; }

    /// <summary>Input of their highest code as a share of the full input; null for 1.</summary>
    public float? DacRange { get; init; }

    /// <summary>a of the devices' law I ~ sinh(a V/V_full), 0 to 80, which only amplitudes notice.</summary>
    public float Sinh { get; init; }

    /// <summary>Wire from device to device, of word lines and bit lines, in ohm.</summary>
    public double WireResistance { get; init; }

    /// <summary>Output resistance of each word line driver in ohm.</summary>
    public double DriverResistance { get; init; }

    /// <summary>Input resistance of each sense circuit in ohm.</summary>
    public double SenseResistance { get; init; }

    /// <summary>How is worked out what wires leave of the devices.</summary>
    public WireModel WireModel { get; init; }

    /// <summary>Training samples from one working out of what wires leave of the devices to the next; in between the shares stay, not the states.</summary>
    public int WireRefresh { get; init; } = 100;

    /// <summary>Whether devices are seen through resistances.</summary>
    internal bool HasWires => WireResistance > 0 || DriverResistance > 0 || SenseResistance > 0;

    /// <summary>Whether a layer's product is more than one sum per neuron.</summary>
    internal bool HasArrays => ArraySize is not null || AdcBits is not null || HasWires;

    /// <summary>Throws unless every number is in its range.</summary>
    /// <param name="cell">How devices make a weight: the currents of a pair's arrays have no sign, which is one bit.</param>
    /// <exception cref="ArgumentException">The message names the number, its value and what was expected.</exception>
    public void Validate(SynapseCell cell)
    {
        int fewestBits = cell == SynapseCell.Pair ? 1 : 2;
        Require.That(
            ArraySize is null or (>= TileGrid.SmallestArray and <= TileGrid.LargestArray) && (ArraySize ?? 0) % TileGrid.SmallestArray == 0,
            ArraySize,
            "64 to 512, a multiple of 64",
            "array_size");
        Require.That(
            AdcBits is null || (AdcBits >= fewestBits && AdcBits <= PeripheryKernels.MostBits), AdcBits, $"{fewestBits} to {PeripheryKernels.MostBits}", "adc_bits");
        Require.That(AdcRange is null or (>= 1e-6f and <= 1e6f), AdcRange, "1e-6 to 1e6", "adc_range");
        Require.That(AdcRange is null || AdcBits is not null, AdcRange, "no range where there are no adc_bits", "adc_range");
        Require.That(DacBits is null or (>= 1 and <= PeripheryKernels.MostBits), DacBits, $"1 to {PeripheryKernels.MostBits}", "dac_bits");
        Require.That(DacRange is null or (>= 1e-6f and <= 1e6f), DacRange, "1e-6 to 1e6", "dac_range");
        Require.That(DacRange is null || DacBits is not null, DacRange, "no range where there are no dac_bits", "dac_range");
        Require.That(Sinh is >= 0f and <= PeripheryKernels.LargestNonlinearity, Sinh, "0 to 80", "sinh");
        CheckResistance(WireResistance, "wire_resistance");
        CheckResistance(DriverResistance, "driver_resistance");
        CheckResistance(SenseResistance, "sense_resistance");
        Require.That(WireModel == WireModel.Quick || !HasWires || ArraySize is not null, "exact", "quick where arrays have no array_size", "wire_model");
        Require.That(WireRefresh is >= 1 and <= 1_000_000_000, WireRefresh, "1 to 1000000000 samples", "wire_refresh");
    }

    /// <summary>Throws unless a layer's product is one sum per neuron.</summary>
    /// <param name="method">Name of the method that needs this: circuits and wires of a second array that is part of the weight are not modelled.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are arrays, converters or wires.</exception>
    internal void RequireOneSum(string method)
    {
        string none = $"none for the method {method}, whose second array is part of the weight";
        Require.That(ArraySize is null, ArraySize, none, "array_size");
        Require.That(AdcBits is null, AdcBits, none, "adc_bits");
        Require.That(WireResistance == 0, WireResistance, none, "wire_resistance");
        Require.That(DriverResistance == 0, DriverResistance, none, "driver_resistance");
        Require.That(SenseResistance == 0, SenseResistance, none, "sense_resistance");
    }

    /// <summary>How a layer is cut into arrays.</summary>
    internal TileGrid Grid(CrossbarLayout layout) => ArraySize is { } size ? new TileGrid(layout, size, size) : TileGrid.Whole(layout);

    /// <summary>The resistances.</summary>
    internal WireResistance Wires => new(WireResistance) { Driver = DriverResistance, Sense = SenseResistance };

    /// <summary>Converters and law. What every device carries besides its state cancels unless converters or wires see it.</summary>
    internal PeripheryOptions Circuits(SynapseCell cell, Device device) => new()
    {
        InputConverter = DacBits is { } input ? new InputConverter(input, DacRange ?? 1f) : null,
        OutputConverter = AdcBits is { } output ? new OutputConverter(output, AdcRange, isSigned: cell == SynapseCell.Reference) : null,
        Nonlinearity = Sinh,
        Offset = AdcBits is null && !HasWires ? 0f : (float)(device.MinimumSiemens / (device.MaximumSiemens - device.MinimumSiemens)),
    };

    private static void CheckResistance(double ohm, string key) =>
        Require.That(ohm is 0 or (>= 1e-12 and <= LargestResistance), ohm, "0, or 1e-12 to 1e15 ohm", key);
}
