namespace RramSnn.Model;

/// <summary>Text from outside in messages.</summary>
internal static class OneLine
{
    /// <summary>Whether a text is one line of valid Unicode: no control characters, no half of a surrogate pair.</summary>
    internal static bool Is(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsControl(text[i]) || char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text without line breaks and other control characters.</summary>
    internal static string Of(string text) => string.Concat(text.Select(static letter => char.IsControl(letter) ? ' ' : letter)).TrimEnd();
}
