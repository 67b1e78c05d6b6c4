using System.CommandLine;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;

namespace RramSnn.Cli.Commands;

/// <summary><c>device show</c>: all that is known about a device.</summary>
internal static class DeviceShowCommand
{
    internal static Command Create(Host host)
    {
        Argument<Device> device = DeviceSource.Argument();
        Option<bool> json = OptionFactory.Flag("--json", "Write the device file: 'device show NAME --json > my.json' starts a device of your own.");
        Command command = new("show", "Shows law, parameters, variability, pulses, source and figures of merit of a device.") { device, json };
        command.SetAction(parsed =>
        {
            Device shown = parsed.GetRequiredValue(device);
            if (parsed.GetValue(json))
            {
                host.Output.Write(DeviceFile.ToJson(shown) + "\n");
            }
            else
            {
                DeviceSheet.Write(host.Output, shown);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
