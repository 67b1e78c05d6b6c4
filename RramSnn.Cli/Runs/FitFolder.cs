namespace RramSnn.Cli.Runs;

/// <summary>The folder that a fit writes to; every file is the old one or the complete new one.</summary>
internal sealed class FitFolder(string path)
{
    internal string Path { get; } = path;

    internal string Device => In("device.json");

    internal string Summary => In("summary.json");

    internal string Curves => In("fit.png");

    internal string CurvesVector => In("fit.svg");

    internal string Residuals => In("residuals.png");

    internal string ResidualsVector => In("residuals.svg");

    internal string Models => In("models");

    /// <summary>All files but those of the single models.</summary>
    internal IReadOnlyList<string> Files => [Device, Summary, Curves, CurvesVector, Residuals, ResidualsVector];

    internal string Model(string name) => System.IO.Path.Combine(Models, $"{name}.json");

    /// <summary>Refuses a folder that holds a fit or run.</summary>
    /// <exception cref="IOException">There are such files, or the folder is a file.</exception>
    internal void ThrowIfUsed()
    {
        if (File.Exists(Path))
        {
            throw new IOException($"{Path}: is a file, expected a folder");
        }

        if (Files.FirstOrDefault(File.Exists) is { } file)
        {
            throw new IOException($"{Path}: holds a result already ({System.IO.Path.GetFileName(file)}); give another --out or --overwrite");
        }
    }

    /// <summary>Makes the folder; results that were there are removed, so that they never mix with the new ones.</summary>
    internal void Create()
    {
        OutputFolder.Make(Models);
        foreach (string file in (IEnumerable<string>)[.. Files, .. Directory.GetFiles(Models, "*.json")])
        {
            File.Delete(file);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
