using System.Globalization;
using Xunit;

namespace RramSnn.PropertyTests.Support;

/// <summary>Asserts that a facade refuses an argument: type, argument name, and a message with the actual and expected values.</summary>
internal static class Rejected
{
    /// <summary>A length that differs from, or is below, what is expected.</summary>
    internal static void Length(string argument, int actual, int expected, Action call)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(argument, call);
        Assert.Contains($"has length {actual};", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith($" {expected}.", FirstSentences(exception, argument), StringComparison.Ordinal);
    }

    /// <summary>A span that shares memory with another.</summary>
    internal static void Overlap(string argument, Action call)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(argument, call);
        Assert.Contains("overlaps", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A number outside its range.</summary>
    internal static void OutOfRange<T>(string argument, T actual, Action call)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(argument, call);
        Assert.Contains(Convert.ToString(actual, CultureInfo.InvariantCulture)!, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>As <see cref="OutOfRange{T}(string, T, Action)"/>, for a call with a result.</summary>
    internal static void OutOfRange<T>(string argument, T actual, Func<object> call) => OutOfRange(argument, actual, () => { _ = call(); });

    private static string FirstSentences(ArgumentException exception, string argument) =>
        exception.Message.Replace($" (Parameter '{argument}')", string.Empty, StringComparison.Ordinal);
}
