using RramSnn.Kernels.Random;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Devices;

/// <summary>Draws the devices of an array: how each of them differs from its kind, by <see cref="Device.Variability"/>.</summary>
/// <remarks>
/// <para>
/// Every draw is a pure function of (seed, array, device, parameter): independent of order, threads and vector width, and of the
/// spread of other parameters. A table of a model is one parameter: all its nodes share one draw.
/// </para>
/// <para>
/// Parameters are cut off at the ends of their ranges; where the lower end does not belong to the range, at a thousandth of the way
/// from it to the nominal value; tables at a thousandth of their nominal values. Gmin and Gmax are Gaussian; Gmin is cut off at 0 S, both at a distance of <see cref="LeastRange"/>/2 from mid-range.
/// </para>
/// </remarks>
public sealed class DeviceSampler
{
    /// <summary>The least own range of a device, as a share of the nominal one.</summary>
    public const double LeastRange = 0.1;

    /// <summary>Devices are drawn in blocks of this length.</summary>
    public const int BlockLength = RandomKernels.BlockLength;

    // Numbers of what is no parameter; models have far fewer parameters.
    private const int MinimumDraw = 0xFFFD;
    private const int MaximumDraw = 0xFFFE;
    private const int StuckDraw = 0xFFFF;
    private const int DrawBits = 16;

    private const double LeastShareOfNominal = 1e-3;

    private readonly Device _device;
    private readonly ulong _seed;
    private readonly int _array;

    /// <summary>Names the devices.</summary>
    /// <param name="device">The kind of device.</param>
    /// <param name="seed">The user's seed.</param>
    /// <param name="array">Number of the array, 0 or more: arrays of one seed share no draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array is negative.</exception>
    public DeviceSampler(Device device, ulong seed, int array = 0)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfNegative(array);
        _device = device;
        _seed = seed;
        _array = array;
    }

    /// <summary>Draws one device.</summary>
    /// <param name="index">Its number in the array, 0 to 2³⁸ - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside its range.</exception>
    public SampledDevice this[long index]
    {
        get
        {
            Require.That(index >= 0 && index < (long)BlockLength << 32, index, "0 to 2^38 - 1", nameof(index));
            uint block = (uint)(index / BlockLength);
            int place = (int)(index % BlockLength);
            int count = _device.Law.Values.Length;
            double[] values = new double[BlockLength * count];
            double[] low = new double[BlockLength];
            double[] high = new double[BlockLength];
            Parameters(block, values);
            Ranges(block, low, high);
            double nominal = _device.MaximumSiemens - _device.MinimumSiemens;
            double[] stuck = new double[BlockLength];
            StuckStates(block, stuck);
            return new SampledDevice(
                _device.Law.Model.Create(values.AsSpan(place * count, count)),
                _device.MinimumSiemens + (low[place] * nominal),
                _device.MinimumSiemens + (high[place] * nominal),
                double.IsNaN(stuck[place]) ? null : stuck[place]);
        }
    }

    /// <summary>Parameters of a block of devices.</summary>
    /// <param name="block">Number of the block: device index / <see cref="BlockLength"/>.</param>
    /// <param name="values">One device after the other, its values in the order of <see cref="DeviceLaw.Values"/>.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void Parameters(uint block, Span<double> values)
    {
        ReadOnlySpan<double> nominal = _device.Law.Values;
        Require.That(values.Length == BlockLength * nominal.Length, values.Length, $"{BlockLength} x {nominal.Length} values", nameof(values));
        Span<float> draws = stackalloc float[BlockLength];
        int first = 0;
        foreach ((int index, DeviceParameter parameter) in _device.Law.Model.Parameters.Index())
        {
            double deviation = _device.Variability.Spread.GetValueOrDefault(parameter.Key);
            draws.Clear();
            if (deviation > 0)
            {
                Normal(block, index, draws);
            }

            for (int place = 0; place < BlockLength; place++)
            {
                double factor = deviation > 0 ? Factor(_device.Variability.Distribution, deviation, draws[place]) : 1;

                // A table of nothing but zeros is no device.
                factor = parameter.Count > 1 ? Math.Max(factor, LeastShareOfNominal) : factor;
                for (int i = first; i < first + parameter.Count; i++)
                {
                    values[(place * nominal.Length) + i] = factor == 1 ? nominal[i] : CutOff(parameter, nominal[i], nominal[i] * factor);
                }
            }

            first += parameter.Count;
        }
    }

    /// <summary>Own Gmin and Gmax of a block of devices, as states of the nominal range: 0 and 1 for devices without spread.</summary>
    /// <param name="block">Number of the block.</param>
    /// <param name="low">Own Gmin per device.</param>
    /// <param name="high">Own Gmax per device.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Ranges(uint block, Span<double> low, Span<double> high)
    {
        Require.That(low.Length == BlockLength, low.Length, $"{BlockLength} values", nameof(low));
        Require.That(high.Length == BlockLength, high.Length, $"{BlockLength} values", nameof(high));
        double least = -_device.MinimumSiemens / (_device.MaximumSiemens - _device.MinimumSiemens);
        Span<float> draws = stackalloc float[BlockLength];
        Normal(block, MinimumDraw, draws);
        for (int place = 0; place < BlockLength; place++)
        {
            low[place] = Math.Clamp(_device.Variability.MinimumSpread * draws[place], least, 0.5 - (LeastRange / 2));
        }

        Normal(block, MaximumDraw, draws);
        for (int place = 0; place < BlockLength; place++)
        {
            high[place] = Math.Max(1 + (_device.Variability.MaximumSpread * draws[place]), 0.5 + (LeastRange / 2));
        }
    }

    /// <summary>Where the devices of a block are stuck, as states of their own range; NaN for those that are not.</summary>
    /// <param name="block">Number of the block.</param>
    /// <param name="states">One state per device.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void StuckStates(uint block, Span<double> states)
    {
        Require.That(states.Length == BlockLength, states.Length, $"{BlockLength} values", nameof(states));
        DeviceVariability variability = _device.Variability;
        double atMinimum = variability.StuckAtMinimum;
        double atMaximum = atMinimum + variability.StuckAtMaximum;
        double atState = atMaximum + variability.StuckAtState;
        Span<float> draws = stackalloc float[BlockLength];
        RandomKernels.Uniform(draws, Stream(block, StuckDraw));
        for (int place = 0; place < BlockLength; place++)
        {
            double draw = draws[place];
            states[place] = draw < atMinimum ? 0 : draw < atMaximum ? 1 : draw < atState ? variability.StuckState : double.NaN;
        }
    }

    private static double Factor(SpreadDistribution distribution, double deviation, double draw)
    {
        if (distribution == SpreadDistribution.Gaussian)
        {
            return 1 + (deviation * draw);
        }

        double variance = Math.Log(1 + (deviation * deviation));
        return Math.Exp((Math.Sqrt(variance) * draw) - (variance / 2));
    }

    private static double CutOff(DeviceParameter parameter, double nominal, double value)
    {
        double least = parameter.IsMinimumAllowed ? parameter.Minimum : parameter.Minimum + (LeastShareOfNominal * (nominal - parameter.Minimum));
        return Math.Clamp(value, least, parameter.Maximum);
    }

    private void Normal(uint block, int draw, Span<float> draws) => RandomKernels.Normal<InverseCdfNormal>(draws, Stream(block, draw));

    private RandomStream Stream(uint block, int draw) =>
        RandomPurpose.DeviceVariation.Stream(_seed, ((ulong)_array << DrawBits) | (uint)draw).At(block);
}
