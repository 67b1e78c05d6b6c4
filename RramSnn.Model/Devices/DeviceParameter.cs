namespace RramSnn.Model.Devices;

/// <summary>One parameter of a device model.</summary>
/// <param name="Key">Name in device files, for example <c>potentiation_rate_per_pulse</c>.</param>
/// <param name="Symbol">Symbol in equations, for example α_P.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Minimum">Lower end of the range.</param>
/// <param name="Maximum">Upper end of the range, included.</param>
/// <param name="IsMinimumAllowed">Whether the lower end belongs to the range.</param>
/// <param name="IsPerPulse">Whether the value is proportional to the size of a pulse, and so changes with the number of pulses over the range.</param>
/// <param name="Count">Number of values: 1, or the nodes of a table.</param>
public sealed record DeviceParameter(
    string Key,
    string Symbol,
    string Description,
    double Minimum,
    double Maximum,
    bool IsMinimumAllowed = false,
    bool IsPerPulse = false,
    int Count = 1)
{
    /// <summary>The range in words.</summary>
    public string Range => FormattableString.Invariant($"{(IsMinimumAllowed ? "at least" : "more than")} {Minimum} and at most {Maximum}");

    /// <summary>Whether a value lies in the range; NaN does not.</summary>
    public bool Allows(double value) => (IsMinimumAllowed ? value >= Minimum : value > Minimum) && value <= Maximum;
}
