namespace RramSnn.Model.Devices;

/// <summary>A resistive device: a law of its state, its conductance range and where the numbers come from.</summary>
public sealed class Device
{
    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 64;

    // A device of less than an ohm is a mistake in the unit.
    private const double HighestSiemens = Fitting.ResponseLimits.HighestSiemens;

    /// <summary>Describes a device.</summary>
    /// <param name="name">Short name used on the command line and in names of folders: 1 to 64 letters, digits and <c>. _ + -</c> of ASCII, a letter or digit first.</param>
    /// <param name="description">One line for people.</param>
    /// <param name="source">Where the parameters come from, on one line.</param>
    /// <param name="minimumSiemens">Gmin in siemens, above 0.</param>
    /// <param name="maximumSiemens">Gmax in siemens, above Gmin and at most 1.</param>
    /// <param name="pulsesPerRange">N, the nominal number of pulses over the whole range: 1 to 10⁹.</param>
    /// <param name="law">The law under such pulses.</param>
    /// <exception cref="ArgumentException">A parameter is missing or out of range.</exception>
    public Device(
        string name,
        string description,
        string source,
        double minimumSiemens,
        double maximumSiemens,
        double pulsesPerRange,
        DeviceLaw law)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(law);
        Check(name);
        CheckLine(description, nameof(description));
        CheckLine(source, nameof(source));
        Require.That(minimumSiemens > 0 && double.IsFinite(minimumSiemens), minimumSiemens, "a positive conductance in siemens", nameof(minimumSiemens));
        Require.That(maximumSiemens > minimumSiemens && double.IsFinite(maximumSiemens), maximumSiemens, "a conductance above Gmin, in siemens", nameof(maximumSiemens));
        Require.That(maximumSiemens <= HighestSiemens, maximumSiemens, "at most 1, in siemens: 1 uS is 1e-6", nameof(maximumSiemens));
        Check(pulsesPerRange);
        Name = name;
        Description = description;
        Source = source;
        MinimumSiemens = minimumSiemens;
        MaximumSiemens = maximumSiemens;
        PulsesPerRange = pulsesPerRange;
        Law = law;
    }

    /// <summary>Short name used on the command line.</summary>
    public string Name { get; }

    /// <summary>One line for people.</summary>
    public string Description { get; }

    /// <summary>Where the parameters come from.</summary>
    public string Source { get; }

    /// <summary>What was assumed, approximated or left out, on one line; empty if nothing is known.</summary>
    /// <exception cref="ArgumentException">It is more than one line.</exception>
    public string Note
    {
        get;
        init
        {
            CheckLine(value, nameof(Note));
            field = value;
        }
    } = "";

    /// <summary>Gmin in siemens.</summary>
    public double MinimumSiemens { get; }

    /// <summary>Gmax in siemens.</summary>
    public double MaximumSiemens { get; }

    /// <summary>N, the nominal number of pulses over the whole range.</summary>
    public double PulsesPerRange { get; }

    /// <summary>The law of the normalised state.</summary>
    public DeviceLaw Law { get; }

    /// <summary>How devices of this kind differ from the law and from each other.</summary>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public DeviceVariability Variability
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Validate(Law.Model);
            field = value;
        }
    } = DeviceVariability.None;

    /// <summary>Volts and seconds of a pulse; null if unknown.</summary>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public PulseConditions? PulseConditions
    {
        get;
        init
        {
            value?.Validate();
            field = value;
        }
    }

    /// <summary>What pulses of other amplitudes do to the device, if that is known.</summary>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public IReadOnlyList<VoltageCurve> VoltageCurves
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = [.. value];
            foreach (VoltageCurve curve in field)
            {
                curve.Validate();
            }
        }
    } = [];

    /// <summary>The same curve walked in another number of pulses: fewer pulses are coarser steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public Device WithPulsesPerRange(double pulsesPerRange)
    {
        Check(pulsesPerRange);
        return With(pulsesPerRange, Law.WithPulseSize(PulsesPerRange / pulsesPerRange), Variability);
    }

    /// <summary>The same kind of device, differing in another way.</summary>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public Device WithVariability(DeviceVariability variability) => With(PulsesPerRange, Law, variability);

    /// <summary>
    /// The device as a network simulates it: with the law that the method's pulses obey. A spread goes to the parameter of that law with the same key, or else
    /// to the one that scales pulses of the same polarity; a law that has neither does not spread.
    /// </summary>
    internal Device As(DeviceLaw law, DeviceVariability variability)
    {
        Dictionary<string, double> spread = [];
        foreach ((string key, double deviation) in variability.Spread)
        {
            if (Heir(key) is { } heir)
            {
                spread[heir] = Math.Max(deviation, spread.GetValueOrDefault(heir));
            }
        }

        return With(PulsesPerRange, law, variability with { Spread = spread });

        string? Heir(string key)
        {
            if (law.Model.Parameters.Any(parameter => parameter.Key == key))
            {
                return key;
            }

            string polarity = key[..(key.IndexOf('_', StringComparison.Ordinal) + 1)];
            return polarity.Length > 1 && Law.Model.Parameters.Any(parameter => parameter.Key == key && parameter.IsPerPulse)
                ? law.Model.Parameters.FirstOrDefault(parameter => parameter.IsPerPulse && parameter.Key.StartsWith(polarity, StringComparison.Ordinal))?.Key
                : null;
        }
    }

    /// <summary>The device between the bounds of two voltages, with their rates.</summary>
    internal Device ProgrammedWith(VoltageCurve up, VoltageCurve down)
    {
        DeviceLaw law = DeviceModels.SoftBounds.Create(up.RatePerPulse, down.RatePerPulse);

        return new Device(Name, Description, Source, down.BoundSiemens, up.BoundSiemens, PulsesPerRange, law)
        {
            Note = Note,
            Variability = As(law, Variability).Variability,
            PulseConditions = new PulseConditions(
                up.Volts, PulseConditions?.PotentiationSeconds ?? double.NaN, down.Volts, PulseConditions?.DepressionSeconds ?? double.NaN),
            VoltageCurves = VoltageCurves,
        };
    }

    /// <summary>G = Gmin + u·(Gmax - Gmin), in siemens.</summary>
    public double ToSiemens(double state) => MinimumSiemens + (state * (MaximumSiemens - MinimumSiemens));

    /// <inheritdoc/>
    public override string ToString() => Name;

    private Device With(double pulsesPerRange, DeviceLaw law, DeviceVariability variability) =>
        new(Name, Description, Source, MinimumSiemens, MaximumSiemens, pulsesPerRange, law)
        {
            Note = Note,
            Variability = variability,
            PulseConditions = PulseConditions,
            VoltageCurves = [.. VoltageCurves.Select(curve => curve with { RatePerPulse = curve.RatePerPulse * PulsesPerRange / pulsesPerRange })],
        };

    private static void Check(string name)
    {
        bool isValid = name.Length is > 0 and <= LongestName
            && char.IsAsciiLetterOrDigit(name[0])
            && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '+' or '-');
        Require.That(isValid, $"'{OneLine.Of(name)}'", $"1 to {LongestName} letters, digits and . _ + - of ASCII, a letter or digit first", nameof(name));
    }

    private static void CheckLine(string text, string argument)
    {
        ArgumentNullException.ThrowIfNull(text, argument);
        Require.That(OneLine.Is(text), $"'{OneLine.Of(text)}'", "one line of text", argument);
    }

    private static void Check(double pulsesPerRange) =>
        Require.That(pulsesPerRange is >= 1 and <= 1e9, pulsesPerRange, "1 to 1e9", nameof(pulsesPerRange));
}
