using System.CommandLine;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Layers;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;
using RramSnn.Nir.Mapping;

namespace RramSnn.Cli.Commands;

/// <summary><c>nir export</c>: a trained network as a NIR file.</summary>
internal sealed class NirExportCommand
{
    private readonly Host _host;
    private readonly Argument<string> _path = new("path") { Description = "Folder of a run, or its model.safetensors." };
    private readonly Option<string?> _out = OptionFactory.Path("--out", "NIR file to write.", "file.nir");
    private readonly Option<string> _form = OptionFactory.OneOf("--form", "exact: CubaLI, Threshold and LI, which do what the layers do; cuba-lif: CubaLIF, which more tools read, but which resets in another way.", NirForm.Exact);
    private readonly Option<double> _step = OptionFactory.Number("--dt", "Seconds of a step.", 1e-3);
    private readonly Option<bool> _noState = OptionFactory.Flag("--no-state", "Leave devices and settings out: the file is smaller, but 'nir import' can then only program the weights anew.");
    private readonly Option<bool> _json = CommonOptions.Json();

    private NirExportCommand(Host host)
    {
        _host = host;
        _out.Aliases.Add("-o");
        _out.Required = true;
    }

    internal static Command Create(Host host)
    {
        NirExportCommand export = new(host);
        Command command = new("export", "Writes a trained network as a NIR file: weights, neurons and readout as nodes, devices and settings as metadata.")
        {
            export._path, export._out, export._form, export._step, export._noState, export._json,
        };
        command.SetAction(export.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_path);
        string file = Directory.Exists(path) ? new RunFolder(path).Checkpoint : path;
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{file}: checkpoint not found", file);
        }

        NirForm form = OptionFactory.ReadEnum<NirForm>(parsed, _form);
        bool hasState = !parsed.GetValue(_noState);
        TrainSettings settings = RunState.Load(file).Settings;
        IReadOnlyList<SafeTensor> tensors = Checkpoint.ReadTensors(file);
        (int inputs, int classes) = Checkpoint.ExtentsOf(file, tensors);
        using Network network = new(settings.ToNetworkOptions(inputs, classes));
        Checkpoint.Restore(file, tensors, network);
        NirGraph graph = NetworkGraph.Export(network, new NirExportOptions
        {
            StepSeconds = parsed.GetValue(_step),
            Form = form,
            Run = hasState ? Checkpoint.ReadMetadata(file) : null,
            HasState = hasState,
        });
        string target = parsed.GetRequiredValue(_out)!;
        NirFile.Write(target, graph);
        IReadOnlyList<string> deviations = NetworkGraph.Deviations(network, form);
        foreach (string deviation in deviations)
        {
            _host.Error.WriteLine($"rramsnn: warning: {deviation}");
        }

        ExportResult result = new(Path.GetFullPath(target), new FileInfo(target).Length, graph.Nodes.Count, graph.Edges.Count, Checkpoint.StateSha256(network), deviations);
        if (parsed.GetValue(_json))
        {
            _host.Output.WriteLine(SettingsJson.Write(result));
        }
        else
        {
            Terminal.WriteTable(
                _host.Output,
                $"{inputs} inputs, {string.Join(',', settings.Hidden)} neurons, {classes} classes",
                [("nodes", Format.Count(result.Nodes)), ("edges", Format.Count(result.Edges)), ("bytes", Format.Count(result.Bytes)), ("state hash", result.StateSha256[..16])]);
            _host.Output.WriteLine($"file: {result.Out}");
        }

        return ExitCode.Done;
    }

    /// <summary>The result, with stable keys.</summary>
    private sealed record ExportResult(string Out, long Bytes, int Nodes, int Edges, string StateSha256, IReadOnlyList<string> Deviations);
}
