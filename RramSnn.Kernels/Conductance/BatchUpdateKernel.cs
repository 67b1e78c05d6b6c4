using System.Runtime.CompilerServices;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Conductance;

/// <summary>
/// The one body of all mini-batch updates: the batch's outer products add up in registers, and the nonlinear law is applied to the sum as an
/// epilogue, so that the wished changes never go to memory as a matrix.
/// </summary>
internal ref struct BatchUpdateKernel<TDevice, TRule, TCounts, TNoise> : IVectorKernel
    where TDevice : struct, IDeviceModel
    where TRule : struct, IPulseRule
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
{
    private const int Width = CrossbarLayout.PanelWidth;

    internal CellUpdate<TDevice, TRule, TCounts, TNoise> Cells;
    internal ref float State;
    internal nuint Rows;
    internal ref float Traces;
    internal nuint TraceStride;
    internal nuint Batch;
    internal ref float Wishes;
    internal nuint PaddedColumns;
    internal CellHash Rounding;
    internal CellHash Noise;
    internal uint FirstPanel;
    internal ref float Pulses;
    internal ref float Writes;
    internal ref float Reads;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        nuint tileRows = RegisterTile.LargestRows;
        nuint tileColumns = RegisterTile.Columns<TLanes>();
        Span<float> scratch = stackalloc float[(int)(tileRows * tileColumns) + KernelThrow.LaneBlock];
        ref float wish = ref Alignment.FirstLine(scratch);
        scoped TileOperands operands = default;
        operands.StepStride = TraceStride;
        operands.HintStride = TraceStride;
        operands.MatrixStride = Width;
        operands.Steps = Batch;
        operands.Sums = ref wish;
        operands.SumStride = tileColumns;
        operands.Limit = Cells.LargestSmallWish();

        // Narrow vectors take a word line's tiles one after another: with tiles of two bundles the traces, a page apart from sample to sample, would come
        // from far too often.
        nuint span = typeof(TLanes) == typeof(Lanes512) ? tileColumns : Width;
        for (nuint first = 0; first < PaddedColumns; first += span)
        {
            nuint tile;
            for (nuint row = 0; row < Rows; row += tile)
            {
                tile = Math.Min(tileRows, Rows - row);
                operands.Factors = ref Unsafe.Add(ref Traces, row);

                // The last word line of the next tile, if its line of traces is a new one: samples are too far apart for the processor to guess it.
                operands.Hint = ref Unsafe.Add(ref Traces, Math.Min(row + (2 * tileRows) - 1, Rows - 1));
                for (nuint column = first; column < first + span; column += tileColumns)
                {
                    nuint inPanel = column % Width;
                    nuint panel = column - inPanel;
                    operands.Matrix = ref Unsafe.Add(ref Wishes, (panel * Batch) + inPanel);
                    ref float states = ref Unsafe.Add(ref State, (panel * Rows) + (row * Width) + inPanel);
                    FetchStates<TLanes>(ref states, tile);
                    bool isBeyond = column == first
                        ? RegisterTile.Run<TLanes, OuterProducts, TileHints>(tile, operands)
                        : RegisterTile.Run<TLanes, OuterProducts, NoTileHints>(tile, operands);
                    if (isBeyond)
                    {
                        Write<TLanes, AnySteps>(ref states, ref wish, (uint)row, tile, column);
                    }
                    else
                    {
                        Write<TLanes, SmallSteps>(ref states, ref wish, (uint)row, tile, column);
                    }
                }
            }
        }
    }

    /// <summary>While the tile's sums are worked out the states that the epilogue needs are on their way.</summary>
    private static void FetchStates<TLanes>(ref float states, nuint tile)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint r = 0; r < tile; r++)
        {
            for (nuint c = 0; c < RegisterTile.Columns<TLanes>(); c += KernelThrow.LaneBlock)
            {
                Prefetch.Line(ref states, (r * Width) + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Write<TLanes, TSteps>(ref float states, ref float wishes, uint row, nuint tile, nuint column)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, IStepSize
    {
        // Where they are: a copy would be on its way for longer than a tile's first bundles.
        ref readonly CellUpdate<TDevice, TRule, TCounts, TNoise> cells = ref Cells;
        DeviceConstants device = cells.DeviceConstants;
        LawConstants<TLanes> constants = cells.Constants<TLanes>();
        TLanes one = TLanes.Broadcast(1f);
        TLanes zero = TLanes.Broadcast(0f);
        TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)column), TLanes.LaneIndex);
        ref float pulseCounters = ref Unsafe.Add(ref Pulses, column);
        ref float writeCounters = ref Unsafe.Add(ref Writes, column);
        ref float readCounters = ref Unsafe.Add(ref Reads, column);
        for (nuint c = 0; c < RegisterTile.Columns<TLanes>(); c += (nuint)TLanes.Count)
        {
            TLanes pulses = TLanes.Load(in pulseCounters, c);
            TLanes writes = TLanes.Load(in writeCounters, c);
            TLanes reads = TLanes.Load(in readCounters, c);
            for (nuint r = 0; r < tile; r++)
            {
                TLanes roundingBits = typeof(TCounts) == typeof(ContinuousPulses) ? default : Rounding.Row<TLanes>(row + (uint)r).Words(index);
                TLanes noiseBits = typeof(TNoise) == typeof(NoNoise) ? default : Noise.Row<TLanes>(row + (uint)r).Words(index);
                TLanes wish = TLanes.Load(in wishes, (r * RegisterTile.Columns<TLanes>()) + c);
                TLanes state = TLanes.Load(in states, (r * Width) + c);
                TLanes next = cells.ByWish<TLanes, TSteps>(state, wish, new SharedConstants(in device), constants, roundingBits, noiseBits, out TLanes count);
                TLanes.Store(next, ref states, (r * Width) + c);
                pulses += count;
                writes += one & TLanes.GreaterThan(count, zero);
                if (TRule.ReadsState)
                {
                    reads += one & TLanes.NotEqual(wish, zero);
                }
            }

            TLanes.Store(pulses, ref pulseCounters, c);
            TLanes.Store(writes, ref writeCounters, c);
            TLanes.Store(reads, ref readCounters, c);
            index = TLanes.AddInteger(index, TLanes.BroadcastInteger((uint)TLanes.Count));
        }
    }
}
