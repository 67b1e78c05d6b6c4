using RramSnn.Kernels.Random;

namespace RramSnn.PropertyTests.Support;

/// <summary>The random words of a crossbar's cells, written down a second time from docs/numerics.md, one cell at a time.</summary>
internal sealed class CellHashReference
{
    private readonly uint _start;
    private readonly uint _key;

    private CellHashReference(uint start, uint key)
    {
        _start = start;
        _key = key;
    }

    /// <summary>The words that round pulse counts.</summary>
    internal static CellHashReference Rounding(RandomStream stream)
    {
        uint[] words = PhiloxReference.Words(stream, 0);
        return new(words[0], words[1]);
    }

    /// <summary>The words that make cycle noise.</summary>
    internal static CellHashReference Noise(RandomStream stream)
    {
        uint[] words = PhiloxReference.Words(stream, 0);
        return new(words[2], words[3]);
    }

    internal uint Word(int row, int column)
    {
        (uint start, uint key) = Keys(row);
        return Word(start, key, column);
    }

    /// <summary>The word of a column in a row with the given keys.</summary>
    internal static uint Word(uint start, uint key, int column) => Finish(Begin(unchecked(start + (uint)column)) ^ key);

    /// <summary>The two keys of a row.</summary>
    internal (uint Start, uint Key) Keys(int row)
    {
        uint start = Finish(Begin(unchecked(_start + (uint)row)));
        return (start, Finish(Begin(start ^ _key)));
    }

    private static uint Begin(uint x)
    {
        x = unchecked((x ^ (x >> 16)) * 0x21F0_AAADu);
        return x ^ (x >> 15);
    }

    private static uint Finish(uint x)
    {
        x = unchecked(x * 0xD35A_2D97u);
        return x ^ (x >> 15);
    }
}
