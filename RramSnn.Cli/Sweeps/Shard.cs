using System.Globalization;

namespace RramSnn.Cli.Sweeps;

/// <summary>One of several equal parts of a sweep, for machines that share no memory.</summary>
/// <param name="Number">Number of the part, from 1.</param>
/// <param name="Count">Number of parts.</param>
internal readonly record struct Shard(int Number, int Count)
{
    /// <summary>Reads i/n.</summary>
    /// <exception cref="ArgumentException">The text is something else.</exception>
    internal static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && number >= 1 && number <= count
            ? new Shard(number, count)
            : throw new ArgumentException($"shard is '{text}'; expected i/n, such as 1/4, with i from 1 to n.");
    }

    /// <summary>Whether an item belongs to this part; neighbours go to different parts, since they take similar times.</summary>
    internal bool Has(int index) => index % Count == Number - 1;
}
