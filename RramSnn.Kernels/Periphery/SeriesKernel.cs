using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RramSnn.Kernels.Periphery;

/// <summary>The one body of <see cref="NodalKernels.InsertSeries"/>: a blocked Gauss-Jordan sweep of I + r Y.</summary>
/// <remarks>
/// With K = a panel of nodes, V = [Y | J] in the rows of K and P = (I + r Y_KK)⁻¹, resistors behind the nodes of K change
/// the matrix A to A - r A_K P V, but its rows K to P V and its columns K to A_K P. The same product gives those columns if they
/// are zero before and P V holds -P/r there. So no number is the difference of nearly equal ones.
/// </remarks>
internal ref struct SeriesKernel : IDoubleKernel
{
    private const int Panel = NodalKernels.Panel;

    internal ref double Matrix;
    internal int Nodes;
    internal int OptionalRows;
    internal int Columns;
    internal int Stride;
    internal double Resistance;

    /// <summary>V, later -r V: a panel of rows.</summary>
    internal ref double Old;

    /// <summary>P V: a panel of rows.</summary>
    internal ref double New;

    /// <summary>P.</summary>
    internal ref double Inverse;

    /// <summary>P Y_KK.</summary>
    internal ref double Corner;

    /// <summary>-r times the panel's columns of the optional rows, transposed.</summary>
    internal ref double OptionalColumns;

    private readonly int PaddedRows => NodalKernels.PaddedRows(Nodes);

    private readonly int PaddedOptionalRows => NodalKernels.PaddedRows(OptionalRows);

    public readonly void Run<TLanes>()
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        int tile = 4 * TLanes.Count;
        int columns = (Columns + tile - 1) / tile * tile;
        for (int first = 0; first < Nodes; first += Panel)
        {
            int count = Math.Min(Panel, Nodes - first);
            TakeOut(first, count, columns);
            TakeOutOptional(first, count);
            Invert<TLanes>(first, count);
            ReplaceRows<TLanes>(first, count, columns);
            for (int row = 0; row < PaddedRows; row += NodalKernels.RowBlock)
            {
                ref double destination = ref Unsafe.Add(ref Matrix, row * Stride);
                PanelProduct.Add<TLanes>(ref Unsafe.Add(ref Old, row), Stride, ref New, ref destination, Stride, row / tile * tile, columns);
            }

            for (int row = 0; row < PaddedOptionalRows; row += NodalKernels.RowBlock)
            {
                ref double destination = ref Unsafe.Add(ref Matrix, (PaddedRows + row) * Stride);
                PanelProduct.Add<TLanes>(ref Unsafe.Add(ref OptionalColumns, row), PaddedOptionalRows, ref New, ref destination, Stride, 0, columns);
            }

            PutBack(first, count, columns);
        }
    }

    /// <summary>Copies the panel's rows, by symmetry also what lies left of the diagonal, and clears its columns.</summary>
    private readonly void TakeOut(int first, int count, int columns)
    {
        Span<double> old = MemoryMarshal.CreateSpan(ref Old, Panel * Stride);
        for (int p = 0; p < Panel; p++)
        {
            Span<double> destination = old.Slice(p * Stride, columns);
            if (p >= count)
            {
                destination.Clear();
                continue;
            }

            Row(first + p)[(first + p)..columns].CopyTo(destination[(first + p)..]);
            for (int q = 0; q < p; q++)
            {
                destination[first + q] = old[(q * Stride) + first + p];
            }
        }

        for (int row = 0; row < first; row++)
        {
            Span<double> pivots = Row(row).Slice(first, count);
            for (int p = 0; p < pivots.Length; p++)
            {
                old[(p * Stride) + row] = pivots[p];
            }

            pivots.Clear();
        }
    }

    private readonly void TakeOutOptional(int first, int count)
    {
        Span<double> taken = MemoryMarshal.CreateSpan(ref OptionalColumns, Panel * PaddedOptionalRows);
        taken.Clear();
        for (int row = 0; row < OptionalRows; row++)
        {
            Span<double> pivots = Row(PaddedRows + row).Slice(first, count);
            for (int p = 0; p < pivots.Length; p++)
            {
                taken[(p * PaddedOptionalRows) + row] = -Resistance * pivots[p];
            }

            pivots.Clear();
        }
    }

    /// <summary>P = (I + r Y_KK)⁻¹ by Gauss-Jordan. The matrix is positive definite: its diagonal holds good pivots.</summary>
    private readonly void Invert<TLanes>(int first, int count)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        ref double inverse = ref Inverse;
        for (int p = 0; p < Panel; p++)
        {
            for (int q = 0; q < Panel; q++)
            {
                double admittance = q < count ? Unsafe.Add(ref Old, (p * Stride) + first + q) : 0;
                Unsafe.Add(ref inverse, (p * Panel) + q) = Math.FusedMultiplyAdd(Resistance, admittance, p == q ? 1 : 0);
            }
        }

        for (int k = 0; k < Panel; k++)
        {
            ref double pivotRow = ref Unsafe.Add(ref inverse, k * Panel);
            TLanes reciprocal = TLanes.Broadcast(1 / Unsafe.Add(ref pivotRow, k));
            Unsafe.Add(ref pivotRow, k) = 1;
            for (nuint q = 0; q < Panel; q += (nuint)TLanes.Count)
            {
                TLanes.Store(TLanes.Load(in pivotRow, q) * reciprocal, ref pivotRow, q);
            }

            for (int p = 0; p < Panel; p++)
            {
                ref double row = ref Unsafe.Add(ref inverse, p * Panel);
                double factor = p == k ? 0 : -Unsafe.Add(ref row, k);
                if (factor != 0)
                {
                    Unsafe.Add(ref row, k) = 0;
                    AddRow(TLanes.Broadcast(factor), ref pivotRow, ref row);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TLanes>(TLanes factor, ref double source, ref double destination)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        for (nuint q = 0; q < Panel; q += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.FusedMultiplyAdd(factor, TLanes.Load(in source, q), TLanes.Load(in destination, q)), ref destination, q);
        }
    }

    /// <summary>Makes P V, with -P/r in the panel's columns; what belongs there waits in the corner. V becomes -r V.</summary>
    private readonly void ReplaceRows<TLanes>(int first, int count, int columns)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        MemoryMarshal.CreateSpan(ref New, Panel * Stride).Clear();
        for (int p = 0; p < Panel; p += NodalKernels.RowBlock)
        {
            // P is symmetric: its rows are its columns.
            PanelProduct.Add<TLanes>(ref Unsafe.Add(ref Inverse, p), Panel, ref Old, ref Unsafe.Add(ref New, p * Stride), Stride, 0, columns);
        }

        TLanes factor = TLanes.Broadcast(-Resistance);
        for (int p = 0; p < Panel; p++)
        {
            ref double old = ref Unsafe.Add(ref Old, p * Stride);
            for (nuint column = 0; column < (nuint)PaddedRows; column += (nuint)TLanes.Count)
            {
                TLanes.Store(factor * TLanes.Load(in old, column), ref old, column);
            }

            for (int q = 0; q < count; q++)
            {
                ref double fresh = ref Unsafe.Add(ref New, (p * Stride) + first + q);
                Unsafe.Add(ref Corner, (p * Panel) + q) = fresh;
                fresh = -Unsafe.Add(ref Inverse, (p * Panel) + q) / Resistance;
            }
        }
    }

    private readonly void PutBack(int first, int count, int columns)
    {
        for (int p = 0; p < count; p++)
        {
            Span<double> row = Row(first + p);
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref New, p * Stride), columns)[first..].CopyTo(row[first..]);
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Corner, p * Panel), count).CopyTo(row[first..]);
        }
    }

    private readonly Span<double> Row(int row) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Matrix, row * Stride), Stride);
}
