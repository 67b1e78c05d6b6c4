using RramSnn.Kernels.Conductance;

namespace RramSnn.Model.Devices;

/// <summary>Device models that come with RramSnn.</summary>
public static class DeviceModels
{
    /// <inheritdoc cref="Kernels.Conductance.IdealLinear"/>
    public static DeviceModel IdealLinear { get; } = new DeviceModel<IdealLinear>(
        "ideal-linear",
        "equal steps up and down at every state",
        "u <- clamp(u + s n, 0, 1)",
        "definition",
        [
            new("step_per_pulse", "s", "share of the range that one pulse covers", 0, 1, IsPerPulse: true),
        ],
        static values => new(values[0]));

    /// <inheritdoc cref="Kernels.Conductance.SoftBounds"/>
    public static DeviceModel SoftBounds { get; } = new DeviceModel<SoftBounds>(
        "soft-bounds",
        "exponential approach to the bounds, a rate per polarity",
        "up: u <- 1 - (1 - u) exp(-a_P n); down: u <- u exp(-a_D n)",
        "Fouda, Neftci, Eltawil, Kurdahi, arXiv 1909.01771",
        [
            new("potentiation_rate_per_pulse", "a_P", "rate of the approach to Gmax", 0, 100, IsPerPulse: true),
            new("depression_rate_per_pulse", "a_D", "rate of the approach to Gmin", 0, 100, IsPerPulse: true),
        ],
        static values => new(values[0], values[1]));

    /// <inheritdoc cref="Kernels.Conductance.Exponential"/>
    public static DeviceModel Exponential { get; } = new DeviceModel<Exponential>(
        "exponential",
        "steps that shrink exponentially with the conductance",
        "up: du/dn = alpha_P exp(-beta_P u); down: du/dn = -alpha_D exp(-beta_D (1 - u)); clamped",
        "Querlioz, Bichler, Gamrat, IJCNN 2011; N2D2",
        [
            new("potentiation_step_per_pulse", "alpha_P", "step at Gmin, as a share of the range", 0, 1, IsPerPulse: true),
            new("potentiation_damping", "beta_P", "how strongly potentiation slows down over the range", 0, 20),
            new("depression_step_per_pulse", "alpha_D", "step at Gmax, as a share of the range", 0, 1, IsPerPulse: true),
            new("depression_damping", "beta_D", "how strongly depression slows down over the range", 0, 20),
        ],
        static values => new(values[0], values[1], values[2], values[3]));

    /// <summary>All models.</summary>
    public static IReadOnlyList<DeviceModel> All { get; } = [IdealLinear, SoftBounds, Exponential];

    /// <summary>The model of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static DeviceModel Get(string name) => Catalogue.Get(All, static model => model.Name, name, "model");
}
