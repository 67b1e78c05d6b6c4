using System.CommandLine;
using RramSnn.Cli.Settings;

namespace RramSnn.Cli.Commands;

/// <summary>Options that mean the same in every command.</summary>
internal static class CommonOptions
{
    internal static Option<bool> Json() => OptionFactory.Flag("--json", "Write the result as one JSON object.");

    internal static Option<bool> Quiet() => OptionFactory.Flag("--quiet", "Show no progress.");
}
