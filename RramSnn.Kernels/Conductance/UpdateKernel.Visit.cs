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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Visit(scoped in UpdateKernel<TDevice, TRule, TCounts, TNoise, TProduct> kernel, scoped in RowList list, nuint k, nuint start)
        {
            uint row = list.Row(k);
            _cells = start + ((nuint)row * Width);
            _states = ref Unsafe.Add(ref kernel.State, _cells);
            _trace = TLanes.Broadcast(list.Trace(k));
            if (typeof(TProduct) != typeof(NoProduct))
            {
                _input = TLanes.Broadcast(list.Input(k));
            }
        }

        /// <summary>Writes the devices of some columns in steps of a light update.</summary>
        /// <returns>Their new states.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TLanes Write(CellUpdate<TDevice, TRule, TCounts, TNoise> cells, nuint c, DriveConstants<TLanes> drive, LawConstants<TLanes> constants)
        {
            TLanes next = cells.ByColumn<TLanes, SmallSteps>(TLanes.Load(in _states, c), _trace, default, drive, constants, default, default);
            TLanes.Store(next, ref _states, c);
            return next;
        }

        /// <summary>Writes the devices of some columns, with what the stages before found for them from a place of the scratch on.</summary>
        /// <returns>Their new states.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TLanes Write<TSteps>(
            CellUpdate<TDevice, TRule, TCounts, TNoise> cells,
            nuint c,
            BlockScratch scratch,
            nuint place,
            DriveConstants<TLanes> drive,
            LawConstants<TLanes> constants,
            TLanes magnitude)
            where TSteps : struct, IStepSize
        {
            TLanes state = TLanes.Load(in _states, c);
            TLanes count = typeof(TCounts) == typeof(ContinuousPulses) ? _trace : TLanes.Load(in scratch.Counts, place);
            TLanes damping = TDevice.IsDamped ? TLanes.Load(in scratch.Dampings, place) : default;
            TLanes deviate = typeof(TNoise) == typeof(NoNoise) ? default : TLanes.Load(in scratch.Deviates, place);
            TLanes next = cells.ByColumn<TLanes, TSteps>(state, count, damping, drive, constants, magnitude, deviate);
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
            RowHash<TLanes> rounding,
            RowHash<TLanes> noise,
            out TLanes count)
        {
            TLanes roundingBits = typeof(TCounts) == typeof(ContinuousPulses) ? default : rounding.Words(index);
            TLanes noiseBits = typeof(TNoise) == typeof(NoNoise) ? default : noise.Words(index);
            TLanes state = TLanes.Load(in _states, c);
            TLanes next = cells.ByWish<TLanes, AnySteps>(state, wish * _trace, device, constants, roundingBits, noiseBits, out count);
            TLanes.Store(next, ref _states, c);
            return next;
        }
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
