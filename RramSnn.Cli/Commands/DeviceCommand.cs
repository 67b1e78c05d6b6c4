using System.CommandLine;
using System.CommandLine.Help;

namespace RramSnn.Cli.Commands;

/// <summary><c>device</c>: all that is about devices without a network.</summary>
internal static class DeviceCommand
{
    /// <summary>The command with its subcommands: a new one is a file and a line here.</summary>
    internal static Command Create(Host host)
    {
        Command command = new("device", "Lists, shows, draws, pulses and fits devices.")
        {
            DeviceListCommand.Create(host),
            DeviceShowCommand.Create(host),
            DevicePlotCommand.Create(host),
            DeviceResponseCommand.Create(host),
            DeviceFitCommand.Create(host),
            DeviceSchemaCommand.Create(host),
        };
        command.SetAction(static parsed => new HelpAction().Invoke(parsed));
        return command;
    }
}
