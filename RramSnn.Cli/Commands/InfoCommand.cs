using System.CommandLine;
using System.Runtime.InteropServices;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Settings;
using RramSnn.Data;
using RramSnn.Kernels.Simd;

namespace RramSnn.Cli.Commands;

/// <summary><c>info</c>: what this machine offers.</summary>
internal static class InfoCommand
{
    internal static Command Create(Host host)
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("info", "Shows what this machine offers.") { json };
        command.SetAction(parsed =>
        {
            Machine machine = Machine.Here();
            if (parsed.GetValue(json))
            {
                host.Output.WriteLine(SettingsJson.Write(machine));
            }
            else
            {
                machine.WriteTable(host.Output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The result, with stable keys.</summary>
    private sealed record Machine(
        string Version,
        string Runtime,
        string OperatingSystem,
        string Architecture,
        int Processors,
        int VectorWidthBits,
        long MemoryBytes,
        bool TieredCompilation,
        string? EmbeddedData)
    {
        internal static Machine Here() => new(
            App.Version,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            Environment.ProcessorCount,
            VectorDispatch.WidthInBits,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            UsesTieredCompilation(),
            Directory.Exists(ImageDataSet.EmbeddedMnistDirectory) ? ImageDataSet.EmbeddedMnistDirectory : null);

        internal void WriteTable(TextWriter writer) => Terminal.WriteTable(
            writer,
            "rramsnn",
            [
                ("version", Version),
                ("runtime", Runtime),
                ("operating system", $"{OperatingSystem}, {Architecture}"),
                ("processors", Format.Count(Processors)),
                ("vector width", VectorWidthBits == 32 ? "scalar" : $"{VectorWidthBits} bits"),
                ("memory", $"{Format.Count(MemoryBytes / (1024.0 * 1024))} MiB"),
                ("tiered compilation", TieredCompilation ? "on" : "off"),
                ("embedded data", EmbeddedData ?? "not found"),
            ]);

        // The environment wins over the program's own setting, as in the runtime.
        private static bool UsesTieredCompilation() => Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") is { } setting
            ? setting != "0"
            : !AppContext.TryGetSwitch("System.Runtime.TieredCompilation", out bool enabled) || enabled;
    }
}
