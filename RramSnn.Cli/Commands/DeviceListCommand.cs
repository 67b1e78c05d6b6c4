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
        Option<bool> markdown = OptionFactory.Flag("--markdown", "Write a Markdown table with ranges and sources.");
        Command command = new("list", "Lists the devices that come with the program, with their figures of merit.") { json, markdown };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json) && parsed.GetValue(markdown))
            {
                throw new ArgumentException("markdown cannot go with json: both say what to write.");
            }

            DeviceSummary[] devices = [.. DevicePresets.All.Select(DeviceSummary.Of)];
            if (parsed.GetValue(json))
            {
                host.Output.WriteLine(SettingsJson.Write(devices));
            }
            else if (parsed.GetValue(markdown))
            {
                DeviceMarkdown.Write(host.Output, DevicePresets.All);
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
