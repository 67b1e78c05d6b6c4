using System.Runtime.CompilerServices;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>
/// c[r, j] += Σₖ a[r, k] · m[k, j], or = instead of +=, k ascending with one fused multiply-add each, for a tile of up to six rows r and of four bundles
/// of columns j, two with narrow vectors: the heart of batched products and of batched updates.
/// </summary>
/// <remarks>
/// The tile's sums stay in registers: six rows of four bundles are 24 independent chains, which hide the latency of the multiply-add and
/// need ten loads for 24 of them. Narrow vectors have 16 registers, of which six rows of two bundles leave four: twelve chains and eight loads.
/// </remarks>
internal static class RegisterTile
{
    /// <summary>Columns of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint Columns<TLanes>()
        where TLanes : struct, ILanes<TLanes> => (typeof(TLanes) == typeof(Lanes512) ? 4u : 2u) * (nuint)TLanes.Count;

    /// <summary>Rows of the largest tile.</summary>
    internal const int LargestRows = 6;

    /// <summary>Runs a tile of 1 to <see cref="LargestRows"/> rows.</summary>
    /// <returns>Whether the magnitude of a sum exceeds <see cref="TileOperands.Limit"/>; not looked at, and false, for <see cref="InnerProducts"/>.</returns>
    internal static bool Run<TLanes, TProducts, THints>(nuint rows, in TileOperands operands)
        where TLanes : struct, ILanes<TLanes>
        where TProducts : struct, ITileProducts
        where THints : struct, ITileHints
    {
        return rows switch
        {
            1 => Run<TLanes, TProducts, THints, One>(operands),
            2 => Run<TLanes, TProducts, THints, Two>(operands),
            3 => Run<TLanes, TProducts, THints, Three>(operands),
            4 => Run<TLanes, TProducts, THints, Four>(operands),
            5 => Run<TLanes, TProducts, THints, Five>(operands),
            _ => Run<TLanes, TProducts, THints, Six>(operands),
        };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Run<TLanes, TProducts, THints, TRows>(in TileOperands operands)
        where TLanes : struct, ILanes<TLanes>
        where TProducts : struct, ITileProducts
        where THints : struct, ITileHints
        where TRows : struct, IRows
    {
        nuint width = (nuint)TLanes.Count;
        bool adds = typeof(TProducts) == typeof(InnerProducts);
        nuint rowStride = adds ? operands.RowStride : 1;
        nuint stepStride = operands.StepStride;
        nuint matrixStride = operands.MatrixStride;
        ref float factor = ref operands.Factors;
        ref float matrix = ref operands.Matrix;
        ref float sums = ref operands.Sums;
        nuint sumStride = operands.SumStride;
        ref float hint = ref operands.Hint;
        nuint hintStride = operands.HintStride;
        TileRow<TLanes> r0 = adds ? new(ref sums, 0) : default;
        TileRow<TLanes> r1 = adds && TRows.Count > 1 ? new(ref sums, sumStride) : default;
        TileRow<TLanes> r2 = adds && TRows.Count > 2 ? new(ref sums, 2 * sumStride) : default;
        TileRow<TLanes> r3 = adds && TRows.Count > 3 ? new(ref sums, 3 * sumStride) : default;
        TileRow<TLanes> r4 = adds && TRows.Count > 4 ? new(ref sums, 4 * sumStride) : default;
        TileRow<TLanes> r5 = adds && TRows.Count > 5 ? new(ref sums, 5 * sumStride) : default;
        for (nuint k = 0; k < operands.Steps; k++)
        {
            TLanes m0 = TLanes.Load(in matrix, 0);
            TLanes m1 = TLanes.Load(in matrix, width);
            TLanes m2 = typeof(TLanes) == typeof(Lanes512) ? TLanes.Load(in matrix, 2 * width) : default;
            TLanes m3 = typeof(TLanes) == typeof(Lanes512) ? TLanes.Load(in matrix, 3 * width) : default;
            r0.MultiplyAdd(TLanes.Broadcast(factor), m0, m1, m2, m3);
            if (TRows.Count > 1)
            {
                r1.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, rowStride)), m0, m1, m2, m3);
            }

