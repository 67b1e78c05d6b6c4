using RramSnn.Kernels.Conductance;
using RramSnn.Model.Crossbars;

namespace RramSnn.Model.Devices;

/// <summary>Device models that come with RramSnn.</summary>
public static class DeviceModels
{
    /// <summary>The ideal device: <see cref="Kernels.Conductance.ConstantStep"/> with equal steps.</summary>
    public static DeviceModel IdealLinear { get; } = new DeviceModel<ConstantStep>(
        "ideal-linear",
        "equal steps up and down at every state",
        "u <- clamp(u + s n, 0, 1)",
        "definition",
        [
            new("step_per_pulse", "s", "share of the range that one pulse covers", 0, 1, IsPerPulse: true),
        ],
        static values => new(values[0]),
        Inversion);

    /// <inheritdoc cref="Kernels.Conductance.ConstantStep"/>
    public static DeviceModel ConstantStep { get; } = new DeviceModel<ConstantStep>(
        "constant-step",
        "the same step at every state, one per polarity",
        "up: u <- min(u + s_P n, 1); down: u <- max(u - s_D n, 0)",
        "ConstantStep of aihwkit: Rasch et al., AICAS 2021",
        [
            new("potentiation_step_per_pulse", "s_P", "share of the range that one potentiation pulse covers", 0, 1, IsPerPulse: true),
            new("depression_step_per_pulse", "s_D", "share of the range that one depression pulse covers", 0, 1, IsPerPulse: true),
        ],
        static values => new(values[0], values[1]),
        Inversion);

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
        static values => new(values[0], values[1]),
        Inversion);

    /// <inheritdoc cref="Kernels.Conductance.LinearStep"/>
    public static DeviceModel LinearStep { get; } = new DeviceModel<LinearStep>(
        "linear-step",
        "steps that are linear in the state: constant steps, soft bounds and all between and beyond",
        "one pulse up: u <- u + s_P (1 - gamma_P u); down: u <- u - s_D (1 - gamma_D (1 - u)); clamped",
        "LinearStep of aihwkit: Rasch et al., AICAS 2021",
        [
            new("potentiation_step_per_pulse", "s_P", "step at Gmin, as a share of the range", 0, 1, IsPerPulse: true),
            new("potentiation_slope", "gamma_P", "share of that step that is lost on the way to Gmax; negative if steps grow", -1000, 1, IsMinimumAllowed: true),
            new("depression_step_per_pulse", "s_D", "step at Gmax, as a share of the range", 0, 1, IsPerPulse: true),
            new("depression_slope", "gamma_D", "share of that step that is lost on the way to Gmin; negative if steps grow", -1000, 1, IsMinimumAllowed: true),
        ],
        static values => new(values[0], values[1], values[2], values[3]),
        Inversion);

    /// <summary>NeuroSim's curves: <see cref="Kernels.Conductance.LinearStep.FromCurves"/> by their <see cref="NonlinearityLabel"/>.</summary>
    public static DeviceModel NeuroSim { get; } = new DeviceModel<LinearStep>(
        "neurosim",
        "exponential curves by their nonlinearity labels: up > 0 and down < 0 saturate (asymmetric), labels of one sign retrace each other",
        "up: G = Gmin + B (1 - exp(-P/A)); down: G = Gmax - B (1 - exp((P - Pmax)/A)); A by label",
        "NeuroSim: Chen, Peng, Yu, TCAD 37(12):3067, 2018",
        [
            new("potentiation_label", "NL_P", "nonlinearity label of potentiation", -9, 9, IsMinimumAllowed: true),
            new("potentiation_ramp_per_pulse", "1/P_P", "share of the ramp from Gmin to Gmax that one pulse covers", 0, 1, IsPerPulse: true),
            new("depression_label", "NL_D", "nonlinearity label of depression", -9, 9, IsMinimumAllowed: true),
            new("depression_ramp_per_pulse", "1/P_D", "share of the ramp from Gmax to Gmin that one pulse covers", 0, 1, IsPerPulse: true),
        ],
        static values => Kernels.Conductance.LinearStep.FromCurves(
            NonlinearityLabel.ToCurvature(values[0]), values[1], -NonlinearityLabel.ToCurvature(values[2]), values[3]),
        Inversion);

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
        static values => new(values[0], values[1], values[2], values[3]),
        Inversion);

    /// <inheritdoc cref="Kernels.Conductance.ExponentialStep"/>
    public static DeviceModel ExponentialStep { get; } = new DeviceModel<ExponentialStep>(
        "exponential-step",
        "steps of an exponential of the state, pulse by pulse",
        "one pulse up: u <- u + s_P max(0, 1 - A_P exp(gamma_P z)); down: u <- u - s_D max(0, 1 - A_D exp(-gamma_D z)); z = 2 a (u - 1/2) + b",
        "ExpStep of aihwkit: Rasch et al., AICAS 2021",
        [
            new("potentiation_step_per_pulse", "s_P", "size of an up step, as a share of the range", 0, 1, IsPerPulse: true),
            new("depression_step_per_pulse", "s_D", "size of a down step, as a share of the range", 0, 1, IsPerPulse: true),
            new("potentiation_amplitude", "A_P", "amplitude of the exponential for up steps", -1000, 1000, IsMinimumAllowed: true),
            new("depression_amplitude", "A_D", "amplitude of the exponential for down steps", -1000, 1000, IsMinimumAllowed: true),
            new("potentiation_exponent", "gamma_P", "exponent for up steps", 0, 100, IsMinimumAllowed: true),
            new("depression_exponent", "gamma_D", "exponent for down steps", 0, 100, IsMinimumAllowed: true),
            new("position_scale", "a", "scale of the state in the exponent", -10, 10, IsMinimumAllowed: true),
            new("position_offset", "b", "offset of the state in the exponent", -10, 10, IsMinimumAllowed: true),
        ],
        static values => new(values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]));

    /// <inheritdoc cref="Kernels.Conductance.PowerStep"/>
    public static DeviceModel PowerStep { get; } = new DeviceModel<PowerStep>(
        "power-step",
        "steps that are a power of the distance to the bound",
        "up: du/dn = k_P (1 - u)^gamma_P; down: du/dn = -k_D u^gamma_D",
        "Fusi, Abbott, Nature Neuroscience 10:485, 2007; PowStep of aihwkit",
        [
            new("potentiation_step_per_pulse", "k_P", "slope at Gmin, as a share of the range", 0, 1, IsPerPulse: true),
            new("potentiation_power", "gamma_P", "power of the distance to Gmax; 1 for soft bounds, 0 for constant steps", 0, 20, IsMinimumAllowed: true),
            new("depression_step_per_pulse", "k_D", "slope at Gmax, as a share of the range", 0, 1, IsPerPulse: true),
            new("depression_power", "gamma_D", "power of the distance to Gmin; 1 for soft bounds, 0 for constant steps", 0, 20, IsMinimumAllowed: true),
        ],
        static values => new(values[0], values[1], values[2], values[3]));

    /// <inheritdoc cref="Kernels.Conductance.StepTable"/>
    public static DeviceModel StepTable { get; } = new DeviceModel<StepTable>(
        "step-table",
        "a measured step curve, pulse by pulse; StepCurve brings measurements onto its nodes",
        "one pulse up: u <- u + up(u); down: u <- u - down(u); linear between 16 equally spaced states; clamped",
        "measurement",
        [
            new("potentiation_steps", "up", "rise by one pulse at u = 0, 1/15, ..., 1, as a share of the range", 0, 1, IsMinimumAllowed: true, IsPerPulse: true, Kernels.Conductance.StepTable.NodeCount),
            new("depression_steps", "down", "fall by one pulse at the same states, as a share of the range", 0, 1, IsMinimumAllowed: true, IsPerPulse: true, Kernels.Conductance.StepTable.NodeCount),
        ],
        static values => new(values[..Kernels.Conductance.StepTable.NodeCount], values[Kernels.Conductance.StepTable.NodeCount..]));

    /// <inheritdoc cref="Kernels.Conductance.Logistic"/>
    public static DeviceModel Logistic { get; } = new DeviceModel<Logistic>(
        "logistic",
        "one logistic curve for both polarities: nonlinear, yet symmetric",
        "du/dn = +-2 a s A y (1 - y), y = 1/(exp(a) + 1) + u/A, 1/A = tanh(a/2)",
        "symmetric analytic update of CrossSim 2, Sandia National Laboratories",
        [
            new("nonlinearity", "a", "half the logit that the range spans", 0, 20),
            new("range_per_pulse", "s", "share of the range's pulses that one pulse is", 0, 1, IsPerPulse: true),
        ],
        static values => new(values[0], values[1]));

    /// <inheritdoc cref="Kernels.Conductance.PhaseChange"/>
    public static DeviceModel PhaseChange { get; } = new PhaseChangeModel();

    /// <summary>All models.</summary>
    public static IReadOnlyList<DeviceModel> All { get; } = [IdealLinear, ConstantStep, SoftBounds, LinearStep, NeuroSim, Exponential, ExponentialStep, PowerStep, StepTable, Logistic, PhaseChange];

    /// <summary>Models of a curve, which a measured response can tell: all but the statistical ones.</summary>
    public static IReadOnlyList<DeviceModel> Fittable { get; } = [.. All.Where(static model => !model.IsStatistical)];

    /// <summary>The model of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static DeviceModel Get(string name) => Catalogue.Get(All, static model => model.Name, name, "model");

    private static PulseRule Inversion<TDevice>(TDevice device, double scale)
        where TDevice : struct, IInvertibleModel => PulseRule.For<TDevice, ExactInversion<TDevice>>(new(device, scale));
}
