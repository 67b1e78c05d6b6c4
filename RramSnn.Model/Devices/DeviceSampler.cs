using RramSnn.Kernels.Conductance;

namespace RramSnn.Model.Devices;

/// <summary>Draws devices of one kind: their law's parameters and their own range.</summary>
/// <remarks>
/// A parameter with spread σ is value · (1 + σ ξ) or log-normal (<see cref="SpreadDistribution"/>), cut off at the ends of its range; at an
/// open lower end the cut is a hundredth of the nominal value.
/// </remarks>
public sealed class DeviceSampler
{
    // A device keeps at least this share of the nominal range, unless it is stuck.
    private const double SmallestWidth = 0.01;

    private readonly Device _device;
    private readonly DeviceLaw _law;
    private readonly double[] _spread;

    /// <summary>Prepares draws.</summary>
    /// <param name="device">The device, for its range.</param>
    /// <param name="law">The law that the devices obey. Spreads of parameters that it does not have are ignored.</param>
    /// <param name="variability">How devices differ.</param>
    public DeviceSampler(Device device, DeviceLaw law, DeviceVariability variability)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(variability);
        _device = device;
        _law = law;
        Variability = variability;
        _spread = [.. law.Model.Parameters.SelectMany(parameter => Enumerable.Repeat(variability.Spread.GetValueOrDefault(parameter.Key), parameter.Count))];
    }

    /// <summary>How devices differ.</summary>
    public DeviceVariability Variability { get; }

    /// <summary>The law's values that differ from device to device, by index.</summary>
    public IEnumerable<int> VaryingValues => Enumerable.Range(0, _spread.Length).Where(index => _spread[index] > 0);

    /// <summary>One value of a device.</summary>
    /// <param name="index">Index among the values of the law's parameters.</param>
    /// <param name="normal">Standard normal draw of this device and value.</param>
    public double Value(int index, double normal)
    {
        double nominal = _law.Values[index];
        double spread = _spread[index];
        if (spread == 0)
        {
            return nominal;
        }

        double scatter = Math.Sqrt(double.LogP1(spread * spread));
        double factor = Variability.Distribution == SpreadDistribution.LogNormal
            ? Math.Exp((scatter * normal) - (scatter * scatter / 2))
            : 1 + (spread * normal);
        DeviceParameter parameter = ParameterOf(index);
        double lowest = parameter.IsMinimumAllowed ? parameter.Minimum : parameter.Minimum + ((nominal - parameter.Minimum) / 100);
        return Math.Clamp(nominal * factor, lowest, parameter.Maximum);
    }

    /// <summary>A device's own bounds, as normalised states; equal for a device that is stuck.</summary>
    /// <param name="lowerNormal">Standard normal draw for Gmin.</param>
    /// <param name="upperNormal">Standard normal draw for Gmax.</param>
    /// <param name="fault">Uniform draw on [0, 1) that decides whether the device is stuck.</param>
    public (double Lower, double Upper) Range(double lowerNormal, double upperNormal, double fault)
    {
        // No conductance is below zero.
        double zero = -_device.MinimumSiemens / (_device.MaximumSiemens - _device.MinimumSiemens);
        double lower = Math.Clamp(Variability.MinimumSpread * lowerNormal, zero, 1 - SmallestWidth);
        double upper = Math.Clamp(1 + (Variability.MaximumSpread * upperNormal), lower + SmallestWidth, 2);
        double? stuck = StuckAt(fault, lower, upper);
        return stuck is { } state ? (state, state) : (lower, upper);
    }

    /// <summary>Constants that differ from device to device, bit by bit.</summary>
    internal uint VaryingConstants()
    {
        uint varying = 0;
        double[] values = _law.Values.ToArray();
        DeviceConstants nominal = _law.Model.ConstantsOf(values);
        foreach (int index in VaryingValues)
        {
            values[index] = Value(index, -0.5);
            DeviceConstants other = _law.Model.ConstantsOf(values);
            values[index] = _law.Values[index];
            for (int i = 0; i < _law.Model.ConstantCount; i++)
            {
                varying |= other[i] != nominal[i] ? 1u << i : 0;
            }
        }

        return varying;
    }

    private double? StuckAt(double fault, double lower, double upper)
    {
        if (fault < Variability.StuckAtMinimum)
        {
            return lower;
        }

        fault -= Variability.StuckAtMinimum;
        if (fault < Variability.StuckAtMaximum)
        {
            return upper;
        }

        return fault - Variability.StuckAtMaximum < Variability.StuckAtState ? Variability.StuckState : null;
    }

    private DeviceParameter ParameterOf(int index)
    {
        foreach (DeviceParameter parameter in _law.Model.Parameters)
        {
            if (index < parameter.Count)
            {
                return parameter;
            }

            index -= parameter.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(index), index, "index is no value of the law.");
    }
}
