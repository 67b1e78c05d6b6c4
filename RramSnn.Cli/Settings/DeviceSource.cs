using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;

namespace RramSnn.Cli.Settings;

/// <summary>How users name devices: a preset, a device file or, in configuration files, the device itself.</summary>
internal static class DeviceSource
{
    /// <summary>What may stand for a device on the command line.</summary>
    internal const string HelpName = "name|file.json";

    /// <summary>The option of commands that work on one device.</summary>
    internal static Option<Device> Option(string name, string description, Device standard)
    {
        Option<Device> option = new(name)
        {
            Description = description,
            HelpName = HelpName,
            DefaultValueFactory = _ => standard,
            CustomParser = static result => Parse(result)[0],
        };
        option.CompletionSources.Add(Names);
        return option;
    }

    /// <summary>The argument of commands that work on one device.</summary>
    internal static Argument<Device> Argument()
    {
        Argument<Device> argument = new("device")
        {
            Description = "Device: a name from 'device list' or a device file.",
            HelpName = HelpName,
            CustomParser = static result => Parse(result)[0],
        };
        argument.CompletionSources.Add(Names);
        return argument;
    }

    /// <summary>The argument of commands that compare devices.</summary>
    internal static Argument<Device[]> Arguments()
    {
        Argument<Device[]> argument = new("devices")
        {
            Description = "Devices: names from 'device list' or device files.",
            HelpName = HelpName,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = Parse,
        };
        argument.CompletionSources.Add(Names);
        return argument;
    }

    /// <summary>Finds a device.</summary>
    /// <param name="text">Name of a preset, path of a device file, or a device as JSON.</param>
    /// <exception cref="ArgumentException">There is no such preset or file.</exception>
    /// <exception cref="InvalidDataException">The file or text is no device.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static Device Find(string text)
    {
        // A preset wins over a file of its name, which ./name still reaches.
        Device? preset = DevicePresets.All.FirstOrDefault(device => string.Equals(device.Name, text, StringComparison.OrdinalIgnoreCase));
        if (preset is not null)
        {
            return preset;
        }

        if (text.StartsWith('{'))
        {
            return DeviceFile.Parse(text, "device");
        }

        bool isPath = text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || text.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar) || File.Exists(text);
        return isPath
            ? DeviceFile.Read(text)
            : throw new ArgumentException($"device is '{text}'; expected a device file or one of {string.Join(", ", DevicePresets.All.Select(static device => device.Name))}.");
    }

    private static Device[] Parse(ArgumentResult result)
    {
        try
        {
            return [.. result.Tokens.Select(static token => Find(token.Value))];
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            result.AddError(App.OneLine(exception));

            // The parser wants a value beside the error, and does not look at it.
            return [DevicePresets.Ideal];
        }
    }

    private static IEnumerable<CompletionItem> Names(CompletionContext context) =>
        DevicePresets.All.Select(static device => new CompletionItem(device.Name, detail: device.Description));
}
