namespace RramSnn.Model.Devices.Presets;

/// <summary>Devices after the presets of IBM's aihwkit.</summary>
/// <remarks>
/// <para>
/// aihwkit's weight w from w_min to w_max is the state u = (w - w_min)/(w_max - w_min); N = (w_max - w_min)/dw_min. It knows no siemens: the range is
/// the generic 1 to 100 µS. Its noise of a step is <see cref="DeviceVariability.StepNoise"/> where it is proportional to the step, and
/// <see cref="DeviceVariability.PulseNoise"/> where it is not (mult_noise = False).
/// </para>
/// <para>
/// Its spread of dw_min, one draw for both directions, becomes a spread of either direction's step with draws of their own; its spread of
/// w_min and w_max one of Gmin and Gmax.
/// </para>
/// </remarks>
internal static class AihwkitPresets
{
    private const string Kit = "preset of aihwkit (Rasch et al., AICAS 2021)";
    private const string Generic = "no siemens are given, 1 to 100 uS assumed; up and down steps spread independently";

    internal static IReadOnlyList<Device> All { get; } =
    [
        ExponentialStep(
            "reram-es", "HfO2 ReRAM with exponential steps, 1481 states, noise of 5 steps", $"Gong et al., Nature Communications 2018; {Kit} ReRamES",
            $"{Generic}; its write noise of 75 steps is given as read noise",
            new(0.00135, -1, 1) { UpDown = 0.259359, StepSpread = 0.2, LowSpread = 0.3, HighSpread = 0.3, Noise = 5, WriteNoise = 75 },
            amplitudes: (-1.18445, -0.081404), exponents: (5, 5), position: (-0.5, -0.5)),
        LinearStep(
            "reram-sb", "HfO2 ReRAM as soft bounds, 1000 states, noise of 3.75 steps", $"Gong et al., Nature Communications 2018; {Kit} ReRamSB",
            $"{Generic}; its write noise of 56 steps is given as read noise",
            new(0.002, -0.75, 1.25) { GammaUp = 1, GammaDown = 1, StepSpread = 0.3, LowSpread = 0.3 / 0.75, HighSpread = 0.3 / 1.25, Noise = 3.75, HasAdditiveNoise = true, WriteNoise = 56 }),
        LinearStep(
            "reram-array-om", "array of ReRAM of an optimised material as soft bounds, 21 states", $"Gong, Rasch et al., IEDM 2022; {Kit} ReRamArrayOM",
            $"{Generic}; its write noise of 1.41 steps is given as read noise; the reference with 5 % error is left out, as are 13.5 % corrupt devices",
            new(0.0949, -1, 1) { GammaUp = 1, GammaDown = 1, StepSpread = 0.7829, IsLogNormal = true, LowSpread = 0.5695, HighSpread = 0.3499, Noise = 0.4158, HasAdditiveNoise = true, WriteNoise = 1.4113 }),
        LinearStep(
            "reram-array-hfo2", "array of baseline HfO2 ReRAM as soft bounds, 4 states", $"Gong, Rasch et al., IEDM 2022; {Kit} ReRamArrayHfO2",
            $"{Generic}; its write noise of 0.58 steps is given as read noise; the reference with 5 % error is left out, as are 10 % corrupt devices",
            new(0.4622, -1, 1) { GammaUp = 1, GammaDown = 1, StepSpread = 0.7125, IsLogNormal = true, LowSpread = 0.599, HighSpread = 0.4295, Noise = 0.2174, HasAdditiveNoise = true, WriteNoise = 0.5841 }),
        LinearStep(
            "ecram-li", "lithium ECRAM, 1000 states, steps linear in the state", $"Tang et al., IEDM 2018; {Kit} EcRam", Generic,
            new(0.002, -0.8276, 1.1724) { GammaUp = 0.1153, GammaDown = 0.5085, StepSpread = 0.1, SlopeSpread = 0.05, LowSpread = 0.05, HighSpread = 0.05, Noise = 0.3 }),
        LinearStep(
            "ecram-mo", "metal-oxide ECRAM, 7089 states, steps linear in the state", $"Kim et al., IEDM 2019; {Kit} EcRamMO", Generic,
            new(2.8214e-4, -0.8286, 1.1714) { GammaUp = 0.4152, GammaDown = 0.7342, StepSpread = 0.1, SlopeSpread = 0.05, LowSpread = 0.05, HighSpread = 0.05, Noise = 2 }),
        LinearStep(
            "capacitor", "14 nm capacitor cell, 400 states, nearly symmetric", $"Li et al., VLSI 2018; {Kit} Capacitor", $"{Generic}; its leakage is left out",
            new(0.005, -1, 1) { GammaUp = 0.05, GammaDown = 0.05, StepSpread = 0.1, SlopeSpread = 0.01, LowSpread = 0.07, HighSpread = 0.07, Noise = 0.3, HasAdditiveNoise = true }),
        ConstantStep(
            "gokmen-vlasov", "specification of a resistive processing unit, 1250 states", $"Gokmen and Vlasov, Frontiers in Neuroscience 2016; {Kit} GokmenVlasov", Generic,
            new(0.0016, -1, 1) { StepSpread = 0.3, LowSpread = 0.3, HighSpread = 0.3, Noise = 0.3 }),
        ConstantStep(
            "idealized", "symmetric device of 10000 states, with spread and noise", $"Rasch, Gokmen, Haensch, arXiv 1906.02698; {Kit} Idealized", Generic,
            new(0.0002, -1, 1) { StepSpread = 0.3, LowSpread = 0.3, HighSpread = 0.3, Noise = 0.3 }),
        ExponentialStep(
            "pcm-set", "partial SET of Ge2Sb2Te5 phase-change memory, steep first steps", $"Nandakumar et al., Frontiers in Neuroscience 2020; {Kit} PCM",
            $"{Generic}; a down pulse resets at once, so gradual down steps are none of its uses; noise that grows with the state is left out",
            new(0.01, 0, 2) { StepSpread = 0.2, HighSpread = 0.1, Noise = 0.6 },
            amplitudes: (-27.235, -2.235), exponents: (2.5, 2.5), position: (-1, 0)),
    ];

