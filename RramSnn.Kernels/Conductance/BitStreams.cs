using System.Runtime.CompilerServices;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// Random bit streams of the word lines and bit lines of an array: bit b of a line is set with probability min(1, x/√L), x the line's
/// factor and L the length of the streams, so that the streams of two lines coincide x · y times in the mean while neither saturates.
/// </summary>
/// <remarks>Bit b of word line i is a function of (stream, i, b) alone, bit b of bit line j one of (stream, j, b).</remarks>
/// <param name="hash">Where the random bits come from.</param>
/// <param name="length">L, 1 to <see cref="LargestLength"/>.</param>
internal readonly struct BitStreams(CellHash hash, int length)
{
    /// <summary>Streams fit a lane, and their highest bit stays free.</summary>
    internal const int LargestLength = 31;

    // Word lines are rows of the hash from 0 on; bit lines take one row per bit from here on.
    private const uint FirstBitRow = 0x8000_0000u;

    private readonly CellHash _hash = hash;
    private readonly int _length = length;
    private readonly float _scale = 1f / MathF.Sqrt(length);

    /// <summary>L.</summary>
    internal int Length => _length;

    /// <summary>The stream of a word line, in every lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal TLanes OfRow<TLanes>(uint row, float factor)
        where TLanes : struct, ILanes<TLanes>
    {
        RowHash<TLanes> hash = _hash.Row<TLanes>(row);
        TLanes probability = TLanes.Broadcast(factor * _scale);
        uint stream = 0;
        for (int bit = 0; bit < _length; bit += TLanes.Count)
        {
            TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger((uint)bit), TLanes.LaneIndex);
            stream |= TLanes.BitsFromMask(IsSet(probability, hash.Words(index))) << bit;
        }

        return TLanes.BroadcastInteger(stream & ((1u << _length) - 1));
    }

    /// <summary>The streams of a bundle of bit lines.</summary>
    /// <param name="column">Indices of the bit lines within the whole matrix.</param>
    /// <param name="factor">Their factors.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal TLanes OfColumns<TLanes>(TLanes column, TLanes factor)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes probability = factor * TLanes.Broadcast(_scale);
        TLanes streams = TLanes.BroadcastInteger(0);
        for (int bit = 0; bit < _length; bit++)
        {
            TLanes isSet = IsSet(probability, _hash.Row<TLanes>(FirstBitRow + (uint)bit).Words(column));
            streams |= isSet & TLanes.BroadcastInteger(1u << bit);
        }

        return streams;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes IsSet<TLanes>(TLanes probability, TLanes bits)
        where TLanes : struct, ILanes<TLanes> => TLanes.GreaterThan(probability, Philox4x32.ToUnitInterval(bits));
}

/// <summary>Whole pulses by coincidence: a device gets a pulse at every bit that its word line's and its bit line's stream both have set.</summary>
/// <remarks>The factor is the word line's stream, the random bits are the bit line's (<see cref="BitStreams"/>).</remarks>
internal readonly struct CoincidentPulses : IPulseCounts
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Count<TLanes>(TLanes factor, TLanes magnitude, TLanes bits)
        where TLanes : struct, ILanes<TLanes>
    {
        // Sums of neighbouring 1, 2 and 4 bits, then of the four bytes.
        TLanes x = factor & bits;
        x = TLanes.SubtractInteger(x, TLanes.ShiftRight(x, 1) & TLanes.BroadcastInteger(0x5555_5555u));
        TLanes pairs = TLanes.BroadcastInteger(0x3333_3333u);
        x = TLanes.AddInteger(x & pairs, TLanes.ShiftRight(x, 2) & pairs);
        x = TLanes.AddInteger(x, TLanes.ShiftRight(x, 4)) & TLanes.BroadcastInteger(0x0F0F_0F0Fu);
        return TLanes.ConvertToSingle(TLanes.ShiftRight(TLanes.MultiplyInteger(x, TLanes.BroadcastInteger(0x0101_0101u)), 24));
    }
}
