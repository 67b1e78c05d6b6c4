using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Random;

/// <summary>
/// Random words for the cells of a crossbar: a pure function of (stream, row, column) that costs ten lane operations, a
/// sixth of a Philox block's share.
/// </summary>
/// <remarks>
/// Two rounds of multiply and xor-shift (the 32-bit finaliser with multipliers 21F0AAAD and D35A2D97, found by exhaustive search for
/// low bias) over start + column, with a second key mixed in between the rounds. Start and key are 64 bits per row, derived from
/// Philox words of the stream. Good enough for rounding and device noise, whose tests are in docs/numerics.md; whole-run
/// randomness (spikes, start weights) stays with <see cref="Philox4x32"/>.
/// </remarks>
internal readonly struct CellHash
{
    internal const uint Multiplier0 = 0x21F0_AAADu;
    internal const uint Multiplier1 = 0xD35A_2D97u;

    private readonly uint _start;
    private readonly uint _key;

    private CellHash(uint start, uint key)
    {
        _start = start;
        _key = key;
    }

    /// <summary>The hashes of a stream: one for pulse rounding, an independent one for cycle noise.</summary>
    internal static void Of(RandomStream stream, out CellHash rounding, out CellHash noise)
    {
        Philox4x32.Draw(stream, 0, out LanesScalar w0, out LanesScalar w1, out LanesScalar w2, out LanesScalar w3);
        rounding = new CellHash(ToInteger(w0), ToInteger(w1));
        noise = new CellHash(ToInteger(w2), ToInteger(w3));
    }

    /// <summary>The hash of one row: the scramble is a bijection, so no two rows of a stream share their keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal RowHash<TLanes> Row<TLanes>(uint row)
        where TLanes : struct, ILanes<TLanes>
    {
        uint start = Scramble(unchecked(_start + row));
        return new RowHash<TLanes>(TLanes.BroadcastInteger(start), TLanes.BroadcastInteger(Scramble(start ^ _key)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Scramble(uint x)
    {
        x ^= x >> 16;
        x = unchecked(x * Multiplier0);
        x ^= x >> 15;
        x = unchecked(x * Multiplier1);
        return x ^ (x >> 15);
    }

    private static uint ToInteger(LanesScalar word)
    {
        float bits = 0f;
        LanesScalar.Store(word, ref bits, 0);
        return BitConverter.SingleToUInt32Bits(bits);
    }
}

/// <summary>A <see cref="CellHash"/> of one row, in registers.</summary>
internal readonly struct RowHash<TLanes>(TLanes start, TLanes key)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly TLanes _start = start;
    private readonly TLanes _key = key;

    /// <summary>The random words of the given columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Words(TLanes column)
    {
        TLanes x = TLanes.AddInteger(column, _start);
        x ^= TLanes.ShiftRight(x, 16);
        x = TLanes.MultiplyInteger(x, TLanes.BroadcastInteger(CellHash.Multiplier0));
        x = x ^ TLanes.ShiftRight(x, 15) ^ _key;
        x = TLanes.MultiplyInteger(x, TLanes.BroadcastInteger(CellHash.Multiplier1));
        return x ^ TLanes.ShiftRight(x, 15);
    }
}
