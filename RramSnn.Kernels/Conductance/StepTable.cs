using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// A measured step curve: the step of one pulse at 16 states u = 0, 1/15, ..., 1 for each polarity, linear in between; the result is clamped to
/// [0, 1].
/// </summary>
/// <remarks>
/// aihwkit's PiecewiseStep, and the mean of CrossSim's conductance tables. There is no closed form: pulses are applied one by one. Where devices
/// vary, the size of all steps of a polarity varies, and the shape of the curve stays.
/// </remarks>
public readonly struct StepTable : IDeviceModel, IStepLaw
{
    /// <summary>Nodes of a polarity.</summary>
    public const int NodeCount = 16;

    private const float Intervals = NodeCount - 1;
    private const int Up = 0;
    private const int Down = 2 * NodeCount;

    // Adding 1.5·2²³ leaves a whole number in the low bits of the sum.
    private const float IndexShift = 12582912f;

    private readonly DeviceConstants _constants;

    // Steps up, their differences from node to node, steps down, and theirs. By reference: kernels copy a device, and 256 bytes would not stay in registers.
    private readonly float[] _tables;
    private readonly double[] _steps;

    /// <summary>A device with the given steps.</summary>
    /// <param name="potentiationSteps">Rise of u by one potentiation pulse at u = 0, 1/15, ..., 1: 16 numbers from 0 to 1, not all 0.</param>
    /// <param name="depressionSteps">Fall of u by one depression pulse at the same states.</param>
    /// <exception cref="ArgumentException">There are not 16 numbers, or all are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A step is outside its range or not a number.</exception>
    public StepTable(ReadOnlySpan<double> potentiationSteps, ReadOnlySpan<double> depressionSteps)
    {
        _tables = new float[4 * NodeCount];
        _steps = [.. potentiationSteps, .. depressionSteps];
        _constants[0] = (float)Fill(potentiationSteps, _tables.AsSpan(Up, 2 * NodeCount), nameof(potentiationSteps));
        _constants[1] = (float)-Fill(depressionSteps, _tables.AsSpan(Down, 2 * NodeCount), nameof(depressionSteps));
    }

    /// <inheritdoc/>
    public DeviceConstants Constants
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _constants;
    }

    /// <inheritdoc/>
    public static int ConstantCount => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DriveConstants<TLanes> Drive<TLanes, TConstants>(TLanes pulses, TConstants device)
        where TLanes : struct, ILanes<TLanes>
        where TConstants : struct, IDeviceConstants, allows ref struct =>
        new(TLanes.Abs(pulses), scale: device.ByPolarity(TLanes.GreaterThan(TLanes.Broadcast(0f), pulses), 0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LawConstants<TLanes> LawConstants<TLanes>()
        where TLanes : struct, ILanes<TLanes> => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Advance<TLanes, TSteps>(TLanes state, TLanes count, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize =>
        SinglePulses.Advance<StepTable, TLanes, TSteps>(this, state, count, drive, constants);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TLanes IStepLaw.Step<TLanes>(TLanes state, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
    {
        TLanes position = state * TLanes.Broadcast(Intervals);
        TLanes node = TLanes.Floor(position);
        TLanes fraction = position - node;
        TLanes index = node + TLanes.Broadcast(IndexShift);
        TLanes up = TLanes.FusedMultiplyAdd(fraction, Entry(Up + NodeCount, index), Entry(Up, index));
        TLanes down = TLanes.FusedMultiplyAdd(fraction, Entry(Down + NodeCount, index), Entry(Down, index));
        return drive.Scale * TLanes.Select(TLanes.GreaterThan(TLanes.Broadcast(0f), drive.Scale), down, up);
    }

    /// <inheritdoc/>
    public static float SmallLimit => SinglePulses.SmallLimit;

    /// <inheritdoc/>
    public static float MediumLimit => SinglePulses.SmallLimit;

    /// <inheritdoc/>
    public double PotentiationSlope(double state) => At(0, state);

    /// <inheritdoc/>
    public double DepressionSlope(double state) => At(NodeCount, state);

    /// <inheritdoc/>
    public static bool HasClosedForm => false;

    /// <inheritdoc/>
    public double After(double state, double pulses) => SinglePulses.After(this, state, pulses);

    /// <inheritdoc/>
    public double PulsesBetween(double from, double to) => SinglePulses.PulsesBetween(this, from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Entry<TLanes>(int table, TLanes index)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Lookup16(in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_tables), table), index);

    private double At(int first, double state)
    {
        double position = state * Intervals;
        int node = Math.Min((int)position, NodeCount - 2);
        ReadOnlySpan<double> ends = _steps.AsSpan(first + node, 2);
        return ends[0] + ((position - node) * (ends[1] - ends[0]));
    }

    /// <summary>The steps in units of their mean, which is returned.</summary>
    private static double Fill(ReadOnlySpan<double> steps, Span<float> nodesAndDifferences, string argument)
    {
        KernelThrow.IfLengthDiffers(steps.Length, NodeCount, argument);
        double mean = 0;
        foreach (double step in steps)
        {
            if (!(step >= 0 && step <= 1))
            {
                KernelThrow.OutOfRange(step, "0 to 1 per pulse", argument);
            }

            mean += step / NodeCount;
        }

        if (mean == 0)
        {
            throw new ArgumentException($"{argument} are all 0; expected a device that moves.", argument);
        }

        for (int i = 0; i < NodeCount; i++)
        {
            nodesAndDifferences[i] = (float)(steps[i] / mean);
        }

        for (int i = 0; i < NodeCount - 1; i++)
        {
            nodesAndDifferences[NodeCount + i] = nodesAndDifferences[i + 1] - nodesAndDifferences[i];
        }

        return mean;
    }
}
