using RramSnn.Kernels.Conductance;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars.Units;

/// <summary>What a whole pulse is worth that is given without looking, and which devices of a synapse get it.</summary>
/// <param name="ForIncrease">Weight that one pulse upwards is expected to add, above 0.</param>
/// <param name="ForDecrease">Weight that one pulse downwards is expected to take, above 0.</param>
/// <param name="DrivesBoth">Whether both devices of a pair are driven, in opposite directions; else u⁺ alone.</param>
public sealed record WholePulses(double ForIncrease, double ForDecrease, bool DrivesBoth)
{
    private const double Middle = 0.5;

    /// <summary>By the steps s_P and s_D of one pulse at u = ½: W(s_P + s_D) either way for a pair, 2W s_P and 2W s_D for a reference cell.</summary>
    internal static WholePulses Of(DeviceLaw law, SynapseCell cell, double weightRange)
    {
        double up = weightRange * law.Up(Middle);
        double down = weightRange * law.Down(Middle);
        return cell == SynapseCell.Pair ? new(up + down, up + down, DrivesBoth: true) : new(2 * up, 2 * down, DrivesBoth: false);
    }
}

/// <summary>Takes whole pulses out of gathered weight changes and gives them to the devices.</summary>
internal sealed class WholePulseWriter(Crossbar crossbar, WholePulses steps)
{
    // The numbers are whole already.
    private readonly PulseApplier _applier = crossbar.CreateApplier(PulseMode.Continuous);

    /// <summary>Writes a run of devices.</summary>
    /// <param name="run">The run.</param>
    /// <param name="sum">Weight changes gathered for it; what is not worth a pulse stays.</param>
    /// <param name="pulses">Memory for its pulses.</param>
    /// <param name="streams">Random numbers for noise.</param>
    /// <param name="counters">Counters of its columns.</param>
    internal void Write(CellRun run, Span<float> sum, Span<float> pulses, ArrayStreams streams, PulseCounters counters)
    {
        AccumulatorKernels.TakeWholePulses(sum, (float)steps.ForIncrease, (float)steps.ForDecrease, pulses);
        crossbar.PlusArray.Apply(_applier, run, pulses, 1f, streams.Plus, counters);
        if (steps.DrivesBoth)
        {
            crossbar.MinusArray?.Apply(_applier, run, pulses, -1f, streams.Minus, counters);
        }
    }
}
