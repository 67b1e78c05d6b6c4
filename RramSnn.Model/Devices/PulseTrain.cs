using RramSnn.Kernels.Random;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Devices;

/// <summary>One pulse of a response.</summary>
/// <param name="Cycle">Number of the cycle, 1 for the first; 0 for the start.</param>
/// <param name="Pulse">Number of the pulse since the start, 1 for the first; 0 for the start.</param>
/// <param name="Direction">1 potentiation, -1 depression; at the start that of the first pulse.</param>
/// <param name="State">The state u after the pulse.</param>
public readonly record struct PulseResponse(long Cycle, long Pulse, int Direction, double State);

/// <summary>Pulses as in a measurement: cycles of potentiation and depression, one pulse at a time.</summary>
public sealed record PulseTrain
{
    /// <summary>Potentiation pulses of a cycle, 0 or more.</summary>
    public required int Up { get; init; }

    /// <summary>Depression pulses of a cycle, 0 or more.</summary>
    public required int Down { get; init; }

    /// <summary>Number of cycles, at least 1.</summary>
    public int Cycles { get; init; } = 1;

    /// <summary>Whether up and down pulses take turns until those of one direction are used up; else all ups come first.</summary>
    public bool Alternates { get; init; }

    /// <summary>The state after every pulse, the start included.</summary>
    /// <param name="device">The device.</param>
    /// <param name="start">State u in [0, 1] to start from; a stuck device has its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public IEnumerable<PulseResponse> Apply(SampledDevice device, double start) => Apply(device, start, variability: null, seed: 0, index: 0);

    /// <summary>The state after every pulse, with the device's cycle-to-cycle noise or the scatter of its law.</summary>
    /// <param name="device">The device.</param>
    /// <param name="start">State u in [0, 1] to start from; a stuck device has its own.</param>
    /// <param name="variability">Its <see cref="DeviceVariability.StepNoise"/> or <see cref="DeviceVariability.PulseNoise"/> is applied to every pulse; null for the law alone.</param>
    /// <param name="seed">The user's seed.</param>
    /// <param name="index">Number of the device: devices of one seed share no draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public IEnumerable<PulseResponse> Apply(SampledDevice device, double start, DeviceVariability? variability, ulong seed, long index)
    {
        ArgumentNullException.ThrowIfNull(device);
        Require.That(start is >= 0 and <= 1, start, "a state, 0 to 1", nameof(start));
        Require.That(Up >= 0, Up, "0 or more", nameof(Up));
        Require.That(Down >= 0, Down, "0 or more", nameof(Down));
        Require.That(Cycles >= 1, Cycles, "1 or more", nameof(Cycles));
        Require.That(index >= 0, index, "0 or more", nameof(index));
        return Responses(device, start, variability, seed, index);
    }

    private IEnumerable<PulseResponse> Responses(SampledDevice device, double start, DeviceVariability? variability, ulong seed, long index)
    {
        double state = device.StuckState ?? start;
        yield return new PulseResponse(0, 0, Directions().FirstOrDefault(1), state);
        double memory = device.Law.MemoryAt(state);
        bool hasOwnScatter = variability is not null && device.Law.Model.IsStatistical;
        bool isNoisy = hasOwnScatter || variability is { StepNoise: > 0 } or { PulseNoise: > 0 };
        float[] draws = new float[RandomKernels.BlockLength];
        long pulse = 0;
        for (long cycle = 1; cycle <= Cycles; cycle++)
        {
            foreach (int direction in Directions())
            {
                double next = device.StuckState ?? device.Law.After(state, direction);
                if (isNoisy && device.StuckState is null)
                {
                    int place = (int)(pulse % draws.Length);
                    if (place == 0)
                    {
                        RandomStream stream = RandomPurpose.PulseTrainNoise.Stream(seed, (ulong)index).At((uint)(pulse / draws.Length));
                        RandomKernels.Normal<InverseCdfNormal>(draws, stream);
                    }

                    next = hasOwnScatter
                        ? device.Law.AfterPulse(state, direction, draws[place], ref memory)
                        : Math.Clamp(next + (((variability!.StepNoise * (next - state)) + variability.PulseNoise) * draws[place]), 0, 1);
                }

                state = next;
                pulse++;
                yield return new PulseResponse(cycle, pulse, direction, state);
            }
        }
    }

    private IEnumerable<int> Directions()
    {
        int paired = Alternates ? Math.Min(Up, Down) : 0;
        for (int i = 0; i < paired; i++)
        {
            yield return 1;
            yield return -1;
        }

        for (int i = paired; i < Up; i++)
        {
            yield return 1;
        }

        for (int i = paired; i < Down; i++)
        {
            yield return -1;
        }
    }
}
