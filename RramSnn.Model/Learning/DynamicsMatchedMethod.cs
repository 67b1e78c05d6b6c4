using RramSnn.Kernels.Conductance;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>
/// The pulse count is the learning rule's product itself, without any constant of the device; instead the synapse contributes φ(u) to the
/// membrane, and φ is chosen so that the device's own step is the gradient: φ′(u) ∝ h(u), the step at u.
/// </summary>
/// <remarks>
/// <para>
/// A pulse count n = -η ∂L/∂φ moves the device by h(u) n, so that Δφ = φ′h n: descent in u with the gradient φ′ ∂L/∂φ wherever φ′ ∝ h. One φ
/// cannot match two polarities that differ; here h is their mean, h = (h_P + h_D)/2, and what is left is the asymmetry (h_D - h_P)/2. For a device
/// of equal rates with soft bounds h is constant and φ linear: nothing to match.
/// </para>
/// <para>
/// v = φ(u), normalised to [0, 1], is simulated in place of u, with the steps of one pulse in v at the 16 nodes of a
/// <see cref="StepTable"/>, so pulses are applied one by one. Both devices of a pair are driven, in opposite directions. No reads; the crossbar's output must
/// have the nonlinearity φ per device. After the idea of Neftci, iScience 5:52, 2018; φ and its normalisation are ours.
/// </para>
/// </remarks>
public sealed class DynamicsMatchedMethod : UpdateMethod
{
    // Nodes of the integral of h: its error is far below that of the table's straight pieces.
    private const int Nodes = 4096;

    /// <inheritdoc/>
    public override string Name => "dynamics-matched";

    /// <inheritdoc/>
    public override string Description => "plain pulse counts, synapse function matched to the device's mean step; no reads, no constants in the pulses";

    /// <inheritdoc/>
    public override bool NeedsPair => true;

    /// <inheritdoc/>
    public override MethodTuning TuningFor(PulseMode pulses) => pulses == PulseMode.Continuous
        ? new MethodTuning(LearningRate: 0.01, WeightRange: 16)
        : new MethodTuning(LearningRate: 0.01, WeightRange: 1);

    /// <inheritdoc/>
    protected override PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange)
    {
        DeviceLaw law = Matched(device.Law);
        double rest = law.SymmetryPoint() ?? 0.5;
        double pulses = 1 / (weightRange * (law.PotentiationSlope(rest) + law.DepressionSlope(rest)));
        return new PulsePlan(law, PulseRule.Constant(pulses, pulses), PulseRule.Constant(-pulses, -pulses), Rest: rest);
    }

    /// <summary>The law of v = φ(u).</summary>
    private static DeviceLaw Matched(DeviceLaw law)
    {
        double[] contribution = new double[Nodes + 1];
        for (int i = 0; i < Nodes; i++)
        {
            contribution[i + 1] = contribution[i] + MeanStep((i + 0.5) / Nodes);
        }

        double[] steps = new double[2 * StepTable.NodeCount];
        for (int node = 0; node < StepTable.NodeCount; node++)
        {
            double v = node / (StepTable.NodeCount - 1.0);
            double u = Inverse(v);
            double up = law.After(u, 1);
            double down = law.After(u, -1);

            // A pulse that ends at the bound was cut short there, as the table's own pulses will be: its node holds what the whole pulse would do.
            steps[node] = Math.Clamp(up < 1 ? Contribution(up) - v : Slope(u) * law.PotentiationSlope(u), 0, 1);
            steps[StepTable.NodeCount + node] = Math.Clamp(down > 0 ? v - Contribution(down) : Slope(u) * law.DepressionSlope(u), 0, 1);
        }

        return DeviceModels.StepTable.Create(steps);

        double MeanStep(double state) => (law.PotentiationSlope(state) + law.DepressionSlope(state)) / 2;

        double Slope(double state) => MeanStep(state) * Nodes / contribution[Nodes];

        double Contribution(double state)
        {
            double position = Math.Clamp(state, 0, 1) * Nodes;
            int i = Math.Min((int)position, Nodes - 1);
            return (contribution[i] + ((position - i) * (contribution[i + 1] - contribution[i]))) / contribution[Nodes];
        }

        double Inverse(double v)
        {
            double low = 0;
            double high = 1;
            for (int i = 0; i < 50; i++)
            {
                double middle = (low + high) / 2;
                (low, high) = Contribution(middle) < v ? (middle, high) : (low, middle);
            }

            return (low + high) / 2;
        }
    }
}
