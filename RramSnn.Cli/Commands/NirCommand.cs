using System.CommandLine;
using System.CommandLine.Help;

namespace RramSnn.Cli.Commands;

/// <summary><c>nir</c>: networks in the Neuromorphic Intermediate Representation.</summary>
internal static class NirCommand
{
    /// <summary>The command with its subcommands.</summary>
    internal static Command Create(Host host)
    {
        Command command = new("nir", "Exchanges networks with other tools as NIR files (Neuromorphic Intermediate Representation).")
        {
            NirExportCommand.Create(host),
            NirImportCommand.Create(host),
            NirShowCommand.Create(host),
            NirEvalCommand.Create(host),
            NirRunCommand.Create(host),
        };
        command.SetAction(static parsed => new HelpAction().Invoke(parsed));
        return command;
    }

    /// <summary>The argument for the file.</summary>
    internal static Argument<string> File() => new("file") { Description = "NIR file (HDF5).", HelpName = "file.nir" };
}
