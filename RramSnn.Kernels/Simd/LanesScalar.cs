using System.Runtime.CompilerServices;

namespace RramSnn.Kernels.Simd;

/// <summary>One lane: the scalar rule that every vector width must reproduce bit for bit.</summary>
public readonly struct LanesScalar : ILanes<LanesScalar>
{
    private readonly float _value;

    private LanesScalar(float value) => _value = value;

    private LanesScalar(uint bits) => _value = BitConverter.UInt32BitsToSingle(bits);

    private uint Bits => BitConverter.SingleToUInt32Bits(_value);

    private int Signed => BitConverter.SingleToInt32Bits(_value);

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static LanesScalar LaneIndex => new(0u);

    /// <inheritdoc/>
    public static LanesScalar Load(ref readonly float source, nuint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    /// <inheritdoc/>
    public static void Store(LanesScalar lanes, ref float destination, nuint offset) => Unsafe.Add(ref destination, offset) = lanes._value;

    /// <inheritdoc/>
    public static LanesScalar Broadcast(float value) => new(value);

    /// <inheritdoc/>
    public static LanesScalar BroadcastInteger(uint value) => new(value);

    /// <inheritdoc/>
    public static LanesScalar MaskFromBits(uint bits) => Mask((bits & 1) != 0);

    /// <inheritdoc/>
    public static uint BitsFromMask(LanesScalar mask) => mask.Bits >> 31;

    /// <inheritdoc/>
    public static LanesScalar operator +(LanesScalar a, LanesScalar b) => new(a._value + b._value);

    /// <inheritdoc/>
    public static LanesScalar operator -(LanesScalar a, LanesScalar b) => new(a._value - b._value);

    /// <inheritdoc/>
    public static LanesScalar operator *(LanesScalar a, LanesScalar b) => new(a._value * b._value);

    /// <inheritdoc/>
    public static LanesScalar operator /(LanesScalar a, LanesScalar b) => new(a._value / b._value);

    /// <inheritdoc/>
    public static LanesScalar FusedMultiplyAdd(LanesScalar a, LanesScalar b, LanesScalar c) => new(MathF.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    public static LanesScalar Add(LanesScalar a, ref readonly float source, nuint offset) => a + Load(in source, offset);

    /// <inheritdoc/>
    public static LanesScalar Subtract(LanesScalar a, ref readonly float source, nuint offset) => a - Load(in source, offset);

    /// <inheritdoc/>
    public static LanesScalar FusedMultiplyAdd(LanesScalar a, ref readonly float source, nuint offset, LanesScalar c) =>
        FusedMultiplyAdd(a, Load(in source, offset), c);

    /// <inheritdoc/>
    public static LanesScalar Min(LanesScalar a, LanesScalar b) => a._value < b._value ? a : b;

    /// <inheritdoc/>
    public static LanesScalar Max(LanesScalar a, LanesScalar b) => a._value > b._value ? a : b;

    /// <inheritdoc/>
    public static LanesScalar Abs(LanesScalar a) => new(a.Bits & 0x7FFF_FFFFu);

    /// <inheritdoc/>
    public static LanesScalar SquareRoot(LanesScalar a) => new(MathF.Sqrt(a._value));

    /// <inheritdoc/>
    public static LanesScalar Floor(LanesScalar a) => new(MathF.Floor(a._value));

    /// <inheritdoc/>
    public static LanesScalar GreaterThan(LanesScalar a, LanesScalar b) => Mask(a._value > b._value);

    /// <inheritdoc/>
    public static LanesScalar GreaterThanOrEqual(LanesScalar a, LanesScalar b) => Mask(a._value >= b._value);

    /// <inheritdoc/>
    public static LanesScalar NotEqual(LanesScalar a, LanesScalar b) => Mask(a._value != b._value);

    /// <inheritdoc/>
    public static LanesScalar KeepWhereGreater(LanesScalar a, LanesScalar b, LanesScalar value, out uint bits)
    {
        bits = a._value > b._value ? 1u : 0u;
        return bits != 0 ? value : default;
    }

    /// <inheritdoc/>
    public static LanesScalar Select(LanesScalar mask, LanesScalar ifTrue, LanesScalar ifFalse) => new((mask.Bits & ifTrue.Bits) | (~mask.Bits & ifFalse.Bits));

    /// <inheritdoc/>
    public static bool PacksAtOnce => false;

    /// <inheritdoc/>
    public static LanesScalar Pack(LanesScalar lanes, LanesScalar mask) => lanes & mask;

    /// <inheritdoc/>
    public static LanesScalar operator &(LanesScalar a, LanesScalar b) => new(a.Bits & b.Bits);

    /// <inheritdoc/>
    public static LanesScalar operator |(LanesScalar a, LanesScalar b) => new(a.Bits | b.Bits);

    /// <inheritdoc/>
    public static LanesScalar operator ^(LanesScalar a, LanesScalar b) => new(a.Bits ^ b.Bits);

    /// <inheritdoc/>
    public static LanesScalar AddInteger(LanesScalar a, LanesScalar b) => new(unchecked(a.Bits + b.Bits));

    /// <inheritdoc/>
    public static LanesScalar SubtractInteger(LanesScalar a, LanesScalar b) => new(unchecked(a.Bits - b.Bits));

    /// <inheritdoc/>
    public static LanesScalar MultiplyInteger(LanesScalar a, LanesScalar b) => new(unchecked(a.Bits * b.Bits));

    /// <inheritdoc/>
    public static LanesScalar ShiftLeft(LanesScalar a, int count) => new(a.Bits << count);

    /// <inheritdoc/>
    public static LanesScalar ShiftRight(LanesScalar a, int count) => new(a.Bits >> count);

    /// <inheritdoc/>
    public static LanesScalar ShiftRightSigned(LanesScalar a, int count) => new((uint)(a.Signed >> count));

    /// <inheritdoc/>
    public static LanesScalar LessThanInteger(LanesScalar a, LanesScalar b) => Mask(a.Signed < b.Signed);

    /// <inheritdoc/>
    public static LanesScalar ConvertToSingle(LanesScalar a) => new((float)a.Signed);

    /// <inheritdoc/>
    public static LanesScalar Lookup8(ref readonly float table, LanesScalar index) => Load(in table, index.Bits & 7);

    /// <inheritdoc/>
    public static LanesScalar Lookup16(ref readonly float table, LanesScalar index) => Load(in table, index.Bits & 15);

    /// <inheritdoc/>
    public static void MultiplyWide(LanesScalar a, uint b, out LanesScalar high, out LanesScalar low)
    {
        ulong product = (ulong)a.Bits * b;
        high = new((uint)(product >> 32));
        low = new((uint)product);
    }

    private static LanesScalar Mask(bool value) => new(value ? uint.MaxValue : 0u);
}
