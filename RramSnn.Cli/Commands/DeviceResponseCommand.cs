using System.CommandLine;
using RramSnn.Cli.Reports;
using RramSnn.Cli.Settings;
using RramSnn.Model.Devices;

namespace RramSnn.Cli.Commands;

/// <summary><c>device response</c>: the conductance after every pulse of a train.</summary>
internal sealed class DeviceResponseCommand
{
    private const long MaximumIndex = int.MaxValue;

    private readonly Host _host;
    private readonly Argument<Device> _device = DeviceSource.Argument();
    private readonly Option<double?> _start = OptionFactory.OptionalNumber<double>("--start", "Conductance to start from, in siemens. [default: the device's Gmin]");
    private readonly Option<double?> _startState = OptionFactory.OptionalNumber<double>("--start-state", "State to start from, 0 (Gmin) to 1 (Gmax), instead of --start.");
    private readonly Option<int?> _up = OptionFactory.OptionalNumber<int>("--up", "Potentiation pulses of a cycle. [default: the device's pulses over its range]");
    private readonly Option<int?> _down = OptionFactory.OptionalNumber<int>("--down", "Depression pulses of a cycle. [default: the device's pulses over its range]");
    private readonly Option<int> _cycles = OptionFactory.Number("--cycles", "Number of cycles.", 1);
    private readonly Option<bool> _alternate = OptionFactory.Flag("--alternate", "Up and down pulses take turns; without it all ups of a cycle come first.");
    private readonly Option<bool> _noise = OptionFactory.Flag("--noise", "Draw one device with the spread of its kind, and give its pulses their cycle-to-cycle noise.");
    private readonly Option<ulong> _seed = OptionFactory.Number("--seed", "Seed of --noise.", 1ul);
    private readonly Option<long> _index = OptionFactory.Number("--device-index", "Which device of the seed --noise draws.", 0L);
    private readonly Option<string?> _csv = OptionFactory.Path("--csv", $"File to write, with the columns {ResponseFile.Header}: cycle 0 is the start, direction is up or down, state is (G - Gmin)/(Gmax - Gmin) in the device's own range. [default: standard output]", "file.csv");

    private DeviceResponseCommand(Host host) => _host = host;

    internal static Command Create(Host host)
    {
        DeviceResponseCommand response = new(host);
        Command command = new(
            "response",
            "Applies pulses one by one and writes the conductance after each, as CSV with every digit.")
        {
            response._device,
            response._start,
            response._startState,
            response._up,
            response._down,
            response._cycles,
            response._alternate,
            response._noise,
            response._seed,
            response._index,
            response._csv,
        };
        command.SetAction(response.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Device device = parsed.GetRequiredValue(_device);
        bool isNoisy = parsed.GetValue(_noise);
        ulong seed = parsed.GetValue(_seed);
        long index = parsed.GetValue(_index);
        if (index is < 0 or > MaximumIndex)
        {
            throw new ArgumentException($"device_index is {index}; expected 0 to {MaximumIndex}.");
        }

        SampledDevice sampled = isNoisy ? new DeviceSampler(device, seed)[index] : SampledDevice.Nominal(device);
        int ramp = (int)Math.Round(device.PulsesPerRange);
        PulseTrain train = new()
        {
            Up = parsed.GetValue(_up) ?? ramp,
            Down = parsed.GetValue(_down) ?? ramp,
            Cycles = parsed.GetValue(_cycles),
            Alternates = parsed.GetValue(_alternate),
        };
        IEnumerable<PulseResponse> responses = train.Apply(
            sampled, StartState(parsed, device), isNoisy ? device.Variability : null, seed, index);
        if (parsed.GetValue(_csv) is { } path)
        {
            ResponseFile.Save(path, responses, sampled, _host.Interrupt);
            return ExitCode.Done;
        }

        ResponseFile.Write(_host.Output, responses, sampled, _host.Interrupt);
        return ExitCode.Done;
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
