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
            TLanes.MultiplyWide(c0, Multiplier0, out TLanes high0, out TLanes low0);
            TLanes.MultiplyWide(c2, Multiplier1, out TLanes high1, out TLanes low1);
            c0 = high1 ^ c1 ^ TLanes.BroadcastInteger(key0);
            c1 = low1;
            c2 = high0 ^ c3 ^ TLanes.BroadcastInteger(key1);
            c3 = low0;
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }
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
