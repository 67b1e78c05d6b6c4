using System.Numerics.Tensors;

namespace RramSnn.Model.Periphery;

/// <summary>A solved array: bit line currents and node voltages for any input. Safe to share between threads.</summary>
public sealed class NodalFactor
{
    private readonly TurnedArray _array;
    private readonly double[] _effective;
    private readonly Lazy<KeptElimination> _kept;

    internal NodalFactor(TurnedArray array, double[] effective, int rows, int columns)
    {
        _array = array;
        _effective = effective;
        Rows = rows;
        Columns = columns;
        _kept = new Lazy<KeptElimination>(() => new KeptElimination(array));
    }

    /// <summary>Word lines.</summary>
    public int Rows { get; }

    /// <summary>Bit lines.</summary>
    public int Columns { get; }

    /// <summary>
    /// G_eff in siemens, row-major [rows, columns]: the current of bit line j per volt on word line i, all other inputs at zero volts. The
    /// network is linear, so these numbers are the whole array: I = G_effᵀ v for every input. Without wire resistance G_eff = G.
    /// </summary>
    public ReadOnlySpan<double> EffectiveConductances => _effective;

    /// <summary>I_j = Σᵢ v_i G_eff,ij: one fused multiply-add per cell, i ascending.</summary>
    /// <param name="inputVoltages">Driver voltages, one per word line.</param>
    /// <param name="outputCurrents">Currents into the sense circuits in ampere, one per bit line.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Solve(ReadOnlySpan<double> inputVoltages, Span<double> outputCurrents)
    {
        RequireExtent.Length(inputVoltages.Length, Rows, nameof(inputVoltages));
        RequireExtent.Length(outputCurrents.Length, Columns, nameof(outputCurrents));
        outputCurrents.Clear();
        for (int row = 0; row < Rows; row++)
        {
            TensorPrimitives.FusedMultiplyAdd(_effective.AsSpan(row * Columns, Columns), inputVoltages[row], outputCurrents, outputCurrents);
        }
    }

    /// <summary>Voltage lost at every node: from driver to word line node, and from bit line node to virtual ground.</summary>
    /// <param name="inputVoltages">Driver voltages, one per word line.</param>
    /// <param name="wordLineDrops">d_ij = v_i - voltage of the word line's node, in volt, row-major [rows, columns].</param>
    /// <param name="bitLineRises">e_ij = voltage of the bit line's node, in volt, row-major [rows, columns].</param>
    /// <remarks>
    /// Drops carry all digits where voltages would have lost them; the current of a device is G (v - d - e). The first call repeats the
    /// elimination and keeps what lies behind every line: max(R, C) min(R, C)² doubles for arrays that are about square.
    /// </remarks>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="OverflowException">The array is too large to keep its elimination.</exception>
    public void Drops(ReadOnlySpan<double> inputVoltages, Span<double> wordLineDrops, Span<double> bitLineRises)
    {
        RequireExtent.Length(inputVoltages.Length, Rows, nameof(inputVoltages));
        RequireExtent.Length(wordLineDrops.Length, Rows * Columns, nameof(wordLineDrops));
        RequireExtent.Length(bitLineRises.Length, Rows * Columns, nameof(bitLineRises));
        NodeDrops drops = new(_array, _kept.Value);
        drops.Solve(inputVoltages);
        for (int line = 0; line < _array.Lines; line++)
        {
            for (int node = 0; node < _array.Nodes; node++)
            {
                int index = _array.IndexOf(line, node);
                double taken = drops.Taken[(line * _array.Nodes) + node];
                double crossing = drops.Crossing[(line * _array.Nodes) + node];
                (wordLineDrops[index], bitLineRises[index]) = _array.TakesBitLines ? (crossing, taken) : (taken, crossing);
            }
        }
    }

    /// <summary>Voltages of all nodes.</summary>
    /// <param name="inputVoltages">Driver voltages, one per word line.</param>
    /// <param name="wordLineVoltages">In volt, row-major [rows, columns].</param>
    /// <param name="bitLineVoltages">In volt, row-major [rows, columns].</param>
    /// <remarks>See <see cref="Drops"/>, of which this is the sum with the driver voltages.</remarks>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="OverflowException">The array is too large to keep its elimination.</exception>
    public void Voltages(ReadOnlySpan<double> inputVoltages, Span<double> wordLineVoltages, Span<double> bitLineVoltages)
    {
        Drops(inputVoltages, wordLineVoltages, bitLineVoltages);
        for (int row = 0; row < Rows; row++)
        {
            Span<double> word = wordLineVoltages.Slice(row * Columns, Columns);
            TensorPrimitives.Subtract(inputVoltages[row], word, word);
        }
    }
}
