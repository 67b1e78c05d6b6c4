using System.CommandLine;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Commands;

/// <summary><c>device response</c>: the conductance after every pulse of a train, of the perfect device or of devices that differ and scatter.</summary>
internal sealed class DeviceResponseCommand
{
    private const int MostDevices = 1_000_000;

    private readonly Host _host;
    private readonly Argument<Device> _device = DeviceSource.Argument();
    private readonly Option<double?> _start = OptionFactory.OptionalNumber<double>("--start", "Conductance to start from, in siemens. [default: the device's Gmin]");
    private readonly Option<double?> _startState = OptionFactory.OptionalNumber<double>("--start-state", "State to start from, 0 (Gmin) to 1 (Gmax), instead of --start.");
    private readonly Option<int?> _up = OptionFactory.OptionalNumber<int>("--up", "Potentiation pulses of a cycle. [default: the device's pulses over its range]");
    private readonly Option<int?> _down = OptionFactory.OptionalNumber<int>("--down", "Depression pulses of a cycle. [default: the device's pulses over its range]");
    private readonly Option<int> _cycles = OptionFactory.Number("--cycles", "Number of cycles.", 1);
    private readonly Option<bool> _alternate = OptionFactory.Flag("--alternate", "Up and down pulses take turns; without it all ups of a cycle come first.");
    private readonly Option<int> _devices = OptionFactory.Number("--devices", "Number of devices, one after the other; more than one get a column 'device'.", 1);
    private readonly Option<bool> _noise = OptionFactory.Flag("--noise", "Devices differ, writes scatter and reads scatter as the device says. The options from here to --read-noise replace parts of that, or of a perfect device.");
    private readonly VariabilityOptions _variability = new();
    private readonly Option<double?> _readVoltage = OptionFactory.OptionalNumber<double>("--read-voltage", "Write currents at this voltage, current_ampere and read_volts, instead of conductances.");
    private readonly Option<ulong> _seed = OptionFactory.Number("--seed", "Seed of all draws.", 1ul);
    private readonly Option<string?> _csv = OptionFactory.Path("--csv", $"File to write, with the columns {ResponseFile.Columns}: cycle 0 is the start, direction is up or down, state is (G - Gmin)/(Gmax - Gmin) in the device's own range before read noise. [default: standard output]", "file.csv");

    private DeviceResponseCommand(Host host) => _host = host;

    internal static Command Create(Host host) => new DeviceResponseCommand(host).Create();

    private Command Create()
    {
        Command command = new(
            "response",
            "Applies pulses one by one and writes the conductance after each, as CSV with every digit: a table to hold against other programs, or a made-up measurement for 'device fit'.")
        {
            _device, _start, _startState, _up, _down, _cycles, _alternate, _devices, _noise,
        };
        foreach (Option option in _variability.UnderPulses.Concat([_readVoltage, _seed, _csv]))
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        ResponseFile file = new([.. Pulse(parsed)], ReadVolts(parsed), _host.Interrupt);
        if (parsed.GetValue(_csv) is { } path)
        {
            file.Save(path);
        }
        else
        {
            file.Write(_host.Output);
        }

        return ExitCode.Done;
    }

    private IEnumerable<PulsedDevice> Pulse(ParseResult parsed)
    {
        Device nominal = parsed.GetRequiredValue(_device);
        bool isNoisy = parsed.GetValue(_noise);
        Device device = nominal.WithVariability(_variability.Read(parsed, isNoisy ? VariabilitySource.Device : VariabilitySource.None).For(nominal));

        // Pulses of a statistical model scatter by its law, which only --noise asks for.
        DeviceVariability? scatter = isNoisy || !device.Law.Model.IsStatistical ? device.Variability : null;
        int ramp = (int)Math.Min(Math.Round(device.PulsesPerRange), int.MaxValue);
        PulseTrain train = new()
        {
            Up = parsed.GetValue(_up) ?? ramp,
            Down = parsed.GetValue(_down) ?? ramp,
            Cycles = parsed.GetValue(_cycles),
            Alternates = parsed.GetValue(_alternate),
        };
        double start = StartState(parsed, device);
        ulong seed = parsed.GetValue(_seed);
        int devices = parsed.GetValue(_devices);
        if (devices is < 1 or > MostDevices)
        {
            throw new ArgumentException($"devices is {devices}; expected 1 to {MostDevices}.");
        }

        DeviceSampler sampler = new(device, seed);
        for (int i = 0; i < devices; i++)
        {
            SampledDevice sampled = device.Variability.IsNone ? SampledDevice.Nominal(device) : sampler[i];
            yield return new PulsedDevice(new DeviceReads(device, sampled, seed, i), train.Apply(sampled, start, scatter, seed, i));
        }
    }

    private double? ReadVolts(ParseResult parsed)
    {
        double? volts = parsed.GetValue(_readVoltage);
        return volts is null || (volts != 0 && double.IsFinite(volts.Value))
            ? volts
            : throw new ArgumentException(FormattableString.Invariant($"read_voltage is {volts}; expected a voltage other than 0."));
    }

    private double StartState(ParseResult parsed, Device device)
    {
        double? siemens = parsed.GetValue(_start);
        double? state = parsed.GetValue(_startState);
        if (siemens is null)
        {
            return state is null or (>= 0 and <= 1) ? state ?? 0 : throw new ArgumentException(FormattableString.Invariant($"start_state is {state}; expected 0 to 1."));
        }

        if (state is not null)
        {
            throw new ArgumentException("start_state cannot go with start: both say where to start.");
        }

        return siemens >= device.MinimumSiemens && siemens <= device.MaximumSiemens
            ? (siemens.Value - device.MinimumSiemens) / (device.MaximumSiemens - device.MinimumSiemens)
            : throw new ArgumentException(FormattableString.Invariant($"start is {siemens}; expected {device.MinimumSiemens} to {device.MaximumSiemens} siemens, the range of {device.Name}."));
    }
}
