using System.Runtime.CompilerServices;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>The one body of all batched products: specialised by synapse cell and vector width.</summary>
/// <remarks>
/// Word lines come in blocks, of 64 or on narrow vectors of 256, whose columns go a tile's width at a time: such weights, 16 KiB at most, are worked out once
/// unless they are the states, and serve the whole batch from the nearest caches. The sums go to memory and back between blocks, which rounds nothing: every output
/// still adds its inputs in ascending order.
/// </remarks>
internal ref struct BatchKernel<TCell> : IVectorKernel
    where TCell : struct, ISynapseCell, allows ref struct
{
    private const int Width = CrossbarLayout.PanelWidth;

    internal TCell Cell;
    internal ref float Inputs;
    internal nuint InputStride;
    internal nuint Batch;
    internal nuint Rows;
    internal ref float Current;
    internal nuint PaddedColumns;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> scratch = stackalloc float[(int)(BlockRows<TLanes>() * RegisterTile.Columns<TLanes>()) + KernelThrow.LaneBlock];
        ref float weights = ref Alignment.FirstLine(scratch);
        bool prefetches = Prefetch.IsWorthwhile(TCell.Arrays * (long)(Rows * PaddedColumns));
        for (nuint column = 0; column < PaddedColumns; column += Width)
        {
            ref float current = ref Unsafe.Add(ref Current, column * Batch);
            for (nuint row = 0; row < Rows; row += BlockRows<TLanes>())
            {
                nuint rows = Math.Min(BlockRows<TLanes>(), Rows - row);
                ComingBlock coming = prefetches ? After<TLanes>((column * Rows) + ((row + rows) * Width), rows) : default;
                for (nuint c = 0; c < Width; c += RegisterTile.Columns<TLanes>())
                {
                    nuint start = (column * Rows) + (row * Width) + c;
                    if (Cell.IsPlain)
                    {
                        Multiply<TLanes>(row, rows, ref Cell.Stored(0, start), Width, ref Unsafe.Add(ref current, c), ref coming);
                        continue;
                    }

                    Pack<TLanes>(start, rows, ref weights);
                    Multiply<TLanes>(row, rows, ref weights, RegisterTile.Columns<TLanes>(), ref Unsafe.Add(ref current, c), ref coming);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint BlockRows<TLanes>()
        where TLanes : struct, ILanes<TLanes> => typeof(TLanes) == typeof(Lanes512) ? 64u : 256u;

    private readonly ComingBlock After<TLanes>(nuint end, nuint rows)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint length = Math.Min(BlockRows<TLanes>() * Width, (PaddedColumns * Rows) - end);
        nuint tiles = Width / RegisterTile.Columns<TLanes>() * ((Batch + RegisterTile.LargestRows - 1) / RegisterTile.LargestRows);
        return ComingBlock.After(end, length, TCell.Arrays, tiles, rows);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Pack<TLanes>(nuint start, nuint rows, ref float weights)
        where TLanes : struct, ILanes<TLanes>
    {
        TCell cell = Cell;
        nuint columns = RegisterTile.Columns<TLanes>();
        for (nuint row = 0; row < rows; row++)
        {
            for (nuint c = 0; c < columns; c += (nuint)TLanes.Count)
            {
                TLanes.Store(cell.Weight<TLanes>(start + (row * Width) + c), ref weights, (row * columns) + c);
            }
        }
    }

    private readonly void Multiply<TLanes>(nuint row, nuint rows, ref float weights, nuint stride, ref float current, ref ComingBlock coming)
        where TLanes : struct, ILanes<TLanes>
    {
        scoped TileOperands operands = default;
        operands.RowStride = InputStride;
        operands.StepStride = 1;
        operands.Matrix = ref weights;
        operands.MatrixStride = stride;
        operands.Steps = rows;
        operands.SumStride = Width;
        nuint tile;
        for (nuint b = 0; b < Batch; b += tile)
        {
            tile = Math.Min(RegisterTile.LargestRows, Batch - b);
            operands.Factors = ref Unsafe.Add(ref Inputs, (b * InputStride) + row);
            operands.Sums = ref Unsafe.Add(ref current, b * Width);
            if (coming.Stride == 0)
            {
                RegisterTile.Run<TLanes, InnerProducts, NoTileHints>(tile, operands);
                continue;
            }

            operands.HintStride = coming.Stride;
            operands.Hint = ref Cell.Stored(coming.Array, coming.Position);
            RegisterTile.Run<TLanes, InnerProducts, TileHints>(tile, operands);
            coming.Advance(rows);
        }
    }
}
