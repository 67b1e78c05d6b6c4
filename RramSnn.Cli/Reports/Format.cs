using System.Globalization;

namespace RramSnn.Cli.Reports;

/// <summary>Numbers for people.</summary>
internal static class Format
{
    internal static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    /// <summary>Where space is short.</summary>
    internal static string ShortPercent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");

    internal static string Count(double count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0}");

    internal static string Number(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:G4}");

    /// <summary>Hours only where there are some.</summary>
    internal static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(long)time.TotalHours}:{time.Minutes:D2}:{time.Seconds:D2}" : $"{time.Minutes}:{time.Seconds:D2}";
}
