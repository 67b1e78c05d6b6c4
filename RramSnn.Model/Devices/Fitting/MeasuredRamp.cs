namespace RramSnn.Model.Devices.Fitting;

/// <summary>A stretch of a trace that is simulated in one go: a ramp, or a sequence of alternating pulses.</summary>
internal sealed class MeasuredRamp
{
    internal required MeasuredTrace Trace { get; init; }

    /// <summary>Index of the first reading in the trace.</summary>
    internal required int First { get; init; }

    /// <summary>Pulses before every reading since the one before it, negative for depression; 0 for the first reading.</summary>
    internal required double[] Pulses { get; init; }

    /// <summary>Readings in siemens.</summary>
    internal required double[] Siemens { get; init; }

    /// <summary>1 for a reading of this ramp only, 1/2 for one at a turning point, which belongs to two ramps.</summary>
    internal required double[] Shares { get; init; }

    /// <summary>Whether all pulses have one direction.</summary>
    internal required bool IsRamp { get; init; }

    internal int Count => Siemens.Length;

    internal double TotalPulses => Pulses.Sum(Math.Abs);

    internal bool IsPotentiation => Pulses.Sum() > 0;
}
