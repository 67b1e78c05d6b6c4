using System.Text;
using RramSnn.Cli.Reports;
using RramSnn.Model;

namespace RramSnn.Cli.Runs;

/// <summary>The folder that a run writes to; every file is the old one or the complete new one, also after a crash.</summary>
internal sealed class RunFolder(string path)
{
    /// <summary>The folder as the user named it.</summary>
    internal string Path { get; } = path;

    internal string Config => In("config.json");

    /// <summary>The run's device, with the pulses of the settings.</summary>
    internal string Device => In("device.json");

    internal string Metrics => In("metrics.csv");

    internal string Summary => In("summary.json");

    internal string LearningCurve => In("learning-curve.png");

    internal string Checkpoint => In("model.safetensors");

    /// <summary>All files of a run, in the order in which they are listed for the user.</summary>
    internal IReadOnlyList<string> Files => [Config, Device, Metrics, Summary, LearningCurve, Checkpoint];

    /// <summary>The folder of that name or, if something has the name, the first of name-2, name-3, ... that is free.</summary>
    internal static RunFolder New(string path)
    {
        string free = path;
        for (int number = 2; System.IO.Path.Exists(free); number++)
        {
            free = $"{path}-{number}";
        }

        return new RunFolder(free);
    }

    /// <summary>Refuses a folder that holds a run.</summary>
    /// <exception cref="IOException">There are files of a run, or the folder is a file.</exception>
    internal void ThrowIfUsed()
    {
        if (File.Exists(Path))
        {
            throw new IOException($"{Path}: is a file, expected a folder");
        }

        if (Files.FirstOrDefault(File.Exists) is { } file)
        {
            throw new IOException($"{Path}: holds a run already ({System.IO.Path.GetFileName(file)}); give another --out, --overwrite, or --resume {Commandline.Quote(Path)}");
        }
    }

    /// <summary>Makes the folder and takes it; a run that was there is removed, so that its files never mix with the new run's.</summary>
    /// <exception cref="IOException">There is a run, which may not be overwritten.</exception>
    internal void Create(bool overwrite)
    {
        OutputFolder.Make(Path);
        foreach (string file in overwrite ? Files : [])
        {
            File.Delete(file);
        }

        // Of two runs that started in the same second only one can make this file.
        File.Open(Config, FileMode.CreateNew).Dispose();
    }

    /// <summary>Writes a text file.</summary>
    internal static void Write(string file, string text) => Write(file, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file; it is the old one or the complete new one.</summary>
    internal static void Write(string file, byte[] content) => AtomicFile.Write(file, stream => stream.Write(content));

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
