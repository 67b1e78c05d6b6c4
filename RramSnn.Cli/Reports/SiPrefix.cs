using System.Globalization;

namespace RramSnn.Cli.Reports;

/// <summary>Quantities with SI prefixes.</summary>
internal static class SiPrefix
{
    private static readonly (double Factor, string Prefix)[] All = [(1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n"), (1e-12, "p"), (1e-15, "f")];

    /// <summary>The prefix with which a value reads well.</summary>
    internal static (double Factor, string Prefix) For(double value)
    {
        foreach ((double factor, string prefix) in All)
        {
            if (Math.Abs(value) >= factor)
            {
                return (factor, prefix);
            }
        }

        return All[^1];
    }

    /// <summary>The value with its unit.</summary>
    internal static string Format(double value, string unit)
    {
        (double factor, string prefix) = For(value);
        return string.Create(CultureInfo.InvariantCulture, $"{value / factor:G4} {prefix}{unit}");
    }
}
