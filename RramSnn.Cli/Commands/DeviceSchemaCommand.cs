using System.CommandLine;
using RramSnn.Model.Devices.Files;

namespace RramSnn.Cli.Commands;

/// <summary><c>device schema</c>: the JSON schema of device files.</summary>
internal static class DeviceSchemaCommand
{
    internal static Command Create(Host host)
    {
        Command command = new("schema", "Writes the JSON schema of device files, for editors and validators.");
        command.SetAction(_ =>
        {
            host.Output.Write(DeviceSchema.ToJson() + "\n");
            return ExitCode.Done;
        });
        return command;
    }
}
