using System.Globalization;

namespace RramSnn.Cli.Reports;

/// <summary>Numbers for people.</summary>
internal static class Format
{
    internal static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    /// <summary>Where space is short.</summary>
    internal static string ShortPercent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");

    internal static string Count(double count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0}");

    /// <summary>With at most two digits after the point, none that are zero, and none beside hundreds.</summary>
    internal static string Trimmed(double value) => value.ToString(Math.Abs(value) < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>A quantity with a prefix of its unit: 3.3e-8 S is 33 nS.</summary>
    internal static string Quantity(double value, string unit)
    {
        (double size, string prefix) = PrefixOf(value);
        return $"{Number(value / size)} {prefix}{unit}";
    }

    /// <summary>The prefix with which a value has one to three digits before the point.</summary>
    internal static (double Size, string Prefix) PrefixOf(double value)
    {
        double size = Math.Abs(value);
        if (size is 0 or (>= 1 and < 1e3) || !double.IsFinite(size))
        {
            return (1, "");
        }

        int step = Math.Clamp((int)Math.Floor(Math.Log10(size * (1 + 1e-12)) / 3), -5, 3);
        return (Math.Pow(1000, step), "fpnµm kMG"[step + 5].ToString().Trim());
    }

    internal static string Number(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:G4}");

    /// <summary>Hours only where there are some.</summary>
    internal static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(long)time.TotalHours}:{time.Minutes:D2}:{time.Seconds:D2}" : $"{time.Minutes}:{time.Seconds:D2}";
}
