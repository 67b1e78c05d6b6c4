namespace RramSnn.Model.Devices.Presets;

/// <summary>Devices of the benchmark tables of NeuroSim (user manual of MLP+NeuroSim V3.0; TaOx/TiO2: of V2.0).</summary>
/// <remarks>
/// Gmax = 1/Ron, Gmin = Gmax/(on/off ratio), the states are the pulses of a ramp, the cycle-to-cycle σ is a share of the range per pulse, all as
/// NeuroSim reads its tables. Labels: a potentiation label above 0 and a depression label below 0 are ramps that start fast and saturate.
/// </remarks>
internal static class NeuroSimPresets
{
    private const string Table = "NeuroSim's benchmark table (Chen, Peng, Yu, TCAD 37(12):3067, 2018; manual of MLP+NeuroSim V3.0)";
    private const string Standard = "on-state resistance, on/off ratio, labels and noise as printed; the spread between devices is not published";

    internal static IReadOnlyList<Device> All { get; } =
    [
        Create(
            "ag-a-si", "Ag:a-Si ECM RRAM, 97 states up and 100 down", $"Jo et al. 2010; {Table}", Standard,
            ohms: 26e6, onOffRatio: 12.5, up: (97, 2.4), down: (100, -4.88), cycleNoise: 0.035, new(3.2, 300e-6, -2.8, 300e-6)),
        Create(
            "taox-tio2", "TaOx/TiO2 RRAM, 102 states, on/off ratio 2", "NeuroSim's benchmark table (manual of MLP+NeuroSim V2.0)",
            "the noise is printed as below 1 %, taken as 1 %; the spread between devices is not published",
            ohms: 5e6, onOffRatio: 2, up: (102, 1.85), down: (102, -1.79), cycleNoise: 0.01, new(3, 40e-3, -3, 10e-3)),
        Create(
            "taox-hfox", "TaOx/HfOx RRAM, 128 states, nearly linear", $"Wu et al. 2018; {Table}",
            $"the sign of the depression pulse is not printed and left out; {Standard}",
            ohms: 100e3, onOffRatio: 10, up: (128, 0.04), down: (128, -0.63), cycleNoise: 0.037, new(1.6, 50e-9, double.NaN, 50e-9)),
        Create(
            "pcmo", "PCMO RRAM, 50 states, the most asymmetric of NeuroSim's table", $"Park et al. 2013; {Table}",
            "the noise is printed as below 1 %, taken as 1 %; the spread between devices is not published",
            ohms: 23e6, onOffRatio: 6.84, up: (50, 3.68), down: (50, -6.76), cycleNoise: 0.01, new(-2, 1e-3, 2, 1e-3)),
        Create(
            "alox-hfo2", "AlOx/HfO2 RRAM, 40 states, low resistance and much noise", $"Woo et al. 2016; {Table}", Standard,
            ohms: 16.9e3, onOffRatio: 4.43, up: (40, 1.94), down: (40, -0.61), cycleNoise: 0.05, new(0.9, 100e-6, -1, 100e-6)),
        Create(
            "epiram", "EpiRAM (Ag in SiGe dislocations), 64 states, small and symmetric nonlinearity", $"Choi et al. 2018; {Table}", Standard,
            ohms: 81e3, onOffRatio: 50.2, up: (64, 0.5), down: (64, -0.5), cycleNoise: 0.02, new(5, 5e-6, -3, 5e-6)),
        Create(
            "hzo-fefet", "HZO ferroelectric transistor, 32 states, depression retraces potentiation", $"Jerry et al. 2017; {Table}",
            "pulses grow along a ramp, their mean is given; the noise is printed as below 0.5 %, taken as 0.5 %",
            ohms: 559.28e3, onOffRatio: 45, up: (32, 1.75), down: (32, 1.46), cycleNoise: 0.005, new(3.65, 75e-9, -2.95, 75e-9)),
        Create(
            "gst-pcm", "Ge2Sb2Te5 phase-change memory with gradual set and reset, 100 states", $"Kuzum et al. 2011; {Table}",
            "100 to 120 states are printed, 100 taken for both ramps; pulses grow along a ramp, their mean is given",
            ohms: 4.71e3, onOffRatio: 19.8, up: (100, 0.105), down: (100, 2.4), cycleNoise: 0.015, new(0.7, 6e-6, 3, 125e-9)),
    ];

    private static Device Create(
        string name,
        string description,
        string source,
        string note,
        double ohms,
        double onOffRatio,
        (int States, double Label) up,
        (int States, double Label) down,
        double cycleNoise,
        PulseConditions conditions)
    {
        return new Device(
            name, description, source, 1 / (ohms * onOffRatio), 1 / ohms, up.States, DeviceModels.NeuroSim.Create(up.Label, 1.0 / up.States, down.Label, 1.0 / down.States))
        {
            Note = note,
            Variability = new DeviceVariability { PulseNoise = cycleNoise },
            PulseConditions = conditions,
        };
    }
}