            if (TRows.Count > 2)
            {
                r2.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, 2 * rowStride)), m0, m1, m2, m3);
            }

            if (TRows.Count > 3)
            {
                r3.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, 3 * rowStride)), m0, m1, m2, m3);
            }

            if (TRows.Count > 4)
            {
                r4.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, 4 * rowStride)), m0, m1, m2, m3);
            }

            if (TRows.Count > 5)
            {
                r5.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, 5 * rowStride)), m0, m1, m2, m3);
            }

            if (typeof(THints) == typeof(TileHints))
            {
                Prefetch.Line(ref hint, 0);
                hint = ref Unsafe.Add(ref hint, hintStride);
            }

            factor = ref Unsafe.Add(ref factor, stepStride);
            matrix = ref Unsafe.Add(ref matrix, matrixStride);
        }

        r0.Store(ref sums, 0);
        if (TRows.Count > 1)
        {
            r1.Store(ref sums, sumStride);
        }

        if (TRows.Count > 2)
        {
            r2.Store(ref sums, 2 * sumStride);
        }

        if (TRows.Count > 3)
        {
            r3.Store(ref sums, 3 * sumStride);
        }

        if (TRows.Count > 4)
        {
            r4.Store(ref sums, 4 * sumStride);
        }

        if (TRows.Count > 5)
        {
            r5.Store(ref sums, 5 * sumStride);
        }

        if (adds)
        {
            return false;
        }

        // The sums are in registers yet.
        TLanes limit = TLanes.Broadcast(operands.Limit);
        TLanes isBeyond = r0.IsBeyond(limit);
        if (TRows.Count > 1)
        {
            isBeyond |= r1.IsBeyond(limit);
        }

        if (TRows.Count > 2)
        {
            isBeyond |= r2.IsBeyond(limit);
        }

        if (TRows.Count > 3)
        {
            isBeyond |= r3.IsBeyond(limit);
        }

        if (TRows.Count > 4)
        {
            isBeyond |= r4.IsBeyond(limit);
        }

        if (TRows.Count > 5)
        {
            isBeyond |= r5.IsBeyond(limit);
        }

        return TLanes.BitsFromMask(isBeyond) != 0;
    }

    /// <summary>Four bundles of sums of one row, or two.</summary>
    private struct TileRow<TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        private TLanes _s0;
        private TLanes _s1;
        private TLanes _s2;
        private TLanes _s3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TileRow(ref float sums, nuint start)
        {
            nuint width = (nuint)TLanes.Count;
            _s0 = TLanes.Load(in sums, start);
            _s1 = TLanes.Load(in sums, start + width);
            if (typeof(TLanes) == typeof(Lanes512))
            {
                _s2 = TLanes.Load(in sums, start + (2 * width));
                _s3 = TLanes.Load(in sums, start + (3 * width));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void MultiplyAdd(TLanes factor, TLanes m0, TLanes m1, TLanes m2, TLanes m3)
        {
            _s0 = TLanes.FusedMultiplyAdd(factor, m0, _s0);
            _s1 = TLanes.FusedMultiplyAdd(factor, m1, _s1);
            if (typeof(TLanes) == typeof(Lanes512))
            {
                _s2 = TLanes.FusedMultiplyAdd(factor, m2, _s2);
                _s3 = TLanes.FusedMultiplyAdd(factor, m3, _s3);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal readonly TLanes IsBeyond(TLanes limit)
        {
            TLanes isBeyond = TLanes.GreaterThan(TLanes.Abs(_s0), limit) | TLanes.GreaterThan(TLanes.Abs(_s1), limit);
            return typeof(TLanes) == typeof(Lanes512)
                ? isBeyond | TLanes.GreaterThan(TLanes.Abs(_s2), limit) | TLanes.GreaterThan(TLanes.Abs(_s3), limit)
                : isBeyond;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal readonly void Store(ref float sums, nuint start)
        {
            nuint width = (nuint)TLanes.Count;
            TLanes.Store(_s0, ref sums, start);
            TLanes.Store(_s1, ref sums, start + width);
            if (typeof(TLanes) == typeof(Lanes512))
            {
                TLanes.Store(_s2, ref sums, start + (2 * width));
                TLanes.Store(_s3, ref sums, start + (3 * width));
            }
        }
    }

    private interface IRows
    {
        static abstract int Count { get; }
    }

    private readonly struct One : IRows
    {
        public static int Count => 1;
    }

    private readonly struct Two : IRows
    {
        public static int Count => 2;
    }

    private readonly struct Three : IRows
    {
        public static int Count => 3;
    }

    private readonly struct Four : IRows
    {
        public static int Count => 4;
    }

    private readonly struct Five : IRows
    {
        public static int Count => 5;
    }

    private readonly struct Six : IRows
    {
        public static int Count => 6;
    }
}

/// <summary>What a tile's products are for, as a type argument.</summary>
internal interface ITileProducts;

/// <summary>Batched products: they add to the sums that are there, and rows are samples, a stride apart.</summary>
internal readonly struct InnerProducts : ITileProducts;

/// <summary>Batched updates: sums begin at zero and are held against a limit in the end, and rows are neighbouring word lines.</summary>
internal readonly struct OuterProducts : ITileProducts;

/// <summary>Whether a tile asks for what the tiles to come will need, as a type argument.</summary>
internal interface ITileHints;

/// <summary>It does, a line per step.</summary>
internal readonly struct TileHints : ITileHints;

/// <summary>It does not.</summary>
internal readonly struct NoTileHints : ITileHints;

/// <summary>Where a tile's operands lie; strides count elements.</summary>
internal ref struct TileOperands
{
    /// <summary>a[r, k], at r · RowStride + k · StepStride; the stride of <see cref="OuterProducts"/> is 1.</summary>
    internal ref float Factors;
    internal nuint RowStride;
    internal nuint StepStride;

    /// <summary>m[k, j], at k · MatrixStride + j.</summary>
    internal ref float Matrix;
    internal nuint MatrixStride;
    internal nuint Steps;

    /// <summary>c[r, j], at r · SumStride + j; read if the tile starts there, and written at the end.</summary>
    internal ref float Sums;
    internal nuint SumStride;

    /// <summary>What <see cref="OuterProducts"/> hold the magnitudes of their sums against.</summary>
    internal float Limit;

    /// <summary>What to ask for: from here on, at k · HintStride.</summary>
    internal ref float Hint;
    internal nuint HintStride;
}
