namespace RramSnn.Bench.Results;

/// <summary>A stretch of a document that is made from the results, between two comments.</summary>
/// <param name="File">The document, from the top of the repository.</param>
/// <param name="Write">Makes the text.</param>
internal sealed record GeneratedText(string File, Func<IReadOnlyList<ResultFolder>, string> Write)
{
    private const string Begin = "<!-- begin: written by RramSnn.Bench -- docs -->\n";
    private const string End = "<!-- end -->";

    /// <summary>Everything that is generated.</summary>
    internal static IReadOnlyList<GeneratedText> All { get; } =
    [
        new("docs/performance.md", PerformanceTables.Full),
        new("README.md", PerformanceTables.Summary),
    ];

    /// <summary>The document with its generated stretch made anew.</summary>
    /// <exception cref="InvalidDataException">A comment is missing.</exception>
    internal string Apply(string document, IReadOnlyList<ResultFolder> results)
    {
        int begin = document.IndexOf(Begin, StringComparison.Ordinal);
        int end = document.IndexOf(End, begin + 1, StringComparison.Ordinal);
        return begin >= 0 && end > begin
            ? $"{document[..(begin + Begin.Length)]}\n{Write(results)}\n{document[end..]}"
            : throw new InvalidDataException($"{File} lacks the comments around its generated part; expected '{Begin.TrimEnd()}' and '{End}'.");
    }
}
