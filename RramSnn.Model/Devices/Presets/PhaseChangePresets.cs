namespace RramSnn.Model.Devices.Presets;

/// <summary>Phase-change memory by the statistics of its SET pulses.</summary>
internal static class PhaseChangePresets
{
    private const double Minimum = 0.1;
    private const double Maximum = 12;
    private const double Range = Maximum - Minimum;
    private const double NominalStep = 0.75;
    private const double MidRange = (Minimum + Maximum) / 2;

    /// <summary>Doped Ge2Sb2Te5: per SET pulse μ = 0.88 - 0.084 G + 1.40 p, σ = 0.26 + 0.091 G + 2.15 p and p ← p exp(-1/2.6), with G, μ, σ in µS.</summary>
    internal static Device Nandakumar { get; } = new(
        "pcm-nandakumar",
        "doped Ge2Sb2Te5 phase-change memory, SET pulses only, steps scatter",
        "statistical model of Nandakumar et al., Journal of Applied Physics 124:152135, 2018",
        Minimum * 1e-6,
        Maximum * 1e-6,
        Math.Round(Range / NominalStep),
        DeviceModels.PhaseChange.Create(
            Math.Exp(-1 / 2.6),
            (0.88 - (0.084 * Minimum)) / Range,
            -0.084,
            1.40 / Range,
            (0.26 + (0.091 * Minimum)) / Range,
            0.091,
            2.15 / Range,
            0.01 / Range))
    {
        Note = "Gmin and the scatter after RESET are assumed; N is the range over a nominal step of 0.75 uS; read noise of 0.13 uS + 0.03 G is taken at mid-range",
        Variability = new DeviceVariability
        {
            ReadNoise = (0.13 + (0.03 * MidRange)) / Range,
            DriftExponent = 0.04,
            DriftStartSeconds = 38.6,
        },
    };
}
