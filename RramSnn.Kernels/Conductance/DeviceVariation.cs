using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>How the devices of an array differ from each other: what is empty or 0 is the same, and perfect, for all of them.</summary>
/// <remarks>
/// A device's own range [lower, upper] is part of [0, 1] in units of the nominal range, and its law acts on v = (u - lower)/(upper - lower). A
/// device whose bounds coincide is stuck there.
/// </remarks>
public readonly ref struct DeviceVariation
{
    /// <summary>The constants that vary, as planes of the whole array one after the other, each in the array's stored order.</summary>
    public ReadOnlySpan<float> Constants { get; init; }

    /// <summary>Which constants of the model those planes hold, in ascending order; bit i stands for constant i.</summary>
    public uint Varying { get; init; }

    /// <summary>Where the run of panels that is written begins within a plane.</summary>
    public int FirstCell { get; init; }

    /// <summary>Lower bounds of the run's devices; empty if all are 0.</summary>
    public ReadOnlySpan<float> Lower { get; init; }

    /// <summary>Upper bounds of the run's devices; empty if all are 1.</summary>
    public ReadOnlySpan<float> Upper { get; init; }

    /// <summary>Writes that each device of the run has seen; counted up to 2²⁴. Empty if they are not counted.</summary>
    public Span<float> WriteCounts { get; init; }

    /// <summary>Number of states that a device can hold, evenly spaced over its range; 0 for any state.</summary>
    public int States { get; init; }

    /// <summary>Writes after which a device's range has shrunk to a half, towards its middle; 0 for unlimited endurance.</summary>
    public float Endurance { get; init; }

    /// <summary>Elements of one plane.</summary>
    internal int PlaneLength => Varying == 0 ? 0 : Constants.Length / BitOperations.PopCount(Varying);

    internal void Check(ReadOnlySpan<float> state, ReadOnlySpan<float> wish, PulseCounters counters, int constantCount)
    {
        int planes = BitOperations.PopCount(Varying);
        if (Varying >> constantCount != 0)
        {
            KernelThrow.OutOfRange(Varying, $"bits of the model's {constantCount} constants", nameof(Varying));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(FirstCell);
        if (planes > 0)
        {
            KernelThrow.IfNotMultiple(Constants.Length, planes, nameof(Constants));
            KernelThrow.IfShorter(PlaneLength, (long)FirstCell + state.Length, nameof(Constants));
        }

        CheckRun(Lower, state, nameof(Lower));
        CheckRun(Upper, state, nameof(Upper));
        KernelThrow.IfLengthDiffers(Upper.Length, Lower.Length, nameof(Upper));
        CheckRun(WriteCounts, state, nameof(WriteCounts));
        KernelThrow.IfOverlap(Constants, state, nameof(state));
        if (States is < 0 or 1)
        {
            KernelThrow.OutOfRange(States, "at least 2, or 0 for any state", nameof(States));
        }

        if (!(Endurance >= 0))
        {
            KernelThrow.OutOfRange(Endurance, "at least 0", nameof(Endurance));
        }

        if (Endurance > 0)
        {
            KernelThrow.IfLengthDiffers(WriteCounts.Length, state.Length, nameof(WriteCounts));
        }

        KernelThrow.IfOverlap(Constants, (ReadOnlySpan<float>)WriteCounts, nameof(WriteCounts));
        KernelThrow.IfOverlap(Lower, (ReadOnlySpan<float>)WriteCounts, nameof(WriteCounts));
        KernelThrow.IfOverlap(Upper, (ReadOnlySpan<float>)WriteCounts, nameof(WriteCounts));
        KernelThrow.IfOverlap(wish, (ReadOnlySpan<float>)WriteCounts, nameof(WriteCounts));
        counters.CheckApart(Constants);
        counters.CheckApart(Lower);
        counters.CheckApart(Upper);
        counters.CheckApart<float>(WriteCounts);
    }

    private static void CheckRun(ReadOnlySpan<float> plane, ReadOnlySpan<float> state, string argument)
    {
        if (!plane.IsEmpty)
        {
            KernelThrow.IfLengthDiffers(plane.Length, state.Length, argument);
            KernelThrow.IfOverlap(plane, state, nameof(state));
        }
    }
}

/// <summary>Constants of the devices of one bundle: from their planes where they vary, else from the model.</summary>
internal ref struct VaryingConstants : IDeviceConstants
{
    private readonly ref readonly float _shared;
    private readonly ref readonly nint _offsets;
    private readonly ref readonly float _planes;
    private nuint _cell;

    /// <summary>Constants of an array.</summary>
    /// <param name="shared">The model's own.</param>
    /// <param name="offsets">Memory that outlives this, of <see cref="DeviceConstants.Capacity"/> elements.</param>
    /// <param name="variation">What varies.</param>
    internal VaryingConstants(ref readonly DeviceConstants shared, Span<nint> offsets, in DeviceVariation variation)
    {
        _shared = ref Unsafe.As<DeviceConstants, float>(ref Unsafe.AsRef(in shared));
        _offsets = ref MemoryMarshal.GetReference(offsets);
        _planes = ref MemoryMarshal.GetReference(variation.Constants);
        nint offset = variation.FirstCell;
        for (int i = 0; i < DeviceConstants.Capacity; i++)
        {
            bool varies = (variation.Varying >> i & 1) != 0;
            offsets[i] = varies ? offset : -1;
            offset += varies ? variation.PlaneLength : 0;
        }
    }

    /// <summary>The constants of the bundle that begins at a cell of the run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly VaryingConstants At(nuint cell)
    {
        VaryingConstants bundle = this;
        bundle._cell = cell;
        return bundle;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TLanes Get<TLanes>(int index)
        where TLanes : struct, ILanes<TLanes>
    {
        nint offset = Unsafe.Add(ref Unsafe.AsRef(in _offsets), index);
        return offset < 0
            ? TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in _shared), index))
            : TLanes.Load(in _planes, (nuint)offset + _cell);
    }
}
