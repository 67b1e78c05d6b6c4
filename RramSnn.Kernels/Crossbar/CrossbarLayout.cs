using RramSnn.Kernels.Memory;

namespace RramSnn.Kernels.Crossbar;

/// <summary>
/// How a crossbar of word lines (rows, inputs) and bit lines (columns, outputs) lies in memory: column panels of
/// <see cref="PanelWidth"/> lanes, each panel contiguous and row-major inside.
/// </summary>
/// <remarks>
/// <code>
///   panel 0: row 0: c0 .. c127 | row 1: c0 .. c127 | ...      panel 1: row 0: c128 .. c255 | ...
/// </code>
/// 128 lanes are eight 512-bit accumulators: a panel's outputs stay in registers while its rows stream by, the eight
/// chains hide the latency of the addition, and a row of a panel is eight whole cache lines. Threads take whole panels,
/// so they never write into each other's streams. Columns beyond <see cref="Columns"/> are padding and hold zeros.
/// </remarks>
public readonly struct CrossbarLayout
{
    /// <summary>Columns of one panel.</summary>
    public const int PanelWidth = 128;

    /// <summary>Describes a crossbar.</summary>
    /// <param name="rows">Word lines, at least 1.</param>
    /// <param name="columns">Bit lines, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An extent is not positive.</exception>
    /// <exception cref="OverflowException">The padded matrix has more than 2³¹ - 1 elements.</exception>
    public CrossbarLayout(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        PanelCount = ((columns - 1) / PanelWidth) + 1;
        PaddedColumns = checked(PanelCount * PanelWidth);
        PanelLength = checked(rows * PanelWidth);
        Length = checked(rows * PaddedColumns);
    }

    /// <summary>Word lines: one per input.</summary>
    public int Rows { get; }

    /// <summary>Bit lines: one per output.</summary>
    public int Columns { get; }

    /// <summary>Number of column panels.</summary>
    public int PanelCount { get; }

    /// <summary>Columns with padding: a multiple of <see cref="PanelWidth"/>.</summary>
    public int PaddedColumns { get; }

    /// <summary>Elements of one panel.</summary>
    public int PanelLength { get; }

    /// <summary>Elements of the whole padded matrix.</summary>
    public int Length { get; }

    /// <summary>Adds a matrix of this layout to an arena's table, with shape [panels, rows, 128].</summary>
    public Field<float> AddTo(ArenaLayout arena, string name, FieldRole role)
    {
        ArgumentNullException.ThrowIfNull(arena);
        return arena.AddPadded<float>(name, role, [PanelCount, Rows, PanelWidth], [Rows, Columns]);
    }

    /// <summary>Position of a cell in the stored matrix.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The cell lies outside the matrix.</exception>
    public int IndexOf(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, PaddedColumns);
        return (column / PanelWidth * PanelLength) + (row * PanelWidth) + (column % PanelWidth);
    }

    /// <summary>Copies a row-major [rows, columns] matrix into the stored order; padding becomes zero.</summary>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void FromRowMajor(ReadOnlySpan<float> rowMajor, Span<float> stored)
    {
        CheckLengths(rowMajor.Length, stored.Length);
        stored.Clear();
        for (int row = 0; row < Rows; row++)
        {
            for (int first = 0; first < Columns; first += PanelWidth)
            {
                int width = Math.Min(PanelWidth, Columns - first);
                rowMajor.Slice((row * Columns) + first, width).CopyTo(stored[IndexOf(row, first)..]);
            }
        }
    }

    /// <summary>Copies a stored matrix into row-major [rows, columns] order, without padding.</summary>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void ToRowMajor(ReadOnlySpan<float> stored, Span<float> rowMajor)
    {
        CheckLengths(rowMajor.Length, stored.Length);
        for (int row = 0; row < Rows; row++)
        {
            for (int first = 0; first < Columns; first += PanelWidth)
            {
                int width = Math.Min(PanelWidth, Columns - first);
                stored.Slice(IndexOf(row, first), width).CopyTo(rowMajor[((row * Columns) + first)..]);
            }
        }
    }

    private void CheckLengths(int rowMajor, int stored)
    {
        KernelThrow.IfLengthDiffers(rowMajor, checked(Rows * Columns), nameof(rowMajor));
        KernelThrow.IfLengthDiffers(stored, Length, nameof(stored));
    }
}
