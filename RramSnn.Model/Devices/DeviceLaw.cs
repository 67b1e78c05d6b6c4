using RramSnn.Kernels.Conductance;

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
    private protected DeviceLaw(string model) => Model = model;

    /// <summary>Name of the model, for example <c>soft-bounds</c>.</summary>
    public string Model { get; }

    /// <summary>du/dn at state u for potentiation, per pulse.</summary>
    public abstract double PotentiationSlope(double state);

    /// <summary>-du/dn at state u for depression, per pulse.</summary>
    public abstract double DepressionSlope(double state);

    /// <summary>Gives the law a name and wraps the kernel's device model.</summary>
    /// <typeparam name="TDevice">Device model of the kernels.</typeparam>
    public static DeviceLaw Of<TDevice>(string model, TDevice device)
        where TDevice : struct, IDeviceModel => new Law<TDevice>(model, device);

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

    /// <summary>Chooses the specialised kernel once, so that a step costs one virtual call per array.</summary>
    internal abstract ArrayProgrammer CreateProgrammer<TRule>(TRule rule, PulseMode mode)
        where TRule : struct, IPulseRule;

    private double Difference(double state) => PotentiationSlope(state) - DepressionSlope(state);

    private sealed class Law<TDevice>(string model, TDevice device) : DeviceLaw(model)
        where TDevice : struct, IDeviceModel
    {
        public override double PotentiationSlope(double state) => device.PotentiationSlope(state);

        public override double DepressionSlope(double state) => device.DepressionSlope(state);

        internal override ArrayProgrammer CreateProgrammer<TRule>(TRule rule, PulseMode mode) => mode switch
        {
            PulseMode.Continuous => new ArrayProgrammer<TDevice, TRule, ContinuousPulses>(device, rule),
            PulseMode.Pulsed => new ArrayProgrammer<TDevice, TRule, StochasticPulses>(device, rule),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "mode is not a pulse mode."),
        };
    }
}
