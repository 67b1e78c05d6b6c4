using System.Runtime.CompilerServices;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>The one body of all transposed products: specialised by synapse cell and vector width.</summary>
/// <remarks>
/// Here the sum runs along the lanes, so it gets a shape that is the same on every width: 16 partial sums per word line, the l-th over the
/// bit lines j ≡ l modulo 16 in ascending order, then a tree over the sixteen. A wide vector holds all partial sums of a row, a
/// narrow one takes them in turns. Eight rows at once hide the latency of the multiply-add and share the loads of the input.
/// </remarks>
internal ref struct TransposedKernel<TCell> : IVectorKernel
    where TCell : struct, ISynapseCell, allows ref struct
{
    private const int Width = CrossbarLayout.PanelWidth;
    private const int Partials = 16;
    private const int TileRows = 8;

    internal TCell Cell;
    internal ref readonly float Input;
    internal nuint PaddedColumns;
    internal nuint Rows;
    internal nuint FirstRow;
    internal nuint RowCount;
    internal ref float Output;

    public readonly void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> scratch = stackalloc float[(TileRows * Partials) + KernelThrow.LaneBlock];
        ref float partials = ref Alignment.FirstLine(scratch);
        for (nuint row = 0; row < RowCount; row += TileRows)
        {
            // The last tile's missing rows repeat its last one; their sums are not stored.
            nuint rows = Math.Min(TileRows, RowCount - row);
            for (nuint lane = 0; lane < Partials; lane += (nuint)TLanes.Count)
            {
                Tile<TLanes>(FirstRow + row, rows - 1, lane, ref partials);
            }

            for (nuint r = 0; r < rows; r++)
            {
                Unsafe.Add(ref Output, row + r) += Tree(ref Unsafe.Add(ref partials, r * Partials));
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Tile<TLanes>(nuint row, nuint last, nuint lane, ref float partials)
        where TLanes : struct, ILanes<TLanes>
    {
        TCell cell = Cell;
        ref float input = ref Unsafe.AsRef(in Input);
        nuint step = Rows * Width;
        nuint cell0 = (row * Width) + lane;
        nuint d1 = Math.Min(1, last) * Width;
        nuint d2 = Math.Min(2, last) * Width;
        nuint d3 = Math.Min(3, last) * Width;
        nuint d4 = Math.Min(4, last) * Width;
        nuint d5 = Math.Min(5, last) * Width;
        nuint d6 = Math.Min(6, last) * Width;
        nuint d7 = Math.Min(7, last) * Width;
        TLanes a0 = TLanes.Broadcast(0f);
        TLanes a1 = a0;
        TLanes a2 = a0;
        TLanes a3 = a0;
        TLanes a4 = a0;
        TLanes a5 = a0;
        TLanes a6 = a0;
        TLanes a7 = a0;
        for (nuint column = 0; column < PaddedColumns; column += Width, cell0 += step)
        {
            for (nuint c = 0; c < Width; c += Partials)
            {
                TLanes x = TLanes.Load(in input, column + lane + c);
                nuint at = cell0 + c;
                a0 = cell.MultiplyAdd(x, at, a0);
                a1 = cell.MultiplyAdd(x, at + d1, a1);
                a2 = cell.MultiplyAdd(x, at + d2, a2);
                a3 = cell.MultiplyAdd(x, at + d3, a3);
                a4 = cell.MultiplyAdd(x, at + d4, a4);
                a5 = cell.MultiplyAdd(x, at + d5, a5);
                a6 = cell.MultiplyAdd(x, at + d6, a6);
                a7 = cell.MultiplyAdd(x, at + d7, a7);
            }
        }

        TLanes.Store(a0, ref partials, lane);
        TLanes.Store(a1, ref partials, lane + Partials);
        TLanes.Store(a2, ref partials, lane + (2 * Partials));
        TLanes.Store(a3, ref partials, lane + (3 * Partials));
        TLanes.Store(a4, ref partials, lane + (4 * Partials));
        TLanes.Store(a5, ref partials, lane + (5 * Partials));
        TLanes.Store(a6, ref partials, lane + (6 * Partials));
        TLanes.Store(a7, ref partials, lane + (7 * Partials));
    }

    /// <summary>((p0 + p8) + (p4 + p12)) + ((p2 + p10) + (p6 + p14)), and the odd ones alike.</summary>
    private static float Tree(ref float p) => Half(ref p) + Half(ref Unsafe.Add(ref p, 1));

    private static float Half(ref float p) => Quarter(ref p) + Quarter(ref Unsafe.Add(ref p, 2));

    private static float Quarter(ref float p) =>
        (p + Unsafe.Add(ref p, 8)) + (Unsafe.Add(ref p, 4) + Unsafe.Add(ref p, 12));
}
