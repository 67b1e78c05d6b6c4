using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// How many pulses a device gets for a wished weight change: what an update method comes down to for one device of a
/// synapse. A new method needs one struct that implements this interface, unless <see cref="PolarityGain"/> does.
/// </summary>
public interface IPulseRule
{
    /// <summary>
    /// Whether the number depends on the device's present state. Such a rule reads every device that it writes, and the
    /// reads are counted; any other rule is worked out once per bit line.
    /// </summary>
    static abstract bool ReadsState { get; }

    /// <summary>Whether the device is never written.</summary>
    bool IsZero { get; }

    /// <summary>Pulses for a wish; positive potentiates, negative depresses, 0 for a wish of 0.</summary>
    /// <param name="wish">
    /// Wished weight change: of this device if the rule reads, else per unit trace of the bit line, so that the result must be
    /// proportional to the size of the wish.
    /// </param>
    /// <param name="state">The device's state u if the rule reads, else of no meaning.</param>
    TLanes Pulses<TLanes>(TLanes wish, TLanes state)
        where TLanes : struct, ILanes<TLanes>;
}
