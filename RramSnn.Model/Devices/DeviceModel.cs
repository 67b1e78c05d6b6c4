using RramSnn.Kernels.Conductance;
using RramSnn.Model.Crossbars;

namespace RramSnn.Model.Devices;

/// <summary>A family of laws that the normalised state u = (G - Gmin)/(Gmax - Gmin) may obey under pulses, with its parameters by name.</summary>
/// <remarks>
/// <see cref="DeviceModels"/> lists those that come with RramSnn. A new one is a struct that implements <see cref="IDeviceModel"/>
/// and one <see cref="DeviceModel{TDevice}"/>.
/// </remarks>
public abstract class DeviceModel
{
    private protected DeviceModel(string name, string description, string equation, string source, IReadOnlyList<DeviceParameter> parameters)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(parameters);
        Name = name;
        Description = description;
        Equation = equation;
        Source = source;
        Parameters = parameters;
        ValueCount = parameters.Sum(static parameter => parameter.Count);
    }

    /// <summary>Name in device files and on the command line, for example <c>soft-bounds</c>.</summary>
    public string Name { get; }

    /// <summary>One line for people.</summary>
    public string Description { get; }

    /// <summary>The law in one line of plain text.</summary>
    public string Equation { get; }

    /// <summary>Where the law comes from.</summary>
    public string Source { get; }

    /// <summary>Parameters in the order of their values.</summary>
    public IReadOnlyList<DeviceParameter> Parameters { get; }

    /// <summary>Number of values of all parameters together.</summary>
    public int ValueCount { get; }

    /// <summary>Whether any number of pulses is one formula; else pulses are applied one by one.</summary>
    public abstract bool HasClosedForm { get; }

    /// <summary>
    /// Whether the model says how pulses scatter: then its law is that of the mean, pulses are whole whatever the <see cref="PulseMode"/>, devices have
    /// no other variability but <see cref="DeviceVariability.ReadNoise"/> and drift, and no curve is fitted with it.
    /// </summary>
    public virtual bool IsStatistical => false;

    /// <summary>The law with these parameters.</summary>
    /// <param name="values">One value per parameter, tables in full, in the order of <see cref="Parameters"/>.</param>
    /// <exception cref="ArgumentException">There are too few or too many values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside the range of its parameter; the message names it.</exception>
    public DeviceLaw Create(params ReadOnlySpan<double> values)
    {
        if (values.Length != ValueCount)
        {
            throw new ArgumentException($"{Name} got {values.Length} values; expected {ValueCount}: {string.Join(", ", Parameters.Select(static p => p.Key))}.", nameof(values));
        }

        int index = 0;
        foreach (DeviceParameter parameter in Parameters)
        {
            for (int i = 0; i < parameter.Count; i++)
            {
                double value = values[index++];
                Require.That(parameter.Allows(value), value, parameter.Range, parameter.Key);
            }
        }

        return CreateLaw(values.ToArray());
    }

    /// <summary>The numbers that the lane arithmetic of a device with these parameters wants.</summary>
    internal abstract DeviceConstants ConstantsOf(ReadOnlySpan<double> values);

    /// <summary>Number of constants that <see cref="ConstantsOf"/> fills.</summary>
    internal abstract int ConstantCount { get; }

    private protected abstract DeviceLaw CreateLaw(double[] values);
}

/// <inheritdoc/>
/// <typeparam name="TDevice">Device model of the kernels.</typeparam>
public sealed class DeviceModel<TDevice> : DeviceModel
    where TDevice : struct, IDeviceModel
{
    private readonly DeviceOf<TDevice> _create;
    private readonly InversionOf<TDevice>? _inversion;

    /// <summary>Describes a model.</summary>
    /// <param name="name">Name in device files and on the command line.</param>
    /// <param name="description">One line for people.</param>
    /// <param name="equation">The law in one line of plain text.</param>
    /// <param name="source">Where the law comes from.</param>
    /// <param name="parameters">Parameters in the order of their values.</param>
    /// <param name="create">Makes the kernels' device from values that lie in their ranges.</param>
    /// <param name="inversion">Makes the rule of exact inversion, for an <see cref="IInvertibleModel"/>; null if there is none.</param>
    public DeviceModel(
        string name, string description, string equation, string source, IReadOnlyList<DeviceParameter> parameters, DeviceOf<TDevice> create, InversionOf<TDevice>? inversion = null)
        : base(name, description, equation, source, parameters)
    {
        ArgumentNullException.ThrowIfNull(create);
        _create = create;
        _inversion = inversion;
    }

    /// <inheritdoc/>
    public override bool HasClosedForm => TDevice.HasClosedForm;

    internal override int ConstantCount => TDevice.ConstantCount;

    internal override DeviceConstants ConstantsOf(ReadOnlySpan<double> values) => _create(values).Constants;

    private protected override DeviceLaw CreateLaw(double[] values) => new Law(this, values);

    private sealed class Law(DeviceModel<TDevice> model, double[] values) : DeviceLaw<TDevice>(model, values, model._create(values))
    {
        public override double PotentiationSlope(double state) => Device.PotentiationSlope(state);

        public override double DepressionSlope(double state) => Device.DepressionSlope(state);

        public override double After(double state, double pulses) => Device.After(state, pulses);

        public override double PulsesBetween(double from, double to) => Device.PulsesBetween(from, to);

        public override PulseRule? ExactInversion(double scale) => model._inversion?.Invoke(Device, scale);
    }
}

/// <summary>Makes a device of the kernels from the values of a model's parameters.</summary>
/// <typeparam name="TDevice">Device model of the kernels.</typeparam>
/// <param name="values">Values in the order of <see cref="DeviceModel.Parameters"/>.</param>
public delegate TDevice DeviceOf<TDevice>(ReadOnlySpan<double> values)
    where TDevice : struct, IDeviceModel;

/// <summary>Makes the rule of exact inversion for a device of the kernels.</summary>
/// <typeparam name="TDevice">Device model of the kernels.</typeparam>
/// <param name="device">The device.</param>
/// <param name="scale">Change of its state per unit of the wished weight change.</param>
public delegate PulseRule InversionOf<TDevice>(TDevice device, double scale)
    where TDevice : struct, IDeviceModel;
