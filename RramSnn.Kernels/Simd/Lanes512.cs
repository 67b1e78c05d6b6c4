using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RramSnn.Kernels.Simd;

/// <summary>16 lanes in one 512-bit vector.</summary>
/// <remarks>The files of the three vector widths are kept equal, but for the width, by a test.</remarks>
public readonly struct Lanes512 : ILanes<Lanes512>
{
    private readonly Vector512<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes512(Vector512<float> value) => _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes512(Vector512<uint> bits) => _value = bits.AsSingle();

    private Vector512<uint> Bits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _value.AsUInt32();
    }

    /// <inheritdoc/>
    public static int Count => Vector512<float>.Count;

    /// <inheritdoc/>
    public static Lanes512 LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<uint>.Indices);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref readonly float source, nuint offset) => new(Vector512.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 lanes, ref float destination, nuint offset) => lanes._value.StoreUnsafe(ref destination, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 BroadcastInteger(uint value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MaskFromBits(uint bits)
    {
        Vector512<uint> bitOfLane = Vector512.Create(LaneBits.OfLane);
        return new(Vector512.Equals(Vector512.Create(bits) & bitOfLane, bitOfLane));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BitsFromMask(Lanes512 mask) => (uint)mask._value.ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a._value + b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a._value - b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a._value * b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a._value / b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 FusedMultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Add(Lanes512 a, ref readonly float source, nuint offset) => new(a._value + Vector512.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Subtract(Lanes512 a, ref readonly float source, nuint offset) => new(a._value - Vector512.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 FusedMultiplyAdd(Lanes512 a, ref readonly float source, nuint offset, Lanes512 c) =>
        new(Vector512.FusedMultiplyAdd(a._value, Vector512.LoadUnsafe(in source, offset), c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new(Vector512.MinNative(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.MaxNative(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Abs(Lanes512 a) => new(Vector512.Abs(a._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SquareRoot(Lanes512 a) => new(Vector512.Sqrt(a._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Floor(Lanes512 a) => new(Vector512.Floor(a._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 GreaterThan(Lanes512 a, Lanes512 b) => new(Vector512.GreaterThan(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 GreaterThanOrEqual(Lanes512 a, Lanes512 b) => new(Vector512.GreaterThanOrEqual(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 NotEqual(Lanes512 a, Lanes512 b) => new(~Vector512.Equals(a._value, b._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 KeepWhereGreater(Lanes512 a, Lanes512 b, Lanes512 value, out uint bits)
    {
        // Written twice, compared once: a local of vector type would take the result out of its mask register.
        bits = (uint)Vector512.GreaterThan(a._value, b._value).ExtractMostSignificantBits();
        return new(LaneBits.KeepWhereGreater(a._value, b._value, value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Select(Lanes512 mask, Lanes512 ifTrue, Lanes512 ifFalse) => new(LaneBits.Blend(mask._value, ifTrue._value, ifFalse._value));

    /// <inheritdoc/>
    public static bool PacksAtOnce
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => LaneBits.PacksAtOnce<Vector512<float>>();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Pack(Lanes512 lanes, Lanes512 mask)
    {
        if (PacksAtOnce)
        {
            return new(LaneBits.Pack(lanes._value, mask._value));
        }

        Vector512<float> packed = Vector512<float>.Zero;
        int place = 0;
        for (uint bits = BitsFromMask(mask); bits != 0; bits &= bits - 1)
        {
            packed = packed.WithElement(place++, lanes._value.GetElement(BitOperations.TrailingZeroCount(bits)));
        }

        return new(packed);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator &(Lanes512 a, Lanes512 b) => new(a.Bits & b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator |(Lanes512 a, Lanes512 b) => new(a.Bits | b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator ^(Lanes512 a, Lanes512 b) => new(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AddInteger(Lanes512 a, Lanes512 b) => new(a.Bits + b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SubtractInteger(Lanes512 a, Lanes512 b) => new(a.Bits - b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyInteger(Lanes512 a, Lanes512 b) => new(a.Bits * b.Bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ShiftLeft(Lanes512 a, int count) => new(a.Bits << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ShiftRight(Lanes512 a, int count) => new(a.Bits >>> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ShiftRightSigned(Lanes512 a, int count) => new((a._value.AsInt32() >> count).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LessThanInteger(Lanes512 a, Lanes512 b) => new(Vector512.LessThan(a._value.AsInt32(), b._value.AsInt32()).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ConvertToSingle(Lanes512 a) => new(Vector512.ConvertToSingle(a._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Lookup8(ref readonly float table, Lanes512 index) => new(LaneBits.Lookup8(in table, index._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Lookup16(ref readonly float table, Lanes512 index) => new(LaneBits.Lookup16(in table, index._value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(Lanes512 a, uint b, out Lanes512 high, out Lanes512 low)
    {
        // A 64-bit lane holds an even and an odd 32-bit lane: two widening products, then the halves are put back in place.
        Vector512<ulong> factor = Vector512.Create((ulong)b);
        Vector512<ulong> lowHalf = Vector512.Create(0xFFFF_FFFFul);
        Vector512<ulong> pairs = a._value.AsUInt64();
        Vector512<ulong> even = MultiplyLowHalves(pairs, factor);
        Vector512<ulong> odd = MultiplyLowHalves(pairs >>> 32, factor);
        high = new(((even >>> 32) | (odd & ~lowHalf)).AsUInt32());
        low = new(((even & lowHalf) | (odd << 32)).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyLowHalves(Vector512<ulong> a, Vector512<ulong> b)
    {
#pragma warning disable RS0030 // the portable form below costs three instructions where the processor has one
        return Avx512F.IsSupported
            ? Avx512F.Multiply(a.AsUInt32(), b.AsUInt32())
            : (a & Vector512.Create(0xFFFF_FFFFul)) * b;
#pragma warning restore RS0030
    }
}
