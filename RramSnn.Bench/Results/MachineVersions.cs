using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using RramSnn.Bench.Roofline;
using RramSnn.Bench.Roofline.Ceilings;

namespace RramSnn.Bench.Results;

/// <summary>What a result was measured on and with. No names of hosts, users or folders.</summary>
internal static partial class MachineVersions
{
    private static readonly (string Model, string Family, string Number) Cpu = ReadCpu();

    /// <summary>Name of the processor as a folder name.</summary>
    internal static string CpuSlug => NotWordCharacters().Replace(CpuName.ToLowerInvariant(), "-").Trim('-');

    private static string CpuName => Cpu.Family.Length == 0 ? Cpu.Model : $"{Cpu.Model} family {Cpu.Family} model {Cpu.Number}";

    /// <summary>The lines of versions.txt.</summary>
    internal static IEnumerable<(string Name, string Value)> Of(RooflineRun run)
    {
        yield return ("cpu", CpuName);
        yield return ("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        yield return ("vector width", RooflineRun.RunningIsa);
        yield return ("runtime", RuntimeInformation.FrameworkDescription);
        yield return ("operating system", $"{OperatingSystemName()}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");
        yield return ("System.Numerics.Tensors", VersionOf(typeof(TensorPrimitives)));
        yield return ("BenchmarkDotNet", VersionOf(typeof(BenchmarkAttribute)));
        foreach ((string name, string value) in run.RivalVersions)
        {
            yield return (name, value);
        }

        yield return ("date", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        yield return ("FMA peak", Number(run.Ceilings.Peak, "GFLOP/s"));
        foreach ((MemoryLevel level, Traffic traffic, double value) in run.Ceilings.Streams)
        {
            yield return ($"{level.Name} {MachineCeilings.NameOf(traffic)}", Number(value, "GB/s"));
        }
    }

    private static string Number(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:F1} {unit}");

    private static string VersionOf(Type type) =>
        (type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown").Split('+')[0];

    private static string OperatingSystemName()
    {
        const string File = "/etc/os-release";
        string? name = System.IO.File.Exists(File) ? System.IO.File.ReadLines(File).FirstOrDefault(static line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal)) : null;
        return name?["PRETTY_NAME=".Length..].Trim('"') ?? RuntimeInformation.OSDescription;
    }

    private static (string Model, string Family, string Number) ReadCpu()
    {
        const string File = "/proc/cpuinfo";
        string[] lines = System.IO.File.Exists(File) ? System.IO.File.ReadAllLines(File) : [];
        string Value(string key) => lines.FirstOrDefault(line => line.Split('\t', ':')[0].TrimEnd() == key)?.Split(':', 2)[1].Trim() ?? "";
        string model = Value("model name");
        return (model.Length == 0 ? RuntimeInformation.ProcessArchitecture.ToString() : model, Value("cpu family"), Value("model"));
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWordCharacters();
}
