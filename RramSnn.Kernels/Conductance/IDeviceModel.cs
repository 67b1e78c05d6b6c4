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
/// (<see cref="Drive{TLanes, TConstants}"/>), and only the rest per device (<see cref="Advance{TLanes, TSteps}"/>).
/// </para>
/// <para>
/// Laws that every model must keep, and that the tests check for all of them: the state stays in [0, 1]; more
/// potentiation pulses never lower it, more depression pulses never raise it; zero pulses leave every bit alone.
/// </para>
/// </remarks>
public interface IDeviceModel
{
    /// <summary>The model's numbers that may differ from device to device, as <see cref="Drive{TLanes, TConstants}"/> wants them.</summary>
    DeviceConstants Constants { get; }

    /// <summary>Number of <see cref="Constants"/>, at most <see cref="DeviceConstants.Capacity"/>.</summary>
    static abstract int ConstantCount { get; }

    /// <summary>Works out the constants of <see cref="Advance{TLanes, TSteps}"/>: once per bit line, or per device if devices vary.</summary>
    /// <param name="pulses">Pulses per unit count: positive potentiates, negative depresses.</param>
    /// <param name="device">The devices' own numbers.</param>
    static abstract DriveConstants<TLanes> Drive<TLanes, TConstants>(TLanes pulses, TConstants device)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct;

    /// <summary>Numbers that <see cref="Advance{TLanes, TSteps}"/> wants to find in registers; <c>default</c> if none.</summary>
    LawConstants<TLanes> LawConstants<TLanes>()
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>
    /// Whether the state decides how much a pulse is worth by a factor of its own, <see cref="Damping{TLanes}"/>, that is long to work out: kernels then do so in
    /// a pass before the law, and <see cref="Advance{TLanes, TSteps}"/> is given counts times that factor.
    /// </summary>
    static virtual bool IsDamped => false;

    /// <summary>
    /// The factor by which states damp pulses, if <see cref="IsDamped"/>; 1 if not. In [0, 1] but for its rounding, since kernels choose the form of the law by counts that are
    /// not damped.
    /// </summary>
    /// <typeparam name="TLanes">Bundle of lanes.</typeparam>
    /// <param name="state">States u in [0, 1].</param>
    /// <param name="drive">Constants of the column.</param>
    /// <param name="constants">Constants of the law.</param>
    static virtual TLanes Damping<TLanes>(TLanes state, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(1f);

    /// <summary>
    /// The states after <paramref name="count"/> times the pulses that were given to <see cref="Drive{TLanes, TConstants}"/>, the counts of a damped law times their
    /// <see cref="Damping{TLanes}"/> already.
    /// </summary>
    /// <typeparam name="TLanes">Bundle of lanes.</typeparam>
    /// <typeparam name="TSteps">
    /// Promise that |rate| · count does not exceed the model's limit for that size. Quicker forms must give the bits of <see cref="AnySteps"/>.
    /// </typeparam>
    /// <param name="state">States u in [0, 1].</param>
    /// <param name="count">Multiples of the driven pulses, 0 or more; times their <see cref="Damping{TLanes}"/> if <see cref="IsDamped"/>.</param>
    /// <param name="drive">Constants of the column.</param>
    /// <param name="constants">Constants of the law.</param>
    TLanes Advance<TLanes, TSteps>(TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize;

    /// <summary>Bound on |rate| · count for <see cref="SmallSteps"/>, the form that training runs on; infinite if the model has one, light form; -1 if it has one that is too heavy for four rows at once.</summary>
    static abstract float SmallLimit { get; }

    /// <summary>Bound on |rate| · count for <see cref="MediumSteps"/>, at least <see cref="SmallLimit"/>.</summary>
    static abstract float MediumLimit { get; }

    /// <summary>du/dn at state u for potentiation, at the limit of small pulses; 0 or more.</summary>
    double PotentiationSlope(double state);

    /// <summary>-du/dn at state u for depression, at the limit of small pulses; 0 or more.</summary>
    double DepressionSlope(double state);

    /// <summary>Whether any number of pulses is one formula, so that n pulses equal n times one; else pulses are applied one by one.</summary>
    static abstract bool HasClosedForm { get; }

    /// <summary>The state after a number of pulses, in double precision; the vectors follow it within their rounding.</summary>
    /// <param name="state">State u in [0, 1].</param>
    /// <param name="pulses">Pulses, also a fraction: positive potentiates, negative depresses.</param>
    double After(double state, double pulses);

    /// <summary>The inverse of <see cref="After"/>: pulses that bring one state to another.</summary>
    /// <param name="from">State u in [0, 1].</param>
    /// <param name="to">State in [0, 1].</param>
    /// <returns>Positive pulses for a higher state, negative for a lower; ±∞ if the device never gets there.</returns>
    double PulsesBetween(double from, double to);
}
