using System.Globalization;
using System.Text.RegularExpressions;

namespace RramSnn.Cli.Reports;

/// <summary>Pictures as SVG text.</summary>
internal static partial class SvgText
{
    /// <summary>Numbers the ids of a picture in their order: the drawing library counts them over the life of the process.</summary>
    internal static string Renumber(string svg) => Renumber(svg, "c");

    /// <summary>A picture as part of a page: without the header of a file, with ids of its own, and scaled instead of cut.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="prefix">Start of its ids, which no other picture of the page has.</param>
    internal static string Inline(string svg, string prefix)
    {
        string body = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].Trim();
        body = Namespace().Replace(Renumber(body, prefix), "");
        return Size().Replace(body, static match => $"{match.Groups[1].Value} viewBox=\"0 0 {match.Groups[2].Value} {match.Groups[3].Value}\"", 1);
    }

    private static string Renumber(string svg, string prefix)
    {
        Dictionary<string, string> numbered = [];
        return Id().Replace(svg, match =>
        {
            string id = match.Groups[2].Value;
            if (!numbered.TryGetValue(id, out string? name))
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{numbered.Count + 1}");
                numbered.Add(id, name);
            }

            return match.Groups[1].Value + name;
        });
    }

    [GeneratedRegex("""(\bid="|url\(#|href="#)([\w-]+)""")]
    private static partial Regex Id();

    [GeneratedRegex(@"\sxmlns(:\w+)?=""[^""]*""")]
    private static partial Regex Namespace();

    [GeneratedRegex("(<svg[^>]*?) width=\"(\\d+)\" height=\"(\\d+)\"")]
    private static partial Regex Size();
}
