using System.CommandLine;
using System.Globalization;
using RramSnn.Cli.Measurements;
using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;
using RramSnn.Model.Devices.Fitting;

namespace RramSnn.Cli.Commands;

/// <summary><c>device simulate</c>: a made-up measurement, to plan a real one or to see what <c>device fit</c> finds in it.</summary>
internal sealed class DeviceSimulateCommand
{
    private readonly Host _host;
    private readonly Argument<Device> _device = DeviceSource.Argument();
    private readonly Option<string?> _out = OptionFactory.Path("--out", "CSV file to write. [default: standard output]", "file.csv");
    private readonly Option<bool> _alternate = OptionFactory.Flag("--alternate", "Up and down pulses take turns; without it ramps do.");
    private readonly Option<int?> _pulses = OptionFactory.OptionalNumber<int>("--pulses", "Pulses of each direction in a cycle. [default: the device's pulses per range]");
    private readonly Option<int> _cycles = OptionFactory.Number("--cycles", "Times that the sequence is repeated.", 1);
    private readonly Option<int> _devices = OptionFactory.Number("--devices", "Number of devices.", 1);
    private readonly Option<double?> _start = OptionFactory.OptionalNumber<double>("--start-state", "State before the first pulse, 0 to 1. [default: 0 before ramps, 0.5 before alternating pulses]");
    private readonly Option<double?> _readNoise = OptionFactory.OptionalNumber<double>("--read-noise", "Scatter of reads, as a share of the range. [default: the device's]");
    private readonly Option<double?> _stepNoise = OptionFactory.OptionalNumber<double>("--step-noise", "Scatter of writes in units of their step. [default: the device's]");
    private readonly Option<double?> _pulseNoise = OptionFactory.OptionalNumber<double>("--pulse-noise", "Scatter of writes, as a share of the range. [default: the device's]");
    private readonly Option<double?> _spread = OptionFactory.OptionalNumber<double>("--spread", "Relative spread of all parameters per pulse, log-normal; Gmin and Gmax do not spread then. [default: the device's]");
    private readonly Option<double?> _readVoltage = OptionFactory.OptionalNumber<double>("--read-voltage", "Write currents at this voltage instead of conductances.");
    private readonly Option<ulong> _seed = OptionFactory.Number("--seed", "Seed of all draws.", 1ul);

    private DeviceSimulateCommand(Host host) => _host = host;

    internal static Command Create(Host host) => new DeviceSimulateCommand(host).Create();

    private Command Create()
    {
        Command command = new("simulate", "Writes the pulse response that a device would show to an instrument.")
        {
            _device, _out, _alternate, _pulses, _cycles, _devices, _start, _readNoise, _stepNoise, _pulseNoise, _spread, _readVoltage, _seed,
        };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        double? readVolts = parsed.GetValue(_readVoltage);
        if (readVolts is { } volts && !(volts != 0 && double.IsFinite(volts)))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"read_voltage is {volts}; expected a voltage other than 0."));
        }

        Device device = WithVariability(parsed, parsed.GetRequiredValue(_device));
        SyntheticResponse synthetic = new()
        {
            Device = device,
            Alternates = parsed.GetValue(_alternate),
            Pulses = parsed.GetValue(_pulses),
            Cycles = parsed.GetValue(_cycles),
            Devices = parsed.GetValue(_devices),
            StartState = parsed.GetValue(_start),
            Seed = parsed.GetValue(_seed),
        };
        string text = MeasuredResponseWriter.Text(synthetic.Measure(device.Name), readVolts, [$"simulated pulse response of {device.Name}, seed {synthetic.Seed}"]);
        if (parsed.GetValue(_out) is { } path)
        {
            RunFolder.Write(path, text);
            _host.Error.WriteLine($"wrote {path}");
        }
        else
        {
            _host.Output.Write(text);
        }

        return ExitCode.Done;
    }

    private Device WithVariability(ParseResult parsed, Device device)
    {
        DeviceVariability variability = device.Variability;
        double? step = parsed.GetValue(_stepNoise);
        double? pulse = parsed.GetValue(_pulseNoise);
        variability = variability with
        {
            ReadNoise = parsed.GetValue(_readNoise) ?? variability.ReadNoise,

            // A device has one kind of write noise: giving one replaces the other.
            StepNoise = step ?? (pulse is null ? variability.StepNoise : 0),
            PulseNoise = pulse ?? (step is null ? variability.PulseNoise : 0),
        };
        if (parsed.GetValue(_spread) is { } spread)
        {
            variability = variability with
            {
                Spread = device.Law.Model.Parameters.Where(static parameter => parameter.IsPerPulse).ToDictionary(static parameter => parameter.Key, _ => spread),
                Distribution = SpreadDistribution.LogNormal,
                MinimumSpread = 0,
                MaximumSpread = 0,
            };
        }

        return new Device(device.Name, device.Description, device.Source, device.MinimumSiemens, device.MaximumSiemens, device.PulsesPerRange, device.Law)
        {
            Variability = variability,
            PulseConditions = device.PulseConditions,
            VoltageCurves = device.VoltageCurves,
        };
    }
}
