using RramSnn.Kernels.Conductance;
using RramSnn.Model.Crossbars;

namespace RramSnn.Model.Devices;

/// <summary>How pulses are counted.</summary>
public enum PulseMode
{
    /// <summary>The number of pulses is a real number.</summary>
    Continuous,

    /// <summary>Whole pulses by stochastic rounding.</summary>
    Pulsed,
}

/// <summary>A device model with its parameters: the law of the normalised state u = (G - Gmin)/(Gmax - Gmin).</summary>
public abstract class DeviceLaw
{
    private readonly double[] _values;

    private protected DeviceLaw(DeviceModel model, double[] values)
    {
        Model = model;
        _values = values;
    }

    /// <summary>The family of laws.</summary>
    public DeviceModel Model { get; }

    /// <summary>Values of the parameters, in the order of <see cref="DeviceModel.Parameters"/>.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>du/dn at state u for potentiation, per pulse.</summary>
    public abstract double PotentiationSlope(double state);

    /// <summary>-du/dn at state u for depression, per pulse.</summary>
    public abstract double DepressionSlope(double state);

    /// <inheritdoc cref="IDeviceModel.After"/>
    public abstract double After(double state, double pulses);

    /// <inheritdoc cref="IDeviceModel.PulsesBetween"/>
    public abstract double PulsesBetween(double from, double to);

    /// <summary>Whether devices remember more than their state: a number from 0 to 1, which RESET makes 1 and pulses make smaller.</summary>
    public virtual bool HasMemory => false;

    /// <summary>Whether no pulse depresses the device, whatever its state.</summary>
    public bool IsUnidirectional => Enumerable.Range(0, 65).All(step => DepressionSlope(step / 64.0) == 0);

    /// <summary>σ of the law's own scatter of one potentiation pulse at state u, as a share of the range; 0 for laws without any.</summary>
    public virtual double StepDeviation(double state) => 0;

    /// <summary>The state u* where an up step and a down step cancel; null if they cancel everywhere or nowhere.</summary>
    public double? SymmetryPoint()
    {
        double low = 0;
        double high = 1;
        if (!(Difference(low) > 0 && Difference(high) < 0))
        {
            return null;
        }

        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Difference(middle) > 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>The same curve with pulses of another size.</summary>
    /// <param name="size">Size of the new pulse in units of the present one, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter would leave its range.</exception>
    public virtual DeviceLaw WithPulseSize(double size)
    {
        double[] scaled = [.. _values];
        int index = 0;
        foreach (DeviceParameter parameter in Model.Parameters)
        {
            for (int i = 0; i < parameter.Count; i++, index++)
            {
                scaled[index] *= parameter.IsPerPulse ? size : 1;
            }
        }

        return Model.Create(scaled);
    }

    /// <summary>The rule that reads a device and gives it the pulses for exactly scale · wish; null if the model has no inverse in lane arithmetic.</summary>
    /// <param name="scale">Change of the device's state per unit of the wished weight change.</param>
    public virtual PulseRule? ExactInversion(double scale) => null;

    /// <summary>What a device in this state remembers in the mean; 0 unless <see cref="HasMemory"/>.</summary>
    internal virtual double MemoryAt(double state) => 0;

    /// <summary>The state after one pulse with the law's own scatter.</summary>
    /// <param name="state">State u in [0, 1].</param>
    /// <param name="direction">1 potentiation, -1 depression.</param>
    /// <param name="normal">A standard normal draw.</param>
    /// <param name="memory">What the device remembers; updated.</param>
    internal virtual double AfterPulse(double state, int direction, double normal, ref double memory) => After(state, direction);

    /// <summary>Chooses the specialised kernel once, so that a step costs one virtual call per array.</summary>
    internal abstract ArrayProgrammer CreateProgrammer<TRule>(TRule rule, PulseMode mode, DeviceVariability variability)
        where TRule : struct, IPulseRule;

    /// <summary>As <see cref="CreateProgrammer"/> for pulses by coincidence of random bit streams of a length.</summary>
    internal abstract ArrayProgrammer CreateCoincidentProgrammer(PolarityGain rule, int streamLength, DeviceVariability variability);

    /// <summary>The kernel for pulses that were counted elsewhere; <see cref="PulseMode.Continuous"/> takes their numbers as they are.</summary>
    internal abstract PulseApplier CreateApplier(PulseMode mode, DeviceVariability variability);

    private double Difference(double state) => PotentiationSlope(state) - DepressionSlope(state);
}
