using System.CommandLine;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Commands;

/// <summary><c>device list</c>: the presets with their figures of merit.</summary>
internal static class DeviceListCommand
{
    internal static Command Create(Host host)
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "Lists the devices that come with the program, with their figures of merit.") { json };
        command.SetAction(parsed =>
        {
            DeviceSummary[] devices = [.. DevicePresets.All.Select(DeviceSummary.Of)];
            if (parsed.GetValue(json))
            {
                host.Output.WriteLine(SettingsJson.Write(devices));
            }
            else
            {
                DeviceTable.Write(host.Output, devices);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
