using RramSnn.Kernels.Periphery;

namespace RramSnn.Model.Periphery;

/// <summary>Resolution of a converter: mid-tread uniform codes, of which 0 is one; values beyond the range are saturated.</summary>
/// <param name="Bits">Bits of a code: 2 to 16 with sign, 1 to 16 without.</param>
/// <param name="IsSigned">Codes -K .. K with K = 2^(bits - 1) - 1; otherwise 0 .. K with K = 2^bits - 1.</param>
public readonly record struct CodeRange(int Bits, bool IsSigned)
{
    /// <summary>K.</summary>
    public int HighestCode => (1 << (IsSigned ? Bits - 1 : Bits)) - 1;

    internal CodeRange Checked()
    {
        RequireExtent.Between(Bits, IsSigned ? 2 : 1, PeripheryKernels.MostBits, "bits");
        return this;
    }

    internal int Quantise(ReadOnlySpan<float> x, Span<float> y, float range) => PeripheryKernels.Quantise(x, y, range, HighestCode, IsSigned);
}

/// <summary>Digital-to-analogue converter of the word lines.</summary>
public sealed record InputConverter
{
    /// <summary>Describes a converter.</summary>
    /// <param name="bits">Bits of a code: 2 to 16 with sign, 1 to 16 without.</param>
    /// <param name="range">The input of the highest code, as a share of the full input; positive.</param>
    /// <param name="isSigned">Whether inputs may be negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">Bits or range are out of range.</exception>
    public InputConverter(int bits, float range = 1f, bool isSigned = false)
    {
        Codes = new CodeRange(bits, isSigned).Checked();
        Require.That(range is >= 1e-30f and <= 1e30f, range, "1e-30 to 1e30", nameof(range));
        Range = range;
    }

    /// <summary>Resolution.</summary>
    public CodeRange Codes { get; }

    /// <summary>The input of the highest code, as a share of the full input.</summary>
    public float Range { get; }

    /// <summary>Converts inputs. With a range of 1 spikes, 0 and 1, pass unchanged.</summary>
    /// <param name="input">Inputs; the length is a multiple of 16.</param>
    /// <param name="converted">Quantised inputs, as long; may be the same span.</param>
    /// <returns>How many inputs were saturated.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public int Convert(ReadOnlySpan<float> input, Span<float> converted) => Codes.Quantise(input, converted, Range);
}

/// <summary>Analogue-to-digital converter of the bit lines.</summary>
public sealed record OutputConverter
{
    /// <summary>Describes a converter.</summary>
    /// <param name="bits">Bits of a code: 2 to 16 with sign, 1 to 16 without.</param>
    /// <param name="range">
    /// The current of the highest code in units of what one fully-on device carries at full input; null for what half the word lines of an
    /// array carry through devices at mid-range.
    /// </param>
    /// <param name="isSigned">Whether currents may be negative: differences to a reference are, those of a device pair's arrays only if inputs are.</param>
    /// <exception cref="ArgumentOutOfRangeException">Bits or range are out of range.</exception>
    public OutputConverter(int bits, float? range = null, bool isSigned = true)
    {
        Codes = new CodeRange(bits, isSigned).Checked();
        Require.That(range is null or (>= 1e-20f and <= 1e20f), range ?? 0f, "1e-20 to 1e20", nameof(range));
        Range = range;
    }

    /// <summary>Resolution.</summary>
    public CodeRange Codes { get; }

    /// <summary>The current of the highest code in units of one fully-on device at full input; null if automatic.</summary>
    public float? Range { get; }

    /// <summary>The range in units of the state, (Gmax - Gmin) V_full.</summary>
    /// <param name="arrayRows">Word lines of an array.</param>
    /// <param name="offset">Gmin/(Gmax - Gmin): a fully-on device carries 1 + offset, and one at mid-range 1/2 + offset, but for a reference, which takes the offset away.</param>
    public float RangeFor(int arrayRows, float offset) => Range * (1f + offset) ?? (arrayRows / 2f * (Codes.IsSigned ? 0.5f : 0.5f + offset));
}
