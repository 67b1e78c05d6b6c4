namespace RramSnn.Model.Devices.Files;

/// <summary>What to say about a key that is unknown: the key with the right unit, the nearest key, or all of them.</summary>
internal static class KeyHint
{
    private static readonly (string Unit, string[] Words)[] Units =
    [
        ("siemens", ["s", "ms", "us", "µs", "ns", "ps", "millisiemens", "microsiemens", "nanosiemens", "picosiemens", "mho", "ohm", "ohms", "kohm", "mohm"]),
        ("seconds", ["s", "ms", "us", "µs", "ns", "ps", "sec", "second", "milliseconds", "microseconds", "nanoseconds", "picoseconds"]),
        ("volts", ["v", "mv", "volt", "millivolts", "millivolt"]),
    ];

    /// <summary>The end of the sentence "key 'x' is unknown; expected ...".</summary>
    internal static string For(string unknown, IReadOnlyList<string> keys)
    {
        string lower = unknown.ToLowerInvariant();
        foreach (string key in keys)
        {
            foreach ((string unit, string[] words) in Units)
            {
                if (key.EndsWith($"_{unit}", StringComparison.Ordinal))
                {
                    string stem = key[..^(unit.Length + 1)];
                    if (words.Any(word => lower == $"{stem}_{word}"))
                    {
                        return $"{key}, a number of {unit}";
                    }
                }
            }
        }

        string? nearest = keys
            .Select(key => (Key: key, Distance: IsPartOf(key, lower) ? 0 : Distance(key, lower)))
            .Where(candidate => candidate.Distance <= Math.Max(2, candidate.Key.Length / 3))
            .OrderBy(static candidate => candidate.Distance)
            .Select(static candidate => candidate.Key)
            .FirstOrDefault();
        return nearest is null ? string.Join(", ", keys) : $"{nearest} (or another of {string.Join(", ", keys)})";
    }

    private static bool IsPartOf(string key, string text) =>
        text.Length >= 4 && (key.StartsWith(text, StringComparison.Ordinal) || text.StartsWith(key, StringComparison.Ordinal));

    // Levenshtein's distance: insertions, deletions and replacements of single letters.
    private static int Distance(string a, string b)
    {
        if (b.Length > 100)
        {
            return int.MaxValue;
        }

        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int replaced = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(diagonal, row[j]));
            }
        }

        return row[b.Length];
    }
}
