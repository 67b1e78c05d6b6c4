using System.Runtime.CompilerServices;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

internal ref partial struct UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct>
{
    /// <summary>One row of a band: where it lies and what drives it.</summary>
    private readonly struct Visit<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly nuint _cells;
        private readonly TLanes _trace;
        private readonly TLanes _input;
        private readonly RowHash<TLanes> _rounding;
        private readonly RowHash<TLanes> _noise;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Visit(in UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> kernel, in RowList list, nuint k, nuint start)
        {
            uint row = list.Row(k);
            _cells = start + ((nuint)row * Width);
            _trace = typeof(TCounts) == typeof(CoincidentPulses) ? kernel.Streams.OfRow<TLanes>(row, list.Trace(k)) : TLanes.Broadcast(list.Trace(k));
            if (typeof(TProduct) != typeof(NoProduct))
            {
                _input = TLanes.Broadcast(list.Input(k));
            }

            if (typeof(TCounts) != typeof(ContinuousPulses) && typeof(TCounts) != typeof(CoincidentPulses))
            {
                _rounding = kernel.Rounding.Row<TLanes>(row);
            }

            if (typeof(TNoise) != typeof(NoNoise))
            {
                _noise = kernel.Noise.Row<TLanes>(row);
            }
        }

        /// <summary>What chance decides for the devices of some columns.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Draw<TLanes> Draw(TLanes index, TLanes magnitude)
        {
            // A bit line's stream takes the place of its magnitude.
            TLanes bits = typeof(TCounts) == typeof(StochasticPulses) ? _rounding.Words(index) : magnitude;
            return new()
            {
                Count = typeof(TCounts) == typeof(ContinuousPulses) ? _trace : TCounts.Count(_trace, magnitude, bits),
                NoiseBits = typeof(TNoise) == typeof(NoNoise) ? default : _noise.Words(index),
            };
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Write<TSteps>(
            CellUpdate<TDevice, TRule, TCounts, TNoise> cells,
            TProduct product,
            ref float states,
            nuint c,
            Draw<TLanes> draw,
            DriveConstants<TLanes> drive,
            LawConstants<TLanes> constants,
            TLanes magnitude,
            ref Tally<TLanes> tally)
            where TSteps : struct, IStepSize
        {
            TLanes state = TLanes.Load(in states, _cells + c);
            TLanes next = cells.ByColumn<TLanes, TSteps>(
                state, typeof(TCounts) == typeof(ContinuousPulses) ? _trace : draw.Count, drive, constants, magnitude, draw.NoiseBits);
            TLanes.Store(next, ref states, _cells + c);
            if (typeof(TCounts) != typeof(ContinuousPulses))
            {
                tally.Count(draw.Count);
            }

            if (typeof(TProduct) != typeof(NoProduct))
            {
                tally.Sum = TLanes.FusedMultiplyAdd(_input, product.Weight(next, _cells + c), tally.Sum);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void ReadAndWrite(
            CellUpdate<TDevice, TRule, TCounts, TNoise> cells, TProduct product, ref float states, nuint c, TLanes index, TLanes wish, SharedConstants device, LawConstants<TLanes> constants, ref Tally<TLanes> tally)
        {
            TLanes roundingBits = typeof(TCounts) == typeof(ContinuousPulses) ? default : _rounding.Words(index);
            TLanes noiseBits = typeof(TNoise) == typeof(NoNoise) ? default : _noise.Words(index);
            TLanes state = TLanes.Load(in states, _cells + c);
            TLanes next = cells.ByWish<TLanes, AnySteps>(state, wish * _trace, device, constants, roundingBits, noiseBits, out TLanes count);
            TLanes.Store(next, ref states, _cells + c);
            tally.Count(count);
            if (typeof(TProduct) != typeof(NoProduct))
            {
                tally.Sum = TLanes.FusedMultiplyAdd(_input, product.Weight(next, _cells + c), tally.Sum);
            }
        }
    }

    /// <summary>What chance decides for a bundle of devices of a row: their pulses, and random bits for their noise.</summary>
    private struct Draw<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        internal TLanes Count;
        internal TLanes NoiseBits;
    }

    /// <summary>What the rows of a band add up for a bundle of columns.</summary>
    private struct Tally<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        internal TLanes Pulses;
        internal TLanes Writes;
        internal TLanes Sum;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Count(TLanes count)
        {
            Pulses += count;
            Writes += TLanes.Broadcast(1f) & TLanes.GreaterThan(count, TLanes.Broadcast(0f));
        }
    }
}
