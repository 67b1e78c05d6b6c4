using System.Runtime.InteropServices;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;

namespace RramSnn.PropertyTests.Support;

/// <summary>The random words of a block of cells, row by row.</summary>
internal static class CellWords
{
    /// <summary>Words for rounding of the rows and columns from 0 on; the number of columns is a multiple of 16.</summary>
    internal static uint[] Rounding(RandomStream stream, int rows, int columns, int width = 0)
    {
        CellHash.Of(stream, out CellHash rounding, out _);
        return Words(rounding, rows, columns, width);
    }

    /// <summary>As <see cref="Rounding"/>, for cycle noise.</summary>
    internal static uint[] Noise(RandomStream stream, int rows, int columns, int width = 0)
    {
        CellHash.Of(stream, out _, out CellHash noise);
        return Words(noise, rows, columns, width);
    }

    internal static float[] UnitIntervals(uint[] words) => [.. words.Select(UpdateCase.UnitInterval)];

    private static uint[] Words(CellHash hash, int rows, int columns, int width)
    {
        uint[] words = new uint[rows * columns];
        Widths.Run(width == 0 ? VectorDispatch.WidthInBits : width, new Kernel(hash, words, columns));
        return words;
    }

    private readonly struct Kernel(CellHash hash, uint[] words, int columns) : IVectorKernel
    {
        public void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            Span<float> destination = MemoryMarshal.Cast<uint, float>(words.AsSpan());
            for (int row = 0; row < words.Length / columns; row++)
            {
                RowHash<TLanes> rowHash = hash.Row<TLanes>((uint)row);
                for (int column = 0; column < columns; column += TLanes.Count)
                {
                    TLanes index = TLanes.AddInteger(TLanes.BroadcastInteger((uint)column), TLanes.LaneIndex);
                    TLanes.Store(rowHash.Words(index), ref destination[0], (nuint)((row * columns) + column));
                }
            }
        }
    }
}
