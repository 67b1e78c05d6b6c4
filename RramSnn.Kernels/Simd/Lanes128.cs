using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RramSnn.Kernels.Simd;

/// <summary>4 lanes in one 128-bit vector.</summary>
/// <remarks>The files of the three vector widths are kept equal, but for the width, by a test.</remarks>
public readonly struct Lanes128 : ILanes<Lanes128>
{
    private readonly Vector128<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes128(Vector128<float> value) => _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes128(Vector128<uint> bits) => _value = bits.AsSingle();

    private Vector128<uint> Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _value.AsUInt32();
    }

    /// <inheritdoc/>
    public static int Count => Vector128<float>.Count;

    /// <inheritdoc/>
    public static Lanes128 LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<uint>.Indices);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref readonly float source, nuint offset) => new(Vector128.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 lanes, ref float destination, nuint offset) => lanes._value.StoreUnsafe(ref destination, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 BroadcastInteger(uint value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MaskFromBits(uint bits)
    {
        Vector128<uint> bitOfLane = Vector128.Create(LaneBits.OfLane);
        return new(Vector128.Equals(Vector128.Create(bits) & bitOfLane, bitOfLane));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BitsFromMask(Lanes128 mask) => (uint)mask._value.ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => new(a._value + b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => new(a._value - b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 a, Lanes128 b) => new(a._value * b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 a, Lanes128 b) => new(a._value / b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 FusedMultiplyAdd(Lanes128 a, Lanes128 b, Lanes128 c) => new(Vector128.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Add(Lanes128 a, ref readonly float source, nuint offset) => new(a._value + Vector128.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Subtract(Lanes128 a, ref readonly float source, nuint offset) => new(a._value - Vector128.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 FusedMultiplyAdd(Lanes128 a, ref readonly float source, nuint offset, Lanes128 c) =>
        new(Vector128.FusedMultiplyAdd(a._value, Vector128.LoadUnsafe(in source, offset), c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 a, Lanes128 b) => new(Vector128.MinNative(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 a, Lanes128 b) => new(Vector128.MaxNative(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Abs(Lanes128 a) => new(Vector128.Abs(a._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SquareRoot(Lanes128 a) => new(Vector128.Sqrt(a._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Floor(Lanes128 a) => new(Vector128.Floor(a._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 GreaterThan(Lanes128 a, Lanes128 b) => new(Vector128.GreaterThan(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 GreaterThanOrEqual(Lanes128 a, Lanes128 b) => new(Vector128.GreaterThanOrEqual(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 NotEqual(Lanes128 a, Lanes128 b) => new(~Vector128.Equals(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 KeepWhereGreater(Lanes128 a, Lanes128 b, Lanes128 value, out uint bits)
    {
        // Written twice, compared once: a local of vector type would take the result out of its mask register.
        bits = (uint)Vector128.GreaterThan(a._value, b._value).ExtractMostSignificantBits();
        return new(LaneBits.KeepWhereGreater(a._value, b._value, value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Select(Lanes128 mask, Lanes128 ifTrue, Lanes128 ifFalse) => new(LaneBits.Blend(mask._value, ifTrue._value, ifFalse._value));

    /// <inheritdoc/>
    public static bool PacksAtOnce
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => LaneBits.PacksAtOnce<Vector128<float>>();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Pack(Lanes128 lanes, Lanes128 mask)
    {
        if (PacksAtOnce)
        {
            return new(LaneBits.Pack(lanes._value, mask._value));
        }

        Vector128<float> packed = Vector128<float>.Zero;
        int place = 0;
        for (uint bits = BitsFromMask(mask); bits != 0; bits &= bits - 1)
        {
            packed = packed.WithElement(place++, lanes._value.GetElement(BitOperations.TrailingZeroCount(bits)));
        }

        return new(packed);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator &(Lanes128 a, Lanes128 b) => new(a.Bits & b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator |(Lanes128 a, Lanes128 b) => new(a.Bits | b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator ^(Lanes128 a, Lanes128 b) => new(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AddInteger(Lanes128 a, Lanes128 b) => new(a.Bits + b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SubtractInteger(Lanes128 a, Lanes128 b) => new(a.Bits - b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyInteger(Lanes128 a, Lanes128 b) => new(a.Bits * b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ShiftLeft(Lanes128 a, int count) => new(a.Bits << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ShiftRight(Lanes128 a, int count) => new(a.Bits >>> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ShiftRightSigned(Lanes128 a, int count) => new((a._value.AsInt32() >> count).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LessThanInteger(Lanes128 a, Lanes128 b) => new(Vector128.LessThan(a._value.AsInt32(), b._value.AsInt32()).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ConvertToSingle(Lanes128 a) => new(Vector128.ConvertToSingle(a._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Lookup8(ref readonly float table, Lanes128 index) => new(LaneBits.Lookup8(in table, index._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Lookup16(ref readonly float table, Lanes128 index) => new(LaneBits.Lookup16(in table, index._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(Lanes128 a, uint b, out Lanes128 high, out Lanes128 low)
    {
        // A 64-bit lane holds an even and an odd 32-bit lane: two widening products, then the halves are put back in place.
        Vector128<ulong> factor = Vector128.Create((ulong)b);
        Vector128<ulong> lowHalf = Vector128.Create(0xFFFF_FFFFul);
        Vector128<ulong> pairs = a._value.AsUInt64();
        Vector128<ulong> even = MultiplyLowHalves(pairs, factor);
        Vector128<ulong> odd = MultiplyLowHalves(pairs >>> 32, factor);
        high = new(((even >>> 32) | (odd & ~lowHalf)).AsUInt32());
        low = new(((even & lowHalf) | (odd << 32)).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyLowHalves(Vector128<ulong> a, Vector128<ulong> b)
    {
#pragma warning disable RS0030 // the portable form below costs three instructions where the processor has one
        return Sse2.IsSupported
            ? Sse2.Multiply(a.AsUInt32(), b.AsUInt32())
            : (a & Vector128.Create(0xFFFF_FFFFul)) * b;
#pragma warning restore RS0030
    }
}
