using System.CommandLine;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Commands;

/// <summary><c>device plot</c>: pictures of one or several devices.</summary>
internal static class DevicePlotCommand
{
    private const int MostDevices = 10;

    internal static Command Create(Host host)
    {
        Argument<Device[]> devices = DeviceSource.Arguments();
        Option<string?> directory = OptionFactory.Path("--out", "Folder for the pictures.", "dir");
        directory.Required = true;
        Option<ulong> seed = OptionFactory.Number("--seed", "Seed of the devices of the variability picture.", 1ul);
        Command command = new("plot", "Draws pulse responses, step sizes and variability of devices, as PNG and SVG.") { devices, directory, seed };
        command.SetAction(parsed =>
        {
            Device[] drawn = parsed.GetRequiredValue(devices);
            if (drawn.Length > MostDevices)
            {
                throw new ArgumentException($"devices are {drawn.Length}; expected 1 to {MostDevices} in one picture.");
            }

            string folder = parsed.GetRequiredValue(directory)!;
            if (File.Exists(folder))
            {
                throw new IOException($"{folder}: is a file, expected a folder");
            }

            OutputFolder.Make(folder);
            foreach (DevicePicture picture in DevicePictures.Draw(drawn, parsed.GetValue(seed)))
            {
                string file = Path.Combine(folder, picture.FileName);
                RunFolder.Write(file, picture.Content);
                host.Output.WriteLine(file);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
