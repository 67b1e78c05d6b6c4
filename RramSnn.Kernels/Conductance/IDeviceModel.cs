using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// The law that a device's normalised state u = (G - Gmin)/(Gmax - Gmin) in [0, 1] obeys under programming pulses. A new
/// device model is one struct that implements this interface.
/// </summary>
/// <remarks>
/// <para>
/// Learning writes outer products: all devices of a bit line see pulses of one polarity within a step, in numbers
/// proportional to their word line's trace. So whatever depends on polarity is worked out once per column
/// (<see cref="Drive{TLanes}"/>), and only the rest per device (<see cref="Advance{TLanes}"/>).
/// </para>
/// <para>
/// Laws that every model must keep, and that the tests check for all of them: the state stays in [0, 1]; more
/// potentiation pulses never lower it, more depression pulses never raise it; zero pulses leave every bit alone.
/// </para>
/// </remarks>
public interface IDeviceModel
{
    /// <summary>Works out the per-column constants of <see cref="Advance{TLanes}"/>.</summary>
    /// <param name="pulses">Pulses per unit count: positive potentiates, negative depresses.</param>
    /// <param name="rate">First constant; what it means is the model's business.</param>
    /// <param name="target">Second constant.</param>
    void Drive<TLanes>(TLanes pulses, out TLanes rate, out TLanes target)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>The states after <paramref name="count"/> times the pulses that were given to <see cref="Drive{TLanes}"/>.</summary>
    /// <param name="state">States u in [0, 1].</param>
    /// <param name="count">Multiples of the driven pulses, 0 or more.</param>
    /// <param name="rate">First constant of the column.</param>
    /// <param name="target">Second constant of the column.</param>
    TLanes Advance<TLanes>(TLanes state, TLanes count, TLanes rate, TLanes target)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>
    /// Bound on rate · count up to which <see cref="AdvanceSmall{TLanes}"/> may stand in for <see cref="Advance{TLanes}"/>; 0 if never.
    /// </summary>
    static abstract float SmallLimit { get; }

    /// <summary>A quicker form of <see cref="Advance{TLanes}"/> with the same bits wherever |rate| · count ≤ <see cref="SmallLimit"/>.</summary>
    /// <remarks>Learning rarely moves a device far in one step: this is the form that training runs on.</remarks>
    TLanes AdvanceSmall<TLanes>(TLanes state, TLanes count, TLanes rate, TLanes target)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>du/dn at state u for potentiation, at the limit of small pulses; 0 or more.</summary>
    double PotentiationSlope(double state);

    /// <summary>-du/dn at state u for depression, at the limit of small pulses; 0 or more.</summary>
    double DepressionSlope(double state);
}
