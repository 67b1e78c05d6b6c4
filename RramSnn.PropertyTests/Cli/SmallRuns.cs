using System.Text.Json;
using RramSnn.PropertyTests.Data;

namespace RramSnn.PropertyTests.Cli;

/// <summary>A folder with a small learnable data set, and runs on it that take milliseconds.</summary>
public sealed class SmallRuns : IDisposable
{
    internal const int TrainCount = 120;
    internal const int TestCount = 40;

    private const int Side = 8;
    private const int Classes = 4;

    private readonly TemporaryFolder _folder = new();
    private int _runs;

    public SmallRuns()
    {
        Data = NewPath("data");
        Directory.CreateDirectory(Data);
        Write("train", TrainCount, seed: 1);
        Write("t10k", TestCount, seed: 2);
    }

    internal string Data { get; }

    public void Dispose() => _folder.Dispose();

    /// <summary>A path that nothing has used yet.</summary>
    internal string NewPath(string name) => Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _runs)}-{name}");

    /// <summary>A file with a text.</summary>
    internal string WriteFile(string name, string text)
    {
        string path = NewPath(name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The arguments of a small run; options given here replace those of the same name.</summary>
    internal string[] Train(string folder, params string[] more)
    {
        string[] standard =
        [
            "--data", Data, "--out", folder, "--hidden", "32", "--steps", "8", "--burn-in", "2", "--epochs", "2",
            "--held-out", "20", "--log-every", "30", "--threads", "1",
        ];
        IEnumerable<string> kept = standard.Chunk(2).Where(pair => !more.Contains(pair[0])).SelectMany(static pair => pair);
        return ["train", .. kept, "--quiet", "--json", .. more];
    }

    /// <summary>The arguments of a small study or sweep; options given here replace those of the same name.</summary>
    internal string[] Study(string command, string folder, params string[] more)
    {
        string[] standard = ["--data", Data, "--out", folder, "--hidden", "16", "--steps", "5", "--burn-in", "1", "--epochs", "1", "--samples", "60", "--seeds", "2"];
        IEnumerable<string> kept = standard.Chunk(2).Where(pair => !more.Contains(pair[0])).SelectMany(static pair => pair);
        return [command, .. kept, "--quiet", "--json", .. more];
    }

    /// <summary>The rows of a CSV file without its last columns, those of times.</summary>
    internal static string[] Rows(string folder, string name, int timeColumns) =>
        [.. File.ReadAllLines(Path.Combine(folder, name)).Select(line => string.Join(',', line.Split(',')[..^timeColumns]))];

    internal static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    internal static JsonElement JsonFile(string folder, string name) => Json(File.ReadAllText(Path.Combine(folder, name)));

    /// <summary>The columns of metrics.csv that do not depend on time.</summary>
    internal static string[] Metrics(string folder) =>
    [
        .. File.ReadAllLines(Path.Combine(folder, "metrics.csv")).Select(static line =>
        {
            string[] cells = line.Split(',');
            return string.Join(',', [.. cells[..4], .. cells[5..7]]);
        }),
    ];

    // Every class is a bright band of two rows at its own height, in noise.
    private void Write(string prefix, int count, int seed)
    {
        Random random = new(seed);
        byte[] labels = new byte[count];
        byte[] pixels = new byte[count * Side * Side];
        for (int image = 0; image < count; image++)
        {
            labels[image] = (byte)(image % Classes);
            for (int pixel = 0; pixel < Side * Side; pixel++)
            {
                bool bright = pixel / Side / 2 == labels[image];
                pixels[(image * Side * Side) + pixel] = (byte)(bright ? random.Next(150, 256) : random.Next(0, 60));
            }
        }

        File.WriteAllBytes(Path.Combine(Data, $"{prefix}-images-idx3-ubyte"), IdxBytes.Encode([count, Side, Side], pixels));
        File.WriteAllBytes(Path.Combine(Data, $"{prefix}-labels-idx1-ubyte"), IdxBytes.Labels(labels));
    }
}
