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
        nuint tileRows = RegisterTile.LargestRows<TLanes>();
        nuint tileColumns = RegisterTile.Columns<TLanes>();
        Span<float> scratch = stackalloc float[(int)(tileRows * tileColumns) + KernelThrow.LaneBlock];
        ref float wish = ref Alignment.FirstLine(scratch);
        for (nuint column = 0; column < PaddedColumns; column += tileColumns)
        {
            nuint inPanel = column % Width;
            nuint panel = column - inPanel;
            nuint tile;
            for (nuint row = 0; row < Rows; row += tile)
            {
                tile = Math.Min(tileRows, Rows - row);
                scratch.Clear();
                RegisterTile.Run<TLanes>(tile, new TileOperands
                {
                    Factors = ref Unsafe.Add(ref Traces, row),
                    RowStride = 1,
                    StepStride = TraceStride,
                    Matrix = ref Unsafe.Add(ref Wishes, (panel * Batch) + inPanel),
                    MatrixStride = Width,
                    Steps = Batch,
                    Sums = ref wish,
                    SumStride = tileColumns,
                });
                for (nuint r = 0; r < tile; r++)
                {
                    ref float cells = ref Unsafe.Add(ref State, (panel * Rows) + ((row + r) * Width) + inPanel);
                    Write<TLanes>(ref cells, ref Unsafe.Add(ref wish, r * tileColumns), (uint)(row + r), column);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Write<TLanes>(ref float state, ref float wish, uint row, nuint column)
        where TLanes : struct, ILanes<TLanes>
    {
        CellUpdate<TDevice, TRule, TCounts, TNoise> cells = Cells;
        LawConstants<TLanes> constants = cells.Constants<TLanes>();
        RowHash<TLanes> rounding = typeof(TCounts) == typeof(ContinuousPulses) ? default : Rounding.Row<TLanes>(row);
        RowHash<TLanes> noise = typeof(TNoise) == typeof(NoNoise) ? default : Noise.Row<TLanes>(row);
        TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger((FirstPanel * Width) + (uint)column), TLanes.LaneIndex);
        ref float pulses = ref Unsafe.Add(ref Pulses, column);
        ref float writes = ref Unsafe.Add(ref Writes, column);
        for (nuint c = 0; c < RegisterTile.Columns<TLanes>(); c += (nuint)TLanes.Count)
        {
            TLanes roundingBits = typeof(TCounts) == typeof(ContinuousPulses) ? default : rounding.Words(index);
            TLanes noiseBits = typeof(TNoise) == typeof(NoNoise) ? default : noise.Words(index);
            TLanes before = TLanes.Load(in state, c);
            DriveConstants<TLanes> drive = cells.DriveWish(before, TLanes.Load(in wish, c), roundingBits, out TLanes count);
            if (CellUpdate<TDevice, TRule, TCounts, TNoise>.IsSmall(drive, count))
            {
                TLanes.Store(cells.ByDrive<TLanes, SmallSteps>(before, count, drive, constants, noiseBits), ref state, c);
            }
            else
            {
                WriteLarge(ref state, c, count, drive, noiseBits);
            }

            TLanes.Store(TLanes.Load(in pulses, c) + count, ref pulses, c);
            TLanes.Store(TLanes.Load(in writes, c) + (TLanes.Broadcast(1f) & TLanes.GreaterThan(count, TLanes.Broadcast(0f))), ref writes, c);
            if (TRule.ReadsState)
            {
                ref float reads = ref Unsafe.Add(ref Reads, column);
                TLanes read = TLanes.Broadcast(1f) & TLanes.NotEqual(TLanes.Load(in wish, c), TLanes.Broadcast(0f));
                TLanes.Store(TLanes.Load(in reads, c) + read, ref reads, c);
            }

            index = TLanes.AddInteger(index, TLanes.BroadcastInteger((uint)TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void WriteLarge<TLanes>(ref float state, nuint c, TLanes count, DriveConstants<TLanes> drive, TLanes noiseBits)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Store(Cells.ByDrive<TLanes, AnySteps>(TLanes.Load(in state, c), count, drive, Cells.Constants<TLanes>(), noiseBits), ref state, c);
}
