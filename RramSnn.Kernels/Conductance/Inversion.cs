using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>A device model whose law can be solved for the number of pulses in lane arithmetic.</summary>
public interface IInvertibleModel : IDeviceModel
{
    /// <summary>Pulses that change states by given amounts: positive pulses potentiate. Changes beyond a bound ask for very many pulses.</summary>
    /// <param name="state">States u in [0, 1].</param>
    /// <param name="change">Wished changes of the states.</param>
    TLanes PulsesFor<TLanes>(TLanes state, TLanes change)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>
/// Exact cancellation of a device's nonlinearity: every device is read, and gets the number of pulses that changes its state by exactly
/// scale · wish, up to the ends of its range.
/// </summary>
/// <remarks>Equations "dn_LTP", "dn_LTD" of Fouda, Neftci, Eltawil, Kurdahi, arXiv 1909.01771; on a chip it takes a read and logarithmic amplifiers.</remarks>
/// <typeparam name="TDevice">Device model.</typeparam>
public readonly struct ExactInversion<TDevice> : IPulseRule
    where TDevice : struct, IInvertibleModel
{
    private readonly TDevice _device;
    private readonly float _scale;

    /// <summary>A rule for a device.</summary>
    /// <param name="device">The device as the rule believes it to be.</param>
    /// <param name="scale">Change of this device's state per unit of the wished weight change; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite.</exception>
    public ExactInversion(TDevice device, double scale)
    {
        _device = device;
        _scale = (float)scale;
        KernelThrow.IfNotFinite(_scale, nameof(scale));
    }

    /// <inheritdoc/>
    public static bool ReadsState => true;

    /// <inheritdoc/>
    public bool IsZero => _scale == 0f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Pulses<TLanes>(TLanes wish, TLanes state)
        where TLanes : struct, ILanes<TLanes> => _device.PulsesFor(state, wish * TLanes.Broadcast(_scale));
}

/// <summary>
/// Linearised cancellation: every device is read, and gets scale · wish divided by the step that one pulse makes at its state.
/// </summary>
/// <remarks>
/// Steps are known as 16 numbers per polarity, equally spaced over the range and linear in between. The linearised inversion of Fouda, Neftci,
/// Eltawil, Kurdahi, arXiv 1909.01771; on a chip it takes a read and a divider.
/// </remarks>
public readonly struct LinearizedInversion : IPulseRule
{
    /// <summary>Nodes of a step curve.</summary>
    public const int NodeCount = 16;

    // Bounds the pulses of a device at the end of its range, whose steps vanish.
    private const float SmallestStep = 1e-6f;

    private readonly Nodes _up;
    private readonly Nodes _down;
    private readonly float _scale;

    /// <summary>A rule for a device.</summary>
    /// <param name="up">Rise by one pulse at u = 0, 1/15, ..., 1; 0 or more.</param>
    /// <param name="down">Fall by one pulse at the same states; 0 or more.</param>
    /// <param name="scale">Change of this device's state per unit of the wished weight change; finite.</param>
    /// <exception cref="ArgumentException">A curve has not 16 nodes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A step is negative or a number is not finite.</exception>
    public LinearizedInversion(ReadOnlySpan<double> up, ReadOnlySpan<double> down, double scale)
    {
        KernelThrow.IfLengthDiffers(up.Length, NodeCount, nameof(up));
        KernelThrow.IfLengthDiffers(down.Length, NodeCount, nameof(down));
        for (int i = 0; i < NodeCount; i++)
        {
            _up[i] = Step(up[i], nameof(up));
            _down[i] = Step(down[i], nameof(down));
        }

        _scale = (float)scale;
        KernelThrow.IfNotFinite(_scale, nameof(scale));
    }

    /// <inheritdoc/>
    public static bool ReadsState => true;

    /// <inheritdoc/>
    public bool IsZero => _scale == 0f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Pulses<TLanes>(TLanes wish, TLanes state)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes change = wish * TLanes.Broadcast(_scale);
        TLanes zero = TLanes.Broadcast(0f);
        TLanes position = TLanes.Min(TLanes.Max(state, zero), TLanes.Broadcast(1f)) * TLanes.Broadcast(NodeCount - 1);
        TLanes node = TLanes.Min(TLanes.Floor(position), TLanes.Broadcast(NodeCount - 2));
        TLanes fraction = position - node;
        TLanes depresses = TLanes.GreaterThan(zero, change);
        TLanes step = TLanes.Select(depresses, At(in _down, node, fraction), At(in _up, node, fraction));
        return change / TLanes.Max(step, TLanes.Broadcast(SmallestStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes At<TLanes>(in Nodes nodes, TLanes node, TLanes fraction)
        where TLanes : struct, ILanes<TLanes>
    {
        // A whole float below 16, shifted by 2²³, has its value in the low bits.
        TLanes index = node + TLanes.Broadcast(8388608f);
        ref readonly float first = ref Unsafe.As<Nodes, float>(ref Unsafe.AsRef(in nodes));
        TLanes low = TLanes.Lookup16(in first, index);
        TLanes high = TLanes.Lookup16(in first, TLanes.AddInteger(index, TLanes.BroadcastInteger(1)));
        return TLanes.FusedMultiplyAdd(high - low, fraction, low);
    }

    private static float Step(double step, string argument)
    {
        if (!(step >= 0 && step <= float.MaxValue))
        {
            KernelThrow.OutOfRange(step, "0 or more, and finite", argument);
        }

        return (float)step;
    }

    [InlineArray(NodeCount)]
    private struct Nodes
    {
        private float _first;
    }
}
