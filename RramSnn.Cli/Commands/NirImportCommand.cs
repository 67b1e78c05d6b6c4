using System.CommandLine;
using System.CommandLine.Parsing;
using RramSnn.Cli.Exchange;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Devices.Files;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;

namespace RramSnn.Cli.Commands;

/// <summary><c>nir import</c>: a NIR file as a run's folder, its weights on devices.</summary>
internal sealed class NirImportCommand
{
    private readonly Host _host;
    private readonly TrainOptions _settings = new();
    private readonly Argument<string> _file = NirCommand.File();
    private readonly Option<string?> _out = OptionFactory.Path("--out", "Folder for the run.", "dir");
    private readonly Option<bool> _overwrite = OptionFactory.Flag("--overwrite", "Replace a run that --out holds.");
    private readonly Option<double?> _step = OptionFactory.OptionalNumber<double>("--dt", "Seconds of a step. [default: what the file tells, or 0.001]");
    private readonly Option<bool> _json = CommonOptions.Json();

    private NirImportCommand(Host host)
    {
        _host = host;
        _out.Required = true;
    }

    internal static Command Create(Host host)
    {
        NirImportCommand import = new(host);
        Command command = new(
            "import",
            "Makes a run's folder of a NIR file. A file that 'nir export' wrote gives its network back to the bit; any other chain of Linear, CubaLI and Threshold nodes, or one with options of train beside it, has its weights programmed onto devices. Then 'eval' measures it and 'train --resume' trains it on.")
        {
            import._file, import._out, import._overwrite, import._step, import._json,
        };
        foreach (Option option in import._settings.All)
        {
            // Known, so that their refusal says why.
            option.Hidden = ImportedNetwork.GraphOptions.Contains(option.Name);
            command.Add(option);
        }

        command.SetAction(import.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        OptionResult[] given = [.. ConfigFile.Given(parsed).Where(result => _settings.All.Contains(result.Option))];
        RunFolder folder = new(parsed.GetRequiredValue(_out)!);
        bool overwrite = parsed.GetValue(_overwrite);
        if (!overwrite)
        {
            folder.ThrowIfUsed();
        }

        List<string> warnings = [];
        NirGraph graph = NirFile.Read(file, warnings);
        using ImportedNetwork imported = ImportedNetwork.Of(file, graph, parsed.GetValue(_step), given, _settings);
        foreach (string warning in warnings.Concat(imported.Notes))
        {
            _host.Error.WriteLine($"rramsnn: warning: {warning}");
        }

        folder.Create(overwrite);
        RunFolder.Write(folder.Config, SettingsJson.Write(imported.Settings) + "\n");
        RunFolder.Write(folder.Device, DeviceFile.ToJson(imported.Settings.ToDevice()) + "\n");
        Checkpoint.Save(folder.Checkpoint, imported.Network, imported.Run);
        ImportResult result = new(
            imported.IsRestored ? "restored" : "programmed",
            imported.Network.Options.Inputs,
            imported.Settings.Hidden,
            imported.Network.Options.Classes,
            imported.Settings.Device.Name,
            imported.Settings.WeightRange,
            imported.LargestErrors,
            Checkpoint.StateSha256(imported.Network),
            Path.GetFullPath(folder.Path));
        if (parsed.GetValue(_json))
        {
            _host.Output.WriteLine(SettingsJson.Write(result));
        }
        else
        {
            result.WriteTable(_host.Output);
        }

        return ExitCode.Done;
    }

    /// <summary>The result, with stable keys.</summary>
    private sealed record ImportResult(
        string Network, int Inputs, IReadOnlyList<int> Hidden, int Classes, string Device, float WeightRange, IReadOnlyList<float> LargestWeightErrors, string StateSha256, string Out)
    {
        internal void WriteTable(TextWriter writer)
        {
            Terminal.WriteTable(
                writer,
                $"{Inputs} inputs, {string.Join(',', Hidden)} neurons, {Classes} classes on {Device}",
                [
                    ("devices", Network == "restored" ? "restored to the bit" : "programmed"),
                    ("weight range", Format.Number(WeightRange)),
                    .. LargestWeightErrors.Index().Select(static item => ($"largest weight error, layer {item.Index}", Format.Number(item.Item))),
                    ("state hash", StateSha256[..16]),
                ]);
            writer.WriteLine($"folder: {Out}");
            writer.WriteLine($"measure it: {Commandline.Of("eval", Commandline.Quote(Out))}");
        }
    }
}
