using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace RramSnn.Cli.Reports.Studies;

/// <summary>The report of a study: one HTML file that needs no other.</summary>
internal static partial class StudyReport
{
    private const string Resource = "study-report.html";

    internal static string Html(StudySummary study, IReadOnlyList<StudyPicture> pictures)
    {
        Dictionary<string, string> parts = new()
        {
            ["title"] = Escape($"RramSnn study: {string.Join(", ", study.Arms.Select(static arm => arm.Method).Distinct())} on {Devices(study)}"),
            ["budget"] = Escape(StudyTable.Budget(study)),
            ["command"] = Escape(study.Command),
            ["headers"] = string.Concat(ArmText.Headers.Select(static header => $"<th><button>{Escape(header)}</button></th>")),
            ["rows"] = string.Join('\n', study.Arms.Select(Row)),
            ["notes"] = string.Concat(Notes(study).Select(static note => $"<p>{Escape(note)}</p>\n")),
            ["figures"] = string.Join('\n', pictures.Select((picture, index) =>
                $"<figure>{SvgText.Inline(picture.Svg, $"f{index}")}<figcaption>{Escape(picture.Caption)}. <code>{Escape(study.Command)}</code></figcaption></figure>")),
            ["reruns"] = string.Join('\n', study.Arms.Where(static arm => arm.Rerun is not null)
                .Select(static arm => $"<li>{Escape(arm.Device)}, {Escape(arm.Method)}: <code>{Escape(arm.Rerun!)}</code></li>")),
            ["foot"] = Escape($"rramsnn {study.Version}; data (SHA-256): training {study.TrainingDataSha256}, test {study.TestDataSha256}"),
        };

        // One pass, so that nothing that a part holds is taken for the name of another.
        return Placeholder().Replace(Template(), match => parts[match.Groups[1].Value]);
    }

    private static string Devices(StudySummary study)
    {
        string[] devices = [.. study.Arms.Select(static arm => arm.Device).Distinct()];
        return devices.Length <= 3 ? string.Join(", ", devices) : $"{devices.Length} devices";
    }

    private static string Row(ArmSummary arm)
    {
        StringBuilder row = new("<tr>");
        foreach ((string text, double? value) in ArmText.Cells(arm).Zip(ArmText.Values(arm)))
        {
            string key = value?.ToString("R", CultureInfo.InvariantCulture) ?? (text == ArmText.None ? "" : text);
            row.Append(CultureInfo.InvariantCulture, $"<td data-value=\"{Escape(key)}\">{Escape(text)}</td>");
        }

        return row.Append("</tr>").ToString();
    }

    private static IEnumerable<string> Notes(StudySummary study)
    {
        foreach (ArmSummary arm in study.Arms.Where(static arm => arm.Skipped is not null))
        {
            yield return $"Left out: {arm.Device}, {arm.Method}: {arm.Skipped}";
        }

        yield return $"Statistics: {StudySummary.StatisticsText}.";
        yield return $"Write energy: {StudySummary.EnergyText}.";
        yield return "A learning rate with * belongs to an arm whose learning rate or W is the smallest or largest that was tried.";
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Template()
    {
        using Stream stream = typeof(StudyReport).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program lacks its resource {Resource}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
