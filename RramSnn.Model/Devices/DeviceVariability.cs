namespace RramSnn.Model.Devices;

/// <summary>How a parameter spreads from device to device.</summary>
public enum SpreadDistribution
{
    /// <summary>value · (1 + σ ξ), cut off at the ends of the parameter's range.</summary>
    Gaussian,

    /// <summary>value · exp(s ξ - s²/2) with s² = ln(1 + σ²): mean and relative deviation are those of <see cref="Gaussian"/>, and it is never negative.</summary>
    LogNormal,
}

/// <summary>How real devices differ from their law, from each other and from one write to the next. All of it is off by default.</summary>
/// <remarks>Shares of the range are in units of Gmax - Gmin. Draws are a function of seed and device, never of threads or order.</remarks>
public sealed record DeviceVariability
{
    /// <summary>Upper end of the range of <see cref="Spread"/>.</summary>
    internal const double LargestSpread = 10;

    /// <summary>The perfect device.</summary>
    public static DeviceVariability None { get; } = new();

    /// <summary>σ of a write in units of its step (<see cref="Kernels.Conductance.StepNoise{TNormal}"/>), 0 to 100. Excludes <see cref="PulseNoise"/>.</summary>
    public double StepNoise { get; init; }

    /// <summary>σ of one pulse as a share of the range; n pulses have σ √n (<see cref="Kernels.Conductance.PulseNoise{TNormal}"/>), 0 to 1.</summary>
    public double PulseNoise { get; init; }

    /// <summary>Relative standard deviation from device to device, 0 to 10, by the key of the model's parameter.</summary>
    public IReadOnlyDictionary<string, double> Spread { get; init; } = new Dictionary<string, double>();

    /// <summary>How those parameters spread.</summary>
    public SpreadDistribution Distribution { get; init; }

    /// <summary>Standard deviation of a device's own Gmin, as a share of the range, 0 to 1.</summary>
    public double MinimumSpread { get; init; }

    /// <summary>Standard deviation of a device's own Gmax, as a share of the range, 0 to 1.</summary>
    public double MaximumSpread { get; init; }

    /// <summary>Number of states that a device can hold, at least 2; 0 for any state.</summary>
    public int States { get; init; }

    /// <summary>Share of devices that stay at Gmin for ever, 0 to 1.</summary>
    public double StuckAtMinimum { get; init; }

    /// <summary>Share of devices that stay at Gmax for ever, 0 to 1.</summary>
    public double StuckAtMaximum { get; init; }

    /// <summary>Share of devices that stay at <see cref="StuckState"/> for ever, 0 to 1.</summary>
    public double StuckAtState { get; init; }

    /// <summary>The state of the devices counted by <see cref="StuckAtState"/>, 0 to 1.</summary>
    public double StuckState { get; init; } = 0.5;

    /// <summary>σ of one read of one device, as a share of the range, 0 to 1.</summary>
    public double ReadNoise { get; init; }

    /// <summary>ν of the drift G(t) = G(t₀) (t/t₀)^-ν after a write, 0 to 1.</summary>
    public double DriftExponent { get; init; }

    /// <summary>t₀ of the drift in seconds, above 0.</summary>
    public double DriftStartSeconds { get; init; } = 1;

    /// <summary>Writes after which a device's range has shrunk to a half; 0 for unlimited endurance.</summary>
    public double EnduranceWrites { get; init; }

    /// <summary>Whether every device is perfect.</summary>
    public bool IsNone => this with { Spread = None.Spread, StuckState = None.StuckState, DriftStartSeconds = None.DriftStartSeconds, Distribution = default } == None
        && Spread.Values.All(static deviation => deviation == 0);

    /// <summary>Throws unless every number is in its range and every spread belongs to a parameter of the model.</summary>
    /// <exception cref="ArgumentException">The message names the number, its value and what was expected.</exception>
    public void Validate(DeviceModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.IsStatistical)
        {
            RequireNoneBeside(model);
        }

        Share(StepNoise, nameof(StepNoise), 100);
        Share(PulseNoise, nameof(PulseNoise));
        Require.That(StepNoise == 0 || PulseNoise == 0, PulseNoise, "0 beside step noise: a device has one kind of cycle-to-cycle noise", nameof(PulseNoise));
        foreach ((string key, double deviation) in Spread)
        {
            if (!model.Parameters.Any(parameter => parameter.Key == key))
            {
                throw new ArgumentException($"spread names '{key}'; the model {model.Name} has {string.Join(", ", model.Parameters.Select(static p => p.Key))}.", nameof(model));
            }

            Share(deviation, key, LargestSpread);
        }

        Share(MinimumSpread, nameof(MinimumSpread));
        Share(MaximumSpread, nameof(MaximumSpread));
        Require.That(States is 0 or >= 2, States, "at least 2, or 0 for any state", nameof(States));
        Share(StuckAtMinimum, nameof(StuckAtMinimum));
        Share(StuckAtMaximum, nameof(StuckAtMaximum));
        Share(StuckAtState, nameof(StuckAtState));
        Share(StuckAtMinimum + StuckAtMaximum + StuckAtState, "sum of the stuck shares");
        Share(StuckState, nameof(StuckState));
        Share(ReadNoise, nameof(ReadNoise));
        Share(DriftExponent, nameof(DriftExponent));
        Require.That(DriftStartSeconds > 0 && double.IsFinite(DriftStartSeconds), DriftStartSeconds, "a time above 0 in seconds", nameof(DriftStartSeconds));
        Require.That(EnduranceWrites is 0 or (>= 1 and <= 1e15), EnduranceWrites, "1 to 1e15, or 0 for unlimited", nameof(EnduranceWrites));
    }

    // The statistics of a model are those of a whole population of devices and pulses.
    private void RequireNoneBeside(DeviceModel model)
    {
        (double Value, string Name)[] numbers =
        [
            (StepNoise, nameof(StepNoise)), (PulseNoise, nameof(PulseNoise)), .. Spread.Select(static pair => (pair.Value, pair.Key)),
            (MinimumSpread, nameof(MinimumSpread)), (MaximumSpread, nameof(MaximumSpread)), (States, nameof(States)), (StuckAtMinimum, nameof(StuckAtMinimum)),
            (StuckAtMaximum, nameof(StuckAtMaximum)), (StuckAtState, nameof(StuckAtState)), (EnduranceWrites, nameof(EnduranceWrites)),
        ];
        foreach ((double value, string name) in numbers)
        {
            Require.That(value == 0, value, $"0, since the model {model.Name} has a scatter of its own; read noise and drift may be added to it", name);
        }
    }

    /// <summary>Whether a number may be a relative standard deviation of a parameter.</summary>
    internal static bool IsSpread(double deviation) => deviation >= 0 && deviation <= LargestSpread;

    private static void Share(double value, string name, double largest = 1) =>
        Require.That(value >= 0 && value <= largest, value, FormattableString.Invariant($"0 to {largest}"), name);
}
