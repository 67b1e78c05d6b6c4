using System.Globalization;

namespace RramSnn.Model;

/// <summary>Argument checks of the model: one sentence with the name, the value and what was expected.</summary>
internal static class Require
{
    /// <summary>Throws unless the condition holds; also for NaN, which fails every comparison.</summary>
    internal static void That<T>(bool condition, T actual, string expected, string argument)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(argument, string.Create(CultureInfo.InvariantCulture, $"{argument} is {actual}; expected {expected}."));
        }
    }
}
