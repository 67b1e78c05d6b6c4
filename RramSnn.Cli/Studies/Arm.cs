using System.Globalization;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;

namespace RramSnn.Cli.Studies;

/// <summary>One method on one device: what is tuned as a whole and then run once per seed.</summary>
internal sealed record Arm
{
    private readonly TrainArguments? _arguments;

    /// <summary>Start of the names of the arm's files; no other arm has it.</summary>
    public required string Key { get; init; }

    public required string Device { get; init; }

    public required string Method { get; init; }

    /// <summary>Settings of a run before tuning; null for an arm that is left out.</summary>
    public required TrainSettings? Settings { get; init; }

    /// <summary>Why the arm is left out; null if it is not.</summary>
    public required string? Skipped { get; init; }

    /// <summary>Whether the user has fixed the learning rate.</summary>
    internal bool HasLearningRate => _arguments!.Has("--learning-rate");

    /// <summary>Whether the user has fixed the weight range.</summary>
    internal bool HasWeightRange => _arguments!.Has("--weight-range");

    /// <summary>An arm; one whose method cannot drive the device or cell is left out with the reason.</summary>
    /// <param name="key">Start of the names of its files.</param>
    /// <param name="common">What all arms share.</param>
    /// <param name="device">The device.</param>
    /// <param name="method">Name of the method.</param>
    internal static Arm Create(string key, TrainArguments common, Device device, string method)
    {
        TrainArguments arguments = common.With("--device", DeviceFile.ToCompactJson(device)).With("--method", method);
        TrainSettings? settings = null;
        string? skipped = null;
        try
        {
            // One thread each: runs stand side by side.
            settings = arguments.Read() with { Threads = 1 };
        }
        catch (ArgumentException exception)
        {
            skipped = App.OneLine(exception);
        }

        return new Arm(arguments) { Key = key, Device = device.Name, Method = method, Settings = settings, Skipped = skipped };
    }

    /// <summary>The command that repeats one of the arm's runs.</summary>
    internal string Rerun(TrainSettings settings)
    {
        string device = SettingsJson.WriteCompact(settings.Device);
        return Commandline.Train(_arguments!
            .With("--device", device.StartsWith('"') ? settings.Device.Name : device)
            .With("--learning-rate", settings.LearningRate.ToString("R", CultureInfo.InvariantCulture))
            .With("--weight-range", settings.WeightRange.ToString("R", CultureInfo.InvariantCulture))
            .With("--seed", settings.Seed.ToString(CultureInfo.InvariantCulture))
            .ToString());
    }

    private Arm(TrainArguments arguments)
    {
        _arguments = arguments;
    }
}
