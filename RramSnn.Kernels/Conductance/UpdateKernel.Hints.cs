using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Kernels.Conductance;

internal ref partial struct UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct>
{
    /// <summary>
    /// Hints that a stage gives while it works on one row or four: of every four rows to come a stage asks for as many as its share of the time, so that
    /// memory works beside all of them. Also where the states stay close to the core: a form without hints would be code for every device and noise once more.
    /// </summary>
    private readonly ref struct RowHints<TBand, TStage>
        where TBand : struct
        where TStage : struct, IUpdateStage
    {
        private readonly ref float _row0;
        private readonly ref float _row1;
        private readonly ref float _row2;
        private readonly ref float _row3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal RowHints(ref float panel, RowList list, nuint k)
        {
            nuint last = list.Count - 1;
            if (typeof(TBand) == typeof(OneRow))
            {
                // A row to come that is another stage's to ask for is replaced by the one that is worked on: a branch in the loop would cost more.
                _row0 = ref Unsafe.Add(ref panel, list.Offset(Asks(k % BandRows) ? Math.Min(k + RowList.RowsAhead, last) : k));
                return;
            }

            _row0 = ref Asks(0) ? ref Unsafe.Add(ref panel, list.Offset(Math.Min(k + RowList.RowsAhead, last))) : ref panel;
            _row1 = ref Asks(1) ? ref Unsafe.Add(ref panel, list.Offset(Math.Min(k + 1 + RowList.RowsAhead, last))) : ref panel;
            _row2 = ref Asks(2) ? ref Unsafe.Add(ref panel, list.Offset(Math.Min(k + 2 + RowList.RowsAhead, last))) : ref panel;
            _row3 = ref Asks(3) ? ref Unsafe.Add(ref panel, list.Offset(Math.Min(k + 3 + RowList.RowsAhead, last))) : ref panel;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Give(nuint c)
        {
            if (typeof(TBand) == typeof(OneRow) || Asks(0))
            {
                Prefetch.Line(ref _row0, c);
            }

            if (typeof(TBand) != typeof(OneRow) && Asks(1))
            {
                Prefetch.Line(ref _row1, c);
            }

            if (typeof(TBand) != typeof(OneRow) && Asks(2))
            {
                Prefetch.Line(ref _row2, c);
            }

            if (typeof(TBand) != typeof(OneRow) && Asks(3))
            {
                Prefetch.Line(ref _row3, c);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Asks(nuint row) => UpdateStages.Asks(
            TStage.Stage,
            row,
            hashes: typeof(TCounts) == typeof(StochasticPulses) || typeof(TNoise) != typeof(NoNoise),
            draws: typeof(TCounts) != typeof(ContinuousPulses) || typeof(TNoise) != typeof(NoNoise),
            damps: TDevice.IsDamped);
    }
}

/// <summary>The stages of an update, in their order.</summary>
internal enum UpdateStage
{
    Hash,
    Draw,
    Damp,
    Write,
}

/// <summary>Which stage asks for which rows to come.</summary>
internal static class UpdateStages
{
    /// <summary>Whether a stage asks for a row of every four, so that each row is asked for once: four stages take a row each, with fewer of them the longer ones take more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Asks(UpdateStage stage, nuint row, bool hashes, bool draws, bool damps) => stage switch
    {
        UpdateStage.Hash => row == 0,
        UpdateStage.Draw => row == 1 || (row == 0 && !hashes) || (row == 2 && !damps),
        UpdateStage.Damp => draws ? row == 2 : row < 2,
        _ => row == 3 || (!draws && (row == 2 || !damps)),
    };
}

/// <summary>A stage as a type argument.</summary>
internal interface IUpdateStage
{
    static abstract UpdateStage Stage { get; }
}

internal readonly struct HashStage : IUpdateStage
{
    public static UpdateStage Stage => UpdateStage.Hash;
}

internal readonly struct DrawStage : IUpdateStage
{
    public static UpdateStage Stage => UpdateStage.Draw;
}

internal readonly struct DampStage : IUpdateStage
{
    public static UpdateStage Stage => UpdateStage.Damp;
}

internal readonly struct WriteStage : IUpdateStage
{
    public static UpdateStage Stage => UpdateStage.Write;
}
