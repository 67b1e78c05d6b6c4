namespace RramSnn.PropertyTests.Support;

/// <summary>Arrays of test numbers, the same on every run.</summary>
internal static class Numbers
{
    /// <summary>Uniform on [low, high).</summary>
    internal static float[] Between(float low, float high, int length, int seed)
    {
        Random random = new(seed);
        float[] values = new float[length];
        foreach (ref float value in values.AsSpan())
        {
            value = low + ((high - low) * random.NextSingle());
        }

        return values;
    }

    /// <summary>As <see cref="Between"/>, but zero with the given probability.</summary>
    internal static float[] Sparse(float low, float high, double zeros, int length, int seed)
    {
        float[] values = Between(low, high, length, seed);
        Random random = new(~seed);
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextDouble() < zeros ? 0f : value;
        }

        return values;
    }

    /// <summary>Rows of numbers with gaps of NaN between them, and none behind the last.</summary>
    internal static float[] Rows(float low, float high, double zeros, int rows, int columns, int gap, int seed)
    {
        float[] values = Sparse(low, high, zeros, (rows * (columns + gap)) - gap, seed);
        for (int row = 1; row < rows; row++)
        {
            values.AsSpan((row * (columns + gap)) - gap, gap).Fill(float.NaN);
        }

        return values;
    }

    /// <summary>Any bit pattern, every fourth one of them a special value.</summary>
    internal static uint[] AnyBits(int length, int seed)
    {
        ReadOnlySpan<uint> special =
        [
            0x0000_0000, 0x8000_0000, 0x3F80_0000, 0xBF80_0000, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0xFFC0_0001, 0x7FFF_FFFF,
            0x0000_0001, 0x8000_0001, 0x007F_FFFF, 0x0080_0000, 0x8080_0000, 0x7F7F_FFFF, 0xFF7F_FFFF, 0x4B00_0000, 0x4B7F_FFFF,
            0x3F00_0000, 0xBF00_0000, 0x3EFF_FFFF, 0x4AFF_FFFF, 0xCAFF_FFFF, 0xFFFF_FFFF,
        ];
        Random random = new(seed);
        uint[] values = new uint[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = random.Next(4) == 0 ? special[random.Next(special.Length)] : (uint)random.NextInt64(1L << 32);
        }

        return values;
    }

    /// <summary>Spike words in which each bit is set with the given probability.</summary>
    internal static ulong[] Spikes(double probability, int words, int seed)
    {
        Random random = new(seed);
        ulong[] values = new ulong[words];
        foreach (ref ulong value in values.AsSpan())
        {
            for (int bit = 0; bit < 64; bit++)
            {
                value |= random.NextDouble() < probability ? 1ul << bit : 0;
            }
        }

        return values;
    }
}
