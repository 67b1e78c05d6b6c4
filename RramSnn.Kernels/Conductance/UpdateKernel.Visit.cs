using System.Runtime.CompilerServices;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

internal ref partial struct UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct>
{
    /// <summary>One row of a band: where it lies and what drives it.</summary>
    private readonly ref struct Visit<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        // From its own start on a row's places are part of the addresses; an index into all states would be worked out for every bundle.
        private readonly ref float _states;
        private readonly nuint _cells;
        private readonly TLanes _trace;
        private readonly TLanes _input;
        private readonly RowHash<TLanes> _rounding;
        private readonly RowHash<TLanes> _noise;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Visit(scoped in UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> kernel, scoped in RowList list, nuint k, nuint start)
        {
            uint row = list.Row(k);
            _cells = start + ((nuint)row * Width);
            _states = ref Unsafe.Add(ref kernel.State, _cells);
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

        /// <summary>Random bits for the devices of some columns.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal RandomBits<TLanes> Bits(TLanes index) => new()
        {
            Rounding = typeof(TCounts) == typeof(StochasticPulses) ? _rounding.Words(index) : default,
            Noise = typeof(TNoise) == typeof(NoNoise) ? default : _noise.Words(index),
        };

        /// <summary>What chance decides for those devices.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Draw<TLanes> Draw(RandomBits<TLanes> bits, TLanes magnitude) => new()
        {
            // A bit line's stream takes the place of its magnitude.
            Count = typeof(TCounts) == typeof(ContinuousPulses)
                ? _trace
                : TCounts.Count(_trace, magnitude, typeof(TCounts) == typeof(StochasticPulses) ? bits.Rounding : magnitude),
            Deviate = typeof(TNoise) == typeof(NoNoise) ? default : TNoise.Deviate(bits.Noise),
        };

        /// <summary>Writes the devices of some columns.</summary>
        /// <returns>Their new states.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TLanes Write<TSteps>(
            CellUpdate<TDevice, TRule, TCounts, TNoise> cells,
            nuint c,
            Draw<TLanes> draw,
            DriveConstants<TLanes> drive,
            LawConstants<TLanes> constants,
            TLanes magnitude)
            where TSteps : struct, IStepSize
        {
            TLanes state = TLanes.Load(in _states, c);
            TLanes next = cells.ByColumn<TLanes, TSteps>(
                state, typeof(TCounts) == typeof(ContinuousPulses) ? _trace : draw.Count, drive, constants, magnitude, draw.Deviate);
            TLanes.Store(next, ref _states, c);
            return next;
        }

        /// <summary>The sum of the product with what these states add.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TLanes Multiply(TProduct product, TLanes states, nuint c, TLanes sum) =>
            typeof(TProduct) == typeof(NoProduct) ? sum : TLanes.FusedMultiplyAdd(_input, product.Weight(states, _cells + c), sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TLanes ReadAndWrite(
            CellUpdate<TDevice, TRule, TCounts, TNoise> cells,
            nuint c,
            TLanes index,
            TLanes wish,
            SharedConstants device,
            LawConstants<TLanes> constants,
            out TLanes count)
        {
            TLanes roundingBits = typeof(TCounts) == typeof(ContinuousPulses) ? default : _rounding.Words(index);
            TLanes noiseBits = typeof(TNoise) == typeof(NoNoise) ? default : _noise.Words(index);
            TLanes state = TLanes.Load(in _states, c);
            TLanes next = cells.ByWish<TLanes, AnySteps>(state, wish * _trace, device, constants, roundingBits, noiseBits, out count);
            TLanes.Store(next, ref _states, c);
            return next;
        }
    }

    /// <summary>What chance decides for a bundle of devices of a row: their pulses, and how far noise takes them.</summary>
    private struct Draw<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        internal TLanes Count;
        internal TLanes Deviate;
    }

    /// <summary>What it decides from.</summary>
    private struct RandomBits<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        internal TLanes Rounding;
        internal TLanes Noise;
    }

    /// <summary>What the devices of a bundle of columns have got.</summary>
    private struct Tally<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private TLanes _pulses;
        private TLanes _writes;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Tally(ref float pulses, ref float writes, nuint column)
        {
            _pulses = TLanes.Load(in pulses, column);
            _writes = TLanes.Load(in writes, column);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Count(TLanes count)
        {
            _pulses += count;
            _writes += TLanes.Broadcast(1f) & TLanes.GreaterThan(count, TLanes.Broadcast(0f));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal readonly void Store(ref float pulses, ref float writes, nuint column)
        {
            TLanes.Store(_pulses, ref pulses, column);
            TLanes.Store(_writes, ref writes, column);
        }
    }
}
