using System.Runtime.CompilerServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Random;

/// <summary>
/// Philox4x32-10, a counter-based generator: 4 × 32 random bits from a 128-bit counter and a 64-bit key, without state.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011. It passes TestU01's BigCrush; the
/// tests hold this implementation against the published known-answer vectors.
/// </remarks>
public static class Philox4x32
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD251_1F53u;
    private const uint Multiplier1 = 0xCD9E_8D57u;
    private const uint Weyl0 = 0x9E37_79B9u;
    private const uint Weyl1 = 0xBB67_AE85u;

    /// <summary>Replaces the counter words by random words, one block per lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block<TLanes>(ref TLanes c0, ref TLanes c1, ref TLanes c2, ref TLanes c3, uint key0, uint key1)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int round = 0; round < Rounds; round++)
        {
            Round(ref c0, ref c1, ref c2, ref c3, TLanes.BroadcastInteger(key0), TLanes.BroadcastInteger(key1));
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }
    }

    /// <summary>
    /// <see cref="Block"/> of two independent sets of counters. A block is one chain of dependent operations, which leaves most of
    /// a processor idle; two chains side by side take little longer than one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TwoBlocks<TLanes>(
        ref TLanes a0, ref TLanes a1, ref TLanes a2, ref TLanes a3, ref TLanes b0, ref TLanes b1, ref TLanes b2, ref TLanes b3, uint key0, uint key1)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int round = 0; round < Rounds; round++)
        {
            TLanes roundKey0 = TLanes.BroadcastInteger(key0);
            TLanes roundKey1 = TLanes.BroadcastInteger(key1);
            Round(ref a0, ref a1, ref a2, ref a3, roundKey0, roundKey1);
            Round(ref b0, ref b1, ref b2, ref b3, roundKey0, roundKey1);
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round<TLanes>(ref TLanes c0, ref TLanes c1, ref TLanes c2, ref TLanes c3, TLanes key0, TLanes key1)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes.MultiplyWide(c0, Multiplier0, out TLanes high0, out TLanes low0);
        TLanes.MultiplyWide(c2, Multiplier1, out TLanes high1, out TLanes low1);

        // The key goes to the word that is there already, not to the product that everyone waits for.
        c0 = high1 ^ (c1 ^ key0);
        c1 = low1;
        c2 = high0 ^ (c3 ^ key1);
        c3 = low0;
    }

    /// <summary>The random words of the counters (firstElement + lane, row, step, purpose) of a stream.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Draw<TLanes>(RandomStream stream, uint firstElement, out TLanes w0, out TLanes w1, out TLanes w2, out TLanes w3)
        where TLanes : struct, ILanes<TLanes>
    {
        w0 = TLanes.AddInteger(TLanes.BroadcastInteger(firstElement), TLanes.LaneIndex);
        w1 = TLanes.BroadcastInteger(stream.Row);
        w2 = TLanes.BroadcastInteger(stream.StepLow);
        w3 = TLanes.BroadcastInteger(stream.PurposeAndStepHigh);
        Block(ref w0, ref w1, ref w2, ref w3, stream.KeyLow, stream.KeyHigh);
    }

    /// <summary>Random bits to a float uniform on {0, 1, ..., 2²⁴ - 1}/2²⁴.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes ToUnitInterval<TLanes>(TLanes bits)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.ConvertToSingle(TLanes.ShiftRight(bits, 8)) * TLanes.Broadcast(1f / (1 << 24));
}
