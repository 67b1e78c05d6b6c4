using Xunit;

namespace RramSnn.PropertyTests.Support;

/// <summary>Equality of every bit, with the first difference in the message.</summary>
internal static class BitwiseAssert
{
    internal static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        int at = FirstDifference(expected, actual);
        if (at >= 0)
        {
            Assert.Fail($"{what}: element {at} of {expected.Length} is {Show(actual[at])}; expected {Show(expected[at])}.");
        }
    }

    internal static void Equal<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged, IEquatable<T>
    {
        if (!expected.SequenceEqual(actual))
        {
            Assert.Fail($"{what}: [{string.Join(' ', expected.ToArray())}] expected, got [{string.Join(' ', actual.ToArray())}].");
        }
    }

    internal static bool AreEqual(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        expected.Length == actual.Length && FirstDifference(expected, actual) < 0;

    private static int FirstDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Show(float value) => $"{value:R} (0x{BitConverter.SingleToUInt32Bits(value):X8})";
}