    private static Device ExponentialStep(
        string name,
        string description,
        string source,
        string note,
        AihwkitUnits units,
        (double Up, double Down) amplitudes,
        (double Up, double Down) exponents,
        (double Scale, double Offset) position)
    {
        // aihwkit's z = 2 a w/(w_max - w_min) + b, with w counted from the middle of the range.
        double offset = position.Offset + (position.Scale * (units.High + units.Low) / units.Range);
        DeviceLaw law = DeviceModels.ExponentialStep.Create(
            units.UpStep(0) / units.Range,
            units.DownStep(0) / units.Range,
            amplitudes.Up,
            amplitudes.Down,
            exponents.Up,
            exponents.Down,
            position.Scale,
            offset);
        return units.Create(name, description, source, note, law, StepSpread(units));
    }

    private static Device LinearStep(string name, string description, string source, string note, AihwkitUnits units)
    {
        (double up, double upSlope) = Line(units.UpStep(units.Low), units.UpStep(units.High));
        (double down, double downSlope) = Line(units.DownStep(units.High), units.DownStep(units.Low));
        Dictionary<string, double> spread = StepSpread(units);
        if (units.SlopeSpread > 0)
        {
            spread.Add("potentiation_slope", units.SlopeSpread);
            spread.Add("depression_slope", units.SlopeSpread);
        }

        return units.Create(name, description, source, note, DeviceModels.LinearStep.Create(up / units.Range, upSlope, down / units.Range, downSlope), spread);

        // A line by its value where it is largest, and the share that is lost on the way.
        static (double Step, double Slope) Line(double first, double last) => (first, 1 - (last / first));
    }

    private static Device ConstantStep(string name, string description, string source, string note, AihwkitUnits units)
    {
        double step = units.Step / units.Range;
        return units.Create(name, description, source, note, DeviceModels.ConstantStep.Create(step, step), StepSpread(units));
    }

    private static Dictionary<string, double> StepSpread(AihwkitUnits units) => new()
    {
        ["potentiation_step_per_pulse"] = units.StepSpread,
        ["depression_step_per_pulse"] = units.StepSpread,
    };
}
