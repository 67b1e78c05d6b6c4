namespace RramSnn.Kernels.Simd;

/// <summary>
/// A bundle of 32-bit lanes: <see cref="Count"/> floats, or the integers with the same bits. Kernels and device models are
/// written once against this interface and specialised by the JIT for 16, 8, 4 and 1 lanes.
/// </summary>
/// <typeparam name="TSelf">The implementing type: <see cref="Lanes512"/>, <see cref="Lanes256"/>, <see cref="Lanes128"/> or <see cref="LanesScalar"/>.</typeparam>
/// <remarks>
/// Every operation but <see cref="Pack"/> acts on each lane alone, and all round as IEEE 754 binary32 asks, so a lane holds the same bits on every
/// width. There is deliberately no sum over lanes and no estimate instruction: both would depend on the machine.
/// Masks are lanes with all bits set (true) or clear (false).
/// </remarks>
public interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of 32-bit lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Integer lanes 0, 1, 2, ...</summary>
    static abstract TSelf LaneIndex { get; }

    /// <summary>Reads <see cref="Count"/> elements that start <paramref name="offset"/> elements after <paramref name="source"/>.</summary>
    static abstract TSelf Load(ref readonly float source, nuint offset);

    /// <summary>Writes <see cref="Count"/> elements that start <paramref name="offset"/> elements after <paramref name="destination"/>.</summary>
    static abstract void Store(TSelf lanes, ref float destination, nuint offset);

    /// <summary>The same float in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>The same integer in every lane.</summary>
    static abstract TSelf BroadcastInteger(uint value);

    /// <summary>Lane k becomes an all-bits mask if bit k of <paramref name="bits"/> is set, else zero.</summary>
    static abstract TSelf MaskFromBits(uint bits);

    /// <summary>Bit k of the result is the highest bit of lane k: the inverse of <see cref="MaskFromBits"/>.</summary>
    static abstract uint BitsFromMask(TSelf mask);

    /// <summary>a + b, rounded once.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a - b, rounded once.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a · b, rounded once.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a / b, rounded once. Slow beside the other operations.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    // The three that follow are written out since the JIT does not carry a load that went through a method of its own into the operation that uses it.
    // One instruction instead of two or three leaves room in the processor's queues for more loads, which is what products from memory live on.

    /// <summary>a + b with b the lanes that <see cref="Load"/> would read: one instruction that loads and adds.</summary>
    static abstract TSelf Add(TSelf a, ref readonly float source, nuint offset);

    /// <summary>a - b with b the lanes that <see cref="Load"/> would read.</summary>
    static abstract TSelf Subtract(TSelf a, ref readonly float source, nuint offset);

    /// <summary>a · b + c, rounded once, with b the lanes that <see cref="Load"/> would read.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, ref readonly float source, nuint offset, TSelf c);

    /// <summary>a if a &lt; b, else b (so b if either is NaN), on x86-64, for which alone equal bits are promised.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>a if a &gt; b, else b (so b if either is NaN), on x86-64 as <see cref="Min"/>.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>|a|: the sign bit cleared.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary>√a, rounded once. Slow beside the other operations.</summary>
    static abstract TSelf SquareRoot(TSelf a);

    /// <summary>The largest whole number not above a.</summary>
    static abstract TSelf Floor(TSelf a);

    /// <summary>Mask a &gt; b; false for NaN.</summary>
    static abstract TSelf GreaterThan(TSelf a, TSelf b);

    /// <summary>Mask a ≥ b; false for NaN.</summary>
    static abstract TSelf GreaterThanOrEqual(TSelf a, TSelf b);

    /// <summary>Mask a ≠ b; true for NaN.</summary>
    static abstract TSelf NotEqual(TSelf a, TSelf b);

    /// <summary>
    /// <paramref name="value"/> where a &gt; b, +0 elsewhere and for NaN. Bit k of <paramref name="bits"/> is set where lane k has
    /// a &gt; b. One comparison serves both without becoming lanes on the way.
    /// </summary>
    static abstract TSelf KeepWhereGreater(TSelf a, TSelf b, TSelf value, out uint bits);

    /// <summary>Lanes of <paramref name="ifTrue"/> where the mask is true, of <paramref name="ifFalse"/> where it is false. A lane of the mask with some bits set is neither.</summary>
    static abstract TSelf Select(TSelf mask, TSelf ifTrue, TSelf ifFalse);

    /// <summary>Whether <see cref="Pack"/> is an instruction, or a few; if not, a loop over the set bits of the mask serves better.</summary>
    static abstract bool PacksAtOnce { get; }

    /// <summary>Lanes whose mask is set, moved together to the lowest places in their order; what lies behind them has no meaning.</summary>
    static abstract TSelf Pack(TSelf lanes, TSelf mask);

    /// <summary>Bitwise and.</summary>
    static abstract TSelf operator &(TSelf a, TSelf b);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf operator |(TSelf a, TSelf b);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract TSelf operator ^(TSelf a, TSelf b);

    /// <summary>Integer sum modulo 2³².</summary>
    static abstract TSelf AddInteger(TSelf a, TSelf b);

    /// <summary>Integer difference modulo 2³².</summary>
    static abstract TSelf SubtractInteger(TSelf a, TSelf b);

    /// <summary>Integer product modulo 2³².</summary>
    static abstract TSelf MultiplyInteger(TSelf a, TSelf b);

    /// <summary>Integer shift left.</summary>
    static abstract TSelf ShiftLeft(TSelf a, int count);

    /// <summary>Unsigned integer shift right.</summary>
    static abstract TSelf ShiftRight(TSelf a, int count);

    /// <summary>Integer shift right that copies the sign.</summary>
    static abstract TSelf ShiftRightSigned(TSelf a, int count);

    /// <summary>Mask a &lt; b as signed integers.</summary>
    static abstract TSelf LessThanInteger(TSelf a, TSelf b);

    /// <summary>Signed integer to the nearest float.</summary>
    static abstract TSelf ConvertToSingle(TSelf a);

    /// <summary>Element (index modulo 8) of a table of 8 floats.</summary>
    static abstract TSelf Lookup8(ref readonly float table, TSelf index);

    /// <summary>Element (index modulo 16) of a table of 16 floats.</summary>
    static abstract TSelf Lookup16(ref readonly float table, TSelf index);

    /// <summary>The two halves of the unsigned 64-bit product a · b of each lane.</summary>
    static abstract void MultiplyWide(TSelf a, uint b, out TSelf high, out TSelf low);
}
