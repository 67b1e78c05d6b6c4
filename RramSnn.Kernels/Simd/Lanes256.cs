using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RramSnn.Kernels.Simd;

/// <summary>8 lanes in one 256-bit vector.</summary>
/// <remarks>The files of the three vector widths are kept equal, but for the width, by a test.</remarks>
public readonly struct Lanes256 : ILanes<Lanes256>
{
    private readonly Vector256<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes256(Vector256<float> value) => _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes256(Vector256<uint> bits) => _value = bits.AsSingle();

    private Vector256<uint> Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _value.AsUInt32();
    }

    /// <inheritdoc/>
    public static int Count => Vector256<float>.Count;

    /// <inheritdoc/>
    public static Lanes256 LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<uint>.Indices);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref readonly float source, nuint offset) => new(Vector256.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 lanes, ref float destination, nuint offset) => lanes._value.StoreUnsafe(ref destination, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 BroadcastInteger(uint value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MaskFromBits(uint bits)
    {
        Vector256<uint> bitOfLane = Vector256.Create(LaneBits.OfLane);
        return new(Vector256.Equals(Vector256.Create(bits) & bitOfLane, bitOfLane));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BitsFromMask(Lanes256 mask) => (uint)mask._value.ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a._value + b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a._value - b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new(a._value * b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => new(a._value / b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 FusedMultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) => new(Vector256.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Add(Lanes256 a, ref readonly float source, nuint offset) => new(a._value + Vector256.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Subtract(Lanes256 a, ref readonly float source, nuint offset) => new(a._value - Vector256.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 FusedMultiplyAdd(Lanes256 a, ref readonly float source, nuint offset, Lanes256 c) =>
        new(Vector256.FusedMultiplyAdd(a._value, Vector256.LoadUnsafe(in source, offset), c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 a, Lanes256 b) => new(Vector256.MinNative(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 a, Lanes256 b) => new(Vector256.MaxNative(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Abs(Lanes256 a) => new(Vector256.Abs(a._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SquareRoot(Lanes256 a) => new(Vector256.Sqrt(a._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Floor(Lanes256 a) => new(Vector256.Floor(a._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 GreaterThan(Lanes256 a, Lanes256 b) => new(Vector256.GreaterThan(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 GreaterThanOrEqual(Lanes256 a, Lanes256 b) => new(Vector256.GreaterThanOrEqual(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 NotEqual(Lanes256 a, Lanes256 b) => new(~Vector256.Equals(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 KeepWhereGreater(Lanes256 a, Lanes256 b, Lanes256 value, out uint bits)
    {
        // Written twice, compared once: a local of vector type would take the result out of its mask register.
        bits = (uint)Vector256.GreaterThan(a._value, b._value).ExtractMostSignificantBits();
        return new(LaneBits.KeepWhereGreater(a._value, b._value, value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Select(Lanes256 mask, Lanes256 ifTrue, Lanes256 ifFalse) => new(LaneBits.Blend(mask._value, ifTrue._value, ifFalse._value));

    /// <inheritdoc/>
    public static bool PacksAtOnce
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => LaneBits.PacksAtOnce<Vector256<float>>();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Pack(Lanes256 lanes, Lanes256 mask)
    {
        if (PacksAtOnce)
        {
            return new(LaneBits.Pack(lanes._value, mask._value));
        }

        Vector256<float> packed = Vector256<float>.Zero;
        int place = 0;
        for (uint bits = BitsFromMask(mask); bits != 0; bits &= bits - 1)
        {
            packed = packed.WithElement(place++, lanes._value.GetElement(BitOperations.TrailingZeroCount(bits)));
        }

        return new(packed);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator &(Lanes256 a, Lanes256 b) => new(a.Bits & b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator |(Lanes256 a, Lanes256 b) => new(a.Bits | b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator ^(Lanes256 a, Lanes256 b) => new(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AddInteger(Lanes256 a, Lanes256 b) => new(a.Bits + b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SubtractInteger(Lanes256 a, Lanes256 b) => new(a.Bits - b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyInteger(Lanes256 a, Lanes256 b) => new(a.Bits * b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftLeft(Lanes256 a, int count) => new(a.Bits << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftRight(Lanes256 a, int count) => new(a.Bits >>> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftRightSigned(Lanes256 a, int count) => new((a._value.AsInt32() >> count).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LessThanInteger(Lanes256 a, Lanes256 b) => new(Vector256.LessThan(a._value.AsInt32(), b._value.AsInt32()).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ConvertToSingle(Lanes256 a) => new(Vector256.ConvertToSingle(a._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Lookup8(ref readonly float table, Lanes256 index) => new(LaneBits.Lookup8(in table, index._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Lookup16(ref readonly float table, Lanes256 index) => new(LaneBits.Lookup16(in table, index._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(Lanes256 a, uint b, out Lanes256 high, out Lanes256 low)
    {
        // A 64-bit lane holds an even and an odd 32-bit lane: two widening products, then the halves are put back in place.
        Vector256<ulong> factor = Vector256.Create((ulong)b);
        Vector256<ulong> lowHalf = Vector256.Create(0xFFFF_FFFFul);
        Vector256<ulong> pairs = a._value.AsUInt64();
        Vector256<ulong> even = MultiplyLowHalves(pairs, factor);
        Vector256<ulong> odd = MultiplyLowHalves(pairs >>> 32, factor);
        high = new(((even >>> 32) | (odd & ~lowHalf)).AsUInt32());
        low = new(((even & lowHalf) | (odd << 32)).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyLowHalves(Vector256<ulong> a, Vector256<ulong> b)
    {
#pragma warning disable RS0030 // the portable form below costs three instructions where the processor has one
        return Avx2.IsSupported
            ? Avx2.Multiply(a.AsUInt32(), b.AsUInt32())
            : (a & Vector256.Create(0xFFFF_FFFFul)) * b;
#pragma warning restore RS0030
    }
}
