using System.Runtime.CompilerServices;
using RramSnn.Kernels.Memory;

namespace RramSnn.Kernels.Conductance;

internal ref partial struct UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct>
{
    /// <summary>
    /// Hints that a stage gives while it works on one row or four: of every four rows to come a stage asks for as many as its share of the time, so that
    /// memory works beside all of them.
    /// </summary>
    private readonly ref struct RowHints<TBand, THints, TStage>
        where TBand : struct
        where THints : struct
        where TStage : struct
    {
        private readonly ref float _row0;
        private readonly ref float _row1;
        private readonly ref float _row2;
        private readonly ref float _row3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal RowHints(ref float panel, RowList list, nuint k)
        {
            if (typeof(THints) == typeof(NoHints))
            {
                return;
            }

            if (typeof(TBand) == typeof(OneRow))
            {
                // A row that is another stage's to ask for stands for itself: it is close already.
                nuint row = Asks(k % BandRows) ? Math.Min(k + RowsAhead, list.Count - 1) : k;
                _row0 = ref Unsafe.Add(ref panel, list.Offset(row));
                return;
            }

            nuint last = list.Count - 1;
            _row0 = ref Unsafe.Add(ref panel, list.Offset(Math.Min(k + RowsAhead, last)));
            _row1 = ref Unsafe.Add(ref panel, list.Offset(Math.Min(k + 1 + RowsAhead, last)));
            _row2 = ref Unsafe.Add(ref panel, list.Offset(Math.Min(k + 2 + RowsAhead, last)));
            _row3 = ref Unsafe.Add(ref panel, list.Offset(Math.Min(k + 3 + RowsAhead, last)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Give(nuint c)
        {
            if (typeof(THints) == typeof(NoHints))
            {
                return;
            }

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

        // Four stages take a row each. With fewer of them the longer ones take more.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Asks(nuint row)
        {
            bool hashes = typeof(TCounts) == typeof(StochasticPulses) || typeof(TNoise) != typeof(NoNoise);
            bool draws = hashes || typeof(TCounts) != typeof(ContinuousPulses);
            if (typeof(TStage) == typeof(HashStage))
            {
                return row == 0;
            }

            if (typeof(TStage) == typeof(DrawStage))
            {
                return (row == 0 && !hashes) || row == 1 || (row == 2 && !TDevice.IsDamped);
            }

            if (typeof(TStage) == typeof(DampStage))
            {
                return draws ? row == 2 : row < 2;
            }

            return row == 3 || (!draws && (row == 2 || !TDevice.IsDamped));
        }
    }

    private readonly struct HashStage;

    private readonly struct DrawStage;

    private readonly struct DampStage;

    private readonly struct WriteStage;
}
