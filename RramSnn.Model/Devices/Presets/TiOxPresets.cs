namespace RramSnn.Model.Devices.Presets;

/// <summary>Mo/TiOx/TiN interface-type RRAM of 64 levels at three programming voltages.</summary>
/// <remarks>
/// The published fit G(n) = Gmax - β_P exp(-α_P n), G(n) = Gmin + β_D exp(-α_D n) counts thousands of pulses up to 100, so a_P N = 100 α_P and
/// a_D N = 100 α_D. Its state-dependent form, which is used here, has Gmax of potentiation and Gmin of depression for bounds. The authors' spread:
/// 25 % of α, 1 % of Gmax, 5 % of Gmin (they print variance/mean, read as standard deviation/mean).
/// </remarks>
internal static class TiOxPresets
{
    private const int Levels = 64;
    // 100 thousand pulses in 64.
    private const double PulsesPerLevel = 100e3 / Levels;

    private static readonly VoltageCurve[] Curves =
    [
        new(3, 674e-9, 30.58e-6 * PulsesPerLevel),
        new(2.5, 252.7e-9, 18.23e-6 * PulsesPerLevel),
        new(2, 83.38e-9, 19.19e-6 * PulsesPerLevel),
        new(-3, 32.95e-9, 353.4e-6 * PulsesPerLevel),
        new(-2.5, 186.3e-9, 35.29e-6 * PulsesPerLevel),
        new(-2, 340.5e-9, 20.55e-6 * PulsesPerLevel),
    ];

    private const string Source = "fit of Fouda, Neftci, Eltawil, Kurdahi (arXiv 1909.01771) to the data of Park et al. 2016 (EDL 37(12):1559)";

    /// <summary>Mo/TiOx/TiN interface-type RRAM programmed at +3 V and -3 V: depression is 11.5 times faster than potentiation.</summary>
    internal static Device At3Volts { get; } = Create(
        "tiox-3v",
        "Mo/TiOx/TiN interface RRAM at +-3 V, 64 levels, strongly asymmetric",
        "the curves of 100 thousand pulses are walked in 64; rates rounded to three digits",
        volts: 3,
        minimumSiemens: 33e-9,
        maximumSiemens: 674e-9,
        potentiation: 3.06,
        depression: 35.3);

    internal static IReadOnlyList<Device> All { get; } =
    [
        Create(
            "tiox-2v",
            "Mo/TiOx/TiN interface RRAM at +-2 V, 64 levels, nearly equal rates",
            "at this voltage potentiation ends (83.4 nS) below depression (340.5 nS): both rates are put on the range of potentiation",
            volts: 2,
            minimumSiemens: 11.68e-9,
            maximumSiemens: 83.38e-9,
            potentiation: 1.919,
            depression: 2.055),
        Create(
            "tiox-2.5v",
            "Mo/TiOx/TiN interface RRAM at +-2.5 V, 64 levels, on/off ratio 1.4",
            "the range that both polarities share: Gmin of depression to Gmax of potentiation; each alone reaches further (32 to 253 nS, 186 to 597 nS)",
            volts: 2.5,
            minimumSiemens: 186.3e-9,
            maximumSiemens: 252.7e-9,
            potentiation: 1.823,
            depression: 3.529),
        At3Volts,
    ];

    private static Device Create(
        string name, string description, string note, double volts, double minimumSiemens, double maximumSiemens, double potentiation, double depression)
    {
        double range = maximumSiemens - minimumSiemens;
        return new Device(
            name, description, Source, minimumSiemens, maximumSiemens, Levels, DeviceModels.SoftBounds.Create(potentiation / Levels, depression / Levels))
        {
            Note = note,
            Variability = new DeviceVariability
            {
                Spread = new Dictionary<string, double> { ["potentiation_rate_per_pulse"] = 0.25, ["depression_rate_per_pulse"] = 0.25 },
                MinimumSpread = 0.05 * minimumSiemens / range,
                MaximumSpread = 0.01 * maximumSiemens / range,
            },
            PulseConditions = new PulseConditions(volts, double.NaN, -volts, double.NaN),
            VoltageCurves = Curves,
        };
    }
}
