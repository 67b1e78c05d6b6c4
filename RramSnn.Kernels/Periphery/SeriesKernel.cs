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
                AddProduct<TLanes>(ref Unsafe.Add(ref Old, row), Stride, ref New, ref destination, Stride, row / tile * tile, columns);
            }

            for (int row = 0; row < PaddedOptionalRows; row += NodalKernels.RowBlock)
            {
                ref double destination = ref Unsafe.Add(ref Matrix, (PaddedRows + row) * Stride);
                AddProduct<TLanes>(ref Unsafe.Add(ref OptionalColumns, row), PaddedOptionalRows, ref New, ref destination, Stride, 0, columns);
            }

            PutBack(first, count, columns);
        }
    }

    /// <summary>destination += leftᵀ right for four rows of the destination, <see cref="Panel"/> terms each, in ascending order.</summary>
    private static void AddProduct<TLanes>(
        ref double left, int leftStride, ref double right, ref double destination, int stride, int firstColumn, int columns)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        nuint width = (nuint)TLanes.Count;
        for (nuint column = (nuint)firstColumn; column < (nuint)columns; column += 4 * width)
        {
            ref double d0 = ref Unsafe.Add(ref destination, column);
            ref double d1 = ref Unsafe.Add(ref d0, stride);
            ref double d2 = ref Unsafe.Add(ref d1, stride);
            ref double d3 = ref Unsafe.Add(ref d2, stride);
            TLanes a0 = TLanes.Load(in d0, 0), a1 = TLanes.Load(in d0, width), a2 = TLanes.Load(in d0, 2 * width), a3 = TLanes.Load(in d0, 3 * width);
            TLanes b0 = TLanes.Load(in d1, 0), b1 = TLanes.Load(in d1, width), b2 = TLanes.Load(in d1, 2 * width), b3 = TLanes.Load(in d1, 3 * width);
            TLanes c0 = TLanes.Load(in d2, 0), c1 = TLanes.Load(in d2, width), c2 = TLanes.Load(in d2, 2 * width), c3 = TLanes.Load(in d2, 3 * width);
            TLanes e0 = TLanes.Load(in d3, 0), e1 = TLanes.Load(in d3, width), e2 = TLanes.Load(in d3, 2 * width), e3 = TLanes.Load(in d3, 3 * width);
            ref double r = ref Unsafe.Add(ref right, column);
            ref double l = ref left;
            for (int p = 0; p < Panel; p++)
            {
                TLanes r0 = TLanes.Load(in r, 0), r1 = TLanes.Load(in r, width), r2 = TLanes.Load(in r, 2 * width), r3 = TLanes.Load(in r, 3 * width);
                TLanes factor = TLanes.Broadcast(l);
                a0 = TLanes.FusedMultiplyAdd(factor, r0, a0);
                a1 = TLanes.FusedMultiplyAdd(factor, r1, a1);
                a2 = TLanes.FusedMultiplyAdd(factor, r2, a2);
                a3 = TLanes.FusedMultiplyAdd(factor, r3, a3);
                factor = TLanes.Broadcast(Unsafe.Add(ref l, 1));
                b0 = TLanes.FusedMultiplyAdd(factor, r0, b0);
                b1 = TLanes.FusedMultiplyAdd(factor, r1, b1);
                b2 = TLanes.FusedMultiplyAdd(factor, r2, b2);
                b3 = TLanes.FusedMultiplyAdd(factor, r3, b3);
                factor = TLanes.Broadcast(Unsafe.Add(ref l, 2));
                c0 = TLanes.FusedMultiplyAdd(factor, r0, c0);
                c1 = TLanes.FusedMultiplyAdd(factor, r1, c1);
                c2 = TLanes.FusedMultiplyAdd(factor, r2, c2);
                c3 = TLanes.FusedMultiplyAdd(factor, r3, c3);
                factor = TLanes.Broadcast(Unsafe.Add(ref l, 3));
                e0 = TLanes.FusedMultiplyAdd(factor, r0, e0);
                e1 = TLanes.FusedMultiplyAdd(factor, r1, e1);
                e2 = TLanes.FusedMultiplyAdd(factor, r2, e2);
                e3 = TLanes.FusedMultiplyAdd(factor, r3, e3);
                r = ref Unsafe.Add(ref r, stride);
                l = ref Unsafe.Add(ref l, leftStride);
            }

            Store(ref d0, a0, a1, a2, a3);
            Store(ref d1, b0, b1, b2, b3);
            Store(ref d2, c0, c1, c2, c3);
            Store(ref d3, e0, e1, e2, e3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(ref double destination, TLanes v0, TLanes v1, TLanes v2, TLanes v3)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        nuint width = (nuint)TLanes.Count;
        TLanes.Store(v0, ref destination, 0);
        TLanes.Store(v1, ref destination, width);
        TLanes.Store(v2, ref destination, 2 * width);
        TLanes.Store(v3, ref destination, 3 * width);
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
            AddProduct<TLanes>(ref Unsafe.Add(ref Inverse, p), Panel, ref Old, ref Unsafe.Add(ref New, p * Stride), Stride, 0, columns);
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
