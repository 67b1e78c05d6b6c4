using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Periphery;

namespace RramSnn.Model.Periphery;

/// <summary>A quick estimate of what wire resistance leaves of each device: effective conductance = attenuation · G.</summary>
/// <remarks>
/// attenuation_ij = 1 - d_ij - e_ij, the voltage across a device as a share of the input while every word line is driven with the full
/// input. d and e come from sweeps over all word lines and then all bit lines, each line solved exactly for the present drops
/// of the others (block Gauss-Seidel, from e = 0). The sums of the attenuated rows and columns converge to those of the exact
/// effective conductances (<see cref="NodalFactor.EffectiveConductances"/>); how a column's sum is shared out among its rows is approximate. No
/// input activity enters: the network is linear, so what it does to a weight does not depend on the inputs. Errors:
/// docs/periphery.md. Work: O(rows · columns) per sweep, in a fixed order, the same bits on every vector width.
/// </remarks>
public sealed class WireAttenuation : IDisposable
{
    /// <summary>Sweeps unless others are asked for.</summary>
    public const int DefaultSweeps = 3;

    private readonly Arena _arena;
    private readonly LineConstants _wordLine;
    private readonly LineConstants _bitLine;
    private readonly int _largestRows;
    private readonly int _largestColumns;
    private readonly Orientation _byRow;
    private readonly Orientation _byColumn;
    private readonly Field<float> _scratch;

    /// <summary>Makes room for arrays up to a size.</summary>
    /// <param name="rows">Most word lines, at least 1.</param>
    /// <param name="columns">Most bit lines, at least 1.</param>
    /// <param name="wires">Resistances.</param>
    /// <param name="sweeps">Sweeps, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An extent or the number of sweeps is not positive.</exception>
    public WireAttenuation(int rows, int columns, WireResistance wires, int sweeps = DefaultSweeps)
    {
        ArgumentNullException.ThrowIfNull(wires);
        Require.That(rows > 0, rows, "1 or more", nameof(rows));
        Require.That(columns > 0, columns, "1 or more", nameof(columns));
        Require.That(sweeps > 0, sweeps, "1 or more", nameof(sweeps));
        (_largestRows, _largestColumns, Sweeps) = (rows, columns, sweeps);
        (_wordLine, _bitLine) = (Constants(wires.WordLine), Constants(wires.BitLine));
        ArenaLayout layout = new();
        _byRow = Orientation.AddTo(layout, "by_row", rows, columns);
        _byColumn = Orientation.AddTo(layout, "by_column", columns, rows);
        int scratch = Math.Max(WireKernels.ScratchLength(rows, Orientation.Padded(columns)), WireKernels.ScratchLength(columns, Orientation.Padded(rows)));
        _scratch = layout.Add<float>("scratch", FieldRole.Transient, scratch);
        _arena = new Arena(layout);
    }

    /// <summary>Sweeps over all lines.</summary>
    public int Sweeps { get; }

    /// <summary>Estimates the attenuations of an array; allocates nothing.</summary>
    /// <param name="conductances">G in siemens, row-major [rows, columns], not negative; NaN and infinity spread.</param>
    /// <param name="rows">Word lines, at most those made room for.</param>
    /// <param name="columns">Bit lines, at most those made room for.</param>
    /// <param name="attenuation">Receives the attenuations in the same order: 1 without wire resistance, down to about 0.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The array is larger than there is room for.</exception>
    public void Compute(ReadOnlySpan<float> conductances, int rows, int columns, Span<float> attenuation)
    {
        RequireExtent.Between(rows, 1, _largestRows, nameof(rows));
        RequireExtent.Between(columns, 1, _largestColumns, nameof(columns));
        RequireExtent.Length(conductances.Length, rows * columns, nameof(conductances));
        RequireExtent.Length(attenuation.Length, rows * columns, nameof(attenuation));
        Lines bitLines = _byRow.Take(_arena, rows, columns);
        Lines wordLines = _byColumn.Take(_arena, columns, rows);
        for (int row = 0; row < rows; row++)
        {
            conductances.Slice(row * columns, columns).CopyTo(bitLines.Conductance[(row * bitLines.Stride)..]);
        }

        WireKernels.Transpose(conductances, rows, columns, columns, wordLines.Conductance, wordLines.Stride);
        Span<float> scratch = _arena.Span(_scratch);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            WireKernels.LineDrops(wordLines.Conductance, wordLines.Crossing, wordLines.Stride, _wordLine, isFromLast: false, wordLines.Own, scratch);
            WireKernels.Transpose(wordLines.Own, columns, rows, wordLines.Stride, bitLines.Crossing, bitLines.Stride);
            WireKernels.LineDrops(bitLines.Conductance, bitLines.Crossing, bitLines.Stride, _bitLine, isFromLast: true, bitLines.Own, scratch);
            WireKernels.Transpose(bitLines.Own, rows, columns, bitLines.Stride, wordLines.Crossing, wordLines.Stride);
        }

        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> wordLineDrops = bitLines.Crossing.Slice(row * bitLines.Stride, columns);
            ReadOnlySpan<float> bitLineDrops = bitLines.Own.Slice(row * bitLines.Stride, columns);
            Span<float> destination = attenuation.Slice(row * columns, columns);
            for (int column = 0; column < columns; column++)
            {
                destination[column] = 1f - wordLineDrops[column] - bitLineDrops[column];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _arena.Dispose();

    private static LineConstants Constants(LineResistance line) => new((float)line.Segment, (float)line.Lead, line.IsBothEnded);

    /// <summary>Conductances and drops of lines that lie side by side.</summary>
    private readonly ref struct Lines(Span<float> conductance, Span<float> crossing, Span<float> own, int stride)
    {
        internal Span<float> Conductance { get; } = conductance;

        internal Span<float> Crossing { get; } = crossing;

        internal Span<float> Own { get; } = own;

        internal int Stride { get; } = stride;
    }

    private readonly record struct Orientation(Field<float> Conductance, Field<float> Crossing, Field<float> Own)
    {
        internal static int Padded(int lines) => (lines + 15) / 16 * 16;

        internal static Orientation AddTo(ArenaLayout layout, string name, int positions, int lines) => new(
            layout.Add<float>($"{name}.conductance", FieldRole.Transient, positions, Padded(lines)),
            layout.Add<float>($"{name}.crossing_drops", FieldRole.Transient, positions, Padded(lines)),
            layout.Add<float>($"{name}.own_drops", FieldRole.Transient, positions, Padded(lines)));

        /// <summary>Cleared memory for an array.</summary>
        internal Lines Take(Arena arena, int positions, int lines)
        {
            int stride = Padded(lines);
            Lines taken = new(
                arena.Span(Conductance)[..(positions * stride)],
                arena.Span(Crossing)[..(positions * stride)],
                arena.Span(Own)[..(positions * stride)],
                stride);
            taken.Conductance.Clear();
            taken.Crossing.Clear();
            return taken;
        }
    }
}
