using RramSnn.Kernels.Periphery;

namespace RramSnn.Model.Periphery;

/// <summary>What stands between a layer's numbers and its arrays. The default is an ideal periphery.</summary>
public sealed record PeripheryOptions
{
    /// <summary>Converter of the word lines; null for none.</summary>
    public InputConverter? InputConverter { get; init; }

    /// <summary>Converter of the bit lines, one for each array; null for none.</summary>
    public OutputConverter? OutputConverter { get; init; }

    /// <summary>
    /// a of the devices' law I = G V_full sinh(a V/V_full)/sinh(a), 0 to 80; 0 is the linear device. Spikes are immune: 0 and 1 are fixed
    /// points of the effective amplitude sinh(a x)/sinh(a).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public float Nonlinearity
    {
        get;
        init
        {
            Require.That(value is >= 0f and <= PeripheryKernels.LargestNonlinearity, value, "0 to 80", nameof(Nonlinearity));
            field = value;
        }
    }

    /// <summary>
    /// Gmin/(Gmax - Gmin), 0 or more: what every device carries besides its state. It cancels in differences, but each array of a pair
    /// and its converter see it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public float Offset
    {
        get;
        init
        {
            Require.That(value is >= 0f and <= 1e6f, value, "0 to 1e6", nameof(Offset));
            field = value;
        }
    }

    /// <summary>What the devices feel of inputs: x' = sinh(a DAC(x))/sinh(a).</summary>
    /// <param name="input">Inputs x as shares of the full input; the length is a multiple of 16.</param>
    /// <param name="driven">Receives x', as long; may be the same span.</param>
    /// <returns>How many inputs the converter saturated.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public int Drive(ReadOnlySpan<float> input, Span<float> driven)
    {
        if (InputConverter is not { } converter)
        {
            PeripheryKernels.SinhAmplitude(input, driven, Nonlinearity);
            return 0;
        }

        int saturated = converter.Convert(input, driven);
        PeripheryKernels.SinhAmplitude(driven, driven, Nonlinearity);
        return saturated;
    }
}
