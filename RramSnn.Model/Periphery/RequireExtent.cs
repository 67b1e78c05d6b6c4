namespace RramSnn.Model.Periphery;

/// <summary>Checks of lengths and places, worded only when they fail: they stand in calls that allocate nothing.</summary>
internal static class RequireExtent
{
    internal static void Length(int actual, int expected, string argument)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{argument} has length {actual}; expected {expected}.", argument);
        }
    }

    internal static void Between(int actual, int lowest, int highest, string argument)
    {
        if (actual < lowest || actual > highest)
        {
            throw new ArgumentOutOfRangeException(argument, $"{argument} is {actual}; expected {lowest} to {highest}.");
        }
    }
}
