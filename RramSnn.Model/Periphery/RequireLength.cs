namespace RramSnn.Model.Periphery;

/// <summary>Checks of span lengths.</summary>
internal static class RequireLength
{
    internal static void Equal(int actual, int expected, string argument)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{argument} has length {actual}; expected {expected}.", argument);
        }
    }
}
