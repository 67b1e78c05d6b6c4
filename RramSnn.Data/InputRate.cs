using System.Globalization;

namespace RramSnn.Data;

/// <summary>The rate that turns pixels into inputs.</summary>
internal static class InputRate
{
    /// <summary>Throws unless a rate is above 0 and at most 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    internal static void Check(double rate)
    {
        if (!(rate > 0 && rate <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), string.Create(CultureInfo.InvariantCulture, $"rate is {rate}; expected more than 0 and at most 1."));
        }
    }
}
