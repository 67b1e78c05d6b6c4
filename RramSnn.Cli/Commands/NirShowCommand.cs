using System.CommandLine;
using RramSnn.Cli.Exchange;
using RramSnn.Cli.Settings;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;

namespace RramSnn.Cli.Commands;

/// <summary><c>nir show</c>: what a NIR file holds.</summary>
internal static class NirShowCommand
{
    internal static Command Create(Host host)
    {
        Argument<string> file = NirCommand.File();
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "Shows nodes, shapes, parameters, edges and metadata of a NIR file.") { file, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            List<string> warnings = [];
            NirGraph graph = NirFile.Read(path, warnings);
            warnings.ForEach(warning => host.Error.WriteLine($"rramsnn: warning: {warning}"));
            GraphSheet sheet = GraphSheet.Of(graph);
            if (parsed.GetValue(json))
            {
                host.Output.WriteLine(SettingsJson.Write(sheet));
            }
            else
            {
                sheet.Write(host.Output, path);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
