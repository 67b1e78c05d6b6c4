using System.Globalization;
using System.Text;
using RramSnn.Bench.Roofline;

namespace RramSnn.Bench.Results;

/// <summary>benchmarks/&lt;cpu&gt;/: what a run measured, and on what.</summary>
/// <param name="Cpu">Name of the folder.</param>
/// <param name="Rows">The rows of roofline.json.</param>
/// <param name="Versions">The lines of versions.txt, by name.</param>
internal sealed record ResultFolder(string Cpu, IReadOnlyList<RooflineRow> Rows, IReadOnlyList<(string Name, string Value)> Versions)
{
    private const string Parent = "benchmarks";
    private const string RowsFile = "roofline.json";
    private const string VersionsFile = "versions.txt";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the results of a run.</summary>
    /// <returns>The folder they are in.</returns>
    internal static string Save(RooflineRun run, DirectoryInfo repository)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(repository.FullName, Parent, MachineVersions.CpuSlug));
        File.WriteAllText(Path.Combine(folder.FullName, RowsFile), RooflineRow.ToJson(run.ToRows()) + "\n", Utf8);
        IEnumerable<string> lines = MachineVersions.Of(run).Select(static line => $"{line.Name}: {line.Value}\n");
        File.WriteAllText(Path.Combine(folder.FullName, VersionsFile), string.Concat(lines), Utf8);
        return folder.FullName;
    }

    /// <summary>Reads all folders with results: wider vectors first, then by name.</summary>
    internal static IReadOnlyList<ResultFolder> ReadAll(DirectoryInfo repository)
    {
        DirectoryInfo parent = new(Path.Combine(repository.FullName, Parent));
        return !parent.Exists ? [] : [.. parent.GetDirectories().Select(Read).OrderByDescending(static folder => folder.VectorWidth).ThenBy(static folder => folder.Cpu, StringComparer.Ordinal)];
    }

    private int VectorWidth =>
        int.TryParse(Versions.FirstOrDefault(static line => line.Name == "vector width").Value, CultureInfo.InvariantCulture, out int bits) ? bits : 0;

    private static ResultFolder Read(DirectoryInfo folder) => new(
        folder.Name,
        RooflineRow.FromJson(File.ReadAllText(Path.Combine(folder.FullName, RowsFile))),
        [.. File.ReadAllLines(Path.Combine(folder.FullName, VersionsFile)).Select(static line => line.Split(": ", 2)).Select(static parts => (parts[0], parts[^1]))]);
}
