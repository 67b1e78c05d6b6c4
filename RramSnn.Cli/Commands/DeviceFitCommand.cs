using System.CommandLine;
using System.Globalization;
using RramSnn.Cli.Measurements;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Files;
using RramSnn.Model.Devices.Fitting;

namespace RramSnn.Cli.Commands;

/// <summary><c>device fit</c>: a device from its measured pulse response.</summary>
internal sealed class DeviceFitCommand
{
    private readonly Host _host;
    private readonly Argument<string> _file = new("file") { Description = "CSV file with conductance, resistance or current over pulses; docs/fitting.md describes its columns." };
    private readonly Option<string?> _out = OptionFactory.Path("--out", "Folder for the results. [default: runs/fit-<name>-<time>]", "dir");
    private readonly Option<bool> _overwrite = OptionFactory.Flag("--overwrite", "Replace a fit that --out holds.");
    private readonly Option<string[]> _models = new("--model")
    {
        Description = "Model to fit; may be given more than once. [default: all]",
        HelpName = string.Join('|', DeviceModels.Fittable.Select(static model => model.Name)),
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _name = new("--name") { Description = "Name of the device. [default: the file's]", HelpName = "name" };
    private readonly Option<string> _weights = OptionFactory.OneOf("--weights", "Scatter of readings: the same everywhere, or in proportion to the conductance.", FitWeights.Uniform);
    private readonly Option<double?> _readVoltage = OptionFactory.OptionalNumber<double>("--read-voltage", "Volts at which currents were read, if the file has no column for it.");
    private readonly Option<double?> _minimum = OptionFactory.OptionalNumber<double>("--g-min", "Gmin in siemens if it is known. [default: found]");
    private readonly Option<double?> _maximum = OptionFactory.OptionalNumber<double>("--g-max", "Gmax in siemens if it is known. [default: found]");
    private readonly Option<double?> _pulses = OptionFactory.OptionalNumber<double>("--pulses-per-range", "Nominal number of pulses over the range. [default: that of the ramps]");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _quiet = CommonOptions.Quiet();

    private DeviceFitCommand(Host host) => _host = host;

    internal static Command Create(Host host) => new DeviceFitCommand(host).Create();

    private Command Create()
    {
        Command command = new("fit", "Finds the device model and its parameters from a measured pulse response.")
        {
            _file, _out, _overwrite, _models, _name, _weights, _readVoltage, _minimum, _maximum, _pulses, _json, _quiet,
        };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        double? readVolts = parsed.GetValue(_readVoltage);
        if (readVolts is { } volts && (volts == 0 || !double.IsFinite(volts)))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"read_voltage is {volts}; expected a voltage other than 0."));
        }

        TextWriter progress = parsed.GetValue(_quiet) ? TextWriter.Null : _host.Error;
        FitOptions options = Options(parsed, file) with { ModelStarts = model => progress.WriteLine($"fitting {model}") };
        string time = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        FitFolder folder = new(parsed.GetValue(_out) ?? RunFolder.New(Path.Combine("runs", $"fit-{options.Name}-{time}")).Path);
        if (!parsed.GetValue(_overwrite))
        {
            folder.ThrowIfUsed();
        }

        List<FitWarning> warnings = [];
        MeasuredResponse response = MeasuredResponseReader.Read(file, readVolts, warnings);
        DeviceFit fit = DeviceFitter.Fit(response, options, _host.Interrupt);
        fit = fit with { Warnings = [.. warnings, .. fit.Warnings] };
        string summary = FitSummary.Of(fit, options).Text;
        Write(folder, fit, summary);
        foreach (FitWarning warning in fit.Warnings)
        {
            _host.Error.WriteLine($"rramsnn: warning: {warning.Message}");
        }

        if (parsed.GetValue(_json))
        {
            _host.Output.WriteLine(summary);
        }
        else
        {
            FitTable.Write(_host.Output, fit);
            _host.Output.WriteLine($"files: {string.Join(", ", folder.Files)}, {folder.Models}");
            _host.Output.WriteLine($"train on it: {Commandline.Train($"--device {Commandline.Quote(folder.Device)}")}");
        }

        return ExitCode.Done;
    }

    private FitOptions Options(ParseResult parsed, string file)
    {
        string[] models = parsed.GetValue(_models) ?? [];
        string name = parsed.GetValue(_name) ?? Path.GetFileNameWithoutExtension(file);
        double? minimum = parsed.GetValue(_minimum);
        double? maximum = parsed.GetValue(_maximum);
        if (minimum is not null and not (> 0 and < 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"g_min is {minimum}; expected a conductance above 0 and below 1 S."));
        }

        if (maximum is not null && !(maximum > (minimum ?? 0) && maximum <= 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"g_max is {maximum}; expected a conductance above Gmin and at most 1 S."));
        }

        return new FitOptions
        {
            Models = models.Length == 0 ? DeviceModels.Fittable : [.. models.Select(DeviceModels.Get).Distinct()],
            Name = string.IsNullOrWhiteSpace(name) ? throw new ArgumentException($"name is '{name}'; expected a name for the device.") : name,
            Weights = OptionFactory.ReadEnum<FitWeights>(parsed, _weights),
            MinimumSiemens = minimum,
            MaximumSiemens = maximum,
            PulsesPerRange = parsed.GetValue(_pulses),
        };
    }

    private void Write(FitFolder folder, DeviceFit fit, string summary)
    {
        folder.Create();
        foreach (ModelFit model in fit.Models)
        {
            DeviceFile.Write(model.Device, folder.Model(model.Model.Name));
        }

        DeviceFile.Write(fit.Best.Device, folder.Device);
        Draw(folder, fit);

        // Last, because it marks the fit as complete.
        RunFolder.Write(folder.Summary, summary + "\n");
    }

    private void Draw(FitFolder folder, DeviceFit fit)
    {
        try
        {
            (byte[] png, string svg) = FitPlots.Curves(fit);
            RunFolder.Write(folder.Curves, png);
            RunFolder.Write(folder.CurvesVector, svg);
            (png, svg) = FitPlots.Residuals(fit);
            RunFolder.Write(folder.Residuals, png);
            RunFolder.Write(folder.ResidualsVector, svg);
        }
#pragma warning disable CA1031 // Whatever keeps the pictures from being drawn, the numbers are not lost for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _host.Error.WriteLine($"rramsnn: warning: {folder.Curves} was not drawn: {App.OneLine(exception)}");
        }
    }
}
