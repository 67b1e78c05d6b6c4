using System.Runtime.CompilerServices;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>The one body of all batched products: specialised by synapse cell and vector width.</summary>
/// <remarks>
/// Word lines come in blocks of 64: a block's weights (64 × 128, 32 KiB) are worked out once unless they are the states, stay in L1 and serve
/// the whole batch. The sums go to memory and back between blocks, which rounds nothing: every output still adds its inputs in ascending order.
/// </remarks>
internal ref struct BatchKernel<TCell> : IVectorKernel
    where TCell : struct, ISynapseCell, allows ref struct
{
    private const int Width = CrossbarLayout.PanelWidth;
    private const int BlockRows = 64;

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
        Span<float> scratch = stackalloc float[(BlockRows * Width) + KernelThrow.LaneBlock];
        ref float weights = ref Alignment.FirstLine(scratch);
        for (nuint column = 0; column < PaddedColumns; column += Width)
        {
            ref float current = ref Unsafe.Add(ref Current, column * Batch);
            for (nuint row = 0; row < Rows; row += BlockRows)
            {
                nuint rows = Math.Min(BlockRows, Rows - row);
                nuint start = (column * Rows) + (row * Width);
                if (Cell.IsPlain)
                {
                    // 64 rows of a panel are as contiguous as a copy of them would be.
                    Multiply<TLanes>(row, rows, ref Cell.States(start), ref current);
                    continue;
                }

                Pack<TLanes>(start, rows, ref weights);
                Multiply<TLanes>(row, rows, ref weights, ref current);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Pack<TLanes>(nuint start, nuint rows, ref float weights)
        where TLanes : struct, ILanes<TLanes>
    {
        TCell cell = Cell;
        for (nuint i = 0; i < rows * Width; i += (nuint)TLanes.Count)
        {
            TLanes.Store(cell.Weight<TLanes>(start + i), ref weights, i);
        }
    }

    private readonly void Multiply<TLanes>(nuint row, nuint rows, ref float weights, ref float current)
        where TLanes : struct, ILanes<TLanes>
    {
        scoped TileOperands operands = default;
        operands.RowStride = InputStride;
        operands.StepStride = 1;
        operands.MatrixStride = Width;
        operands.Steps = rows;
        operands.SumStride = Width;
        for (nuint c = 0; c < Width; c += RegisterTile.Columns<TLanes>())
        {
            operands.Matrix = ref Unsafe.Add(ref weights, c);
            nuint tile;
            for (nuint b = 0; b < Batch; b += tile)
            {
                tile = Math.Min(RegisterTile.LargestRows<TLanes>(), Batch - b);
                operands.Factors = ref Unsafe.Add(ref Inputs, (b * InputStride) + row);
                operands.Sums = ref Unsafe.Add(ref current, (b * Width) + c);
                RegisterTile.Run<TLanes, FromSums>(tile, operands);
            }
        }
    }
}
