using RramSnn.Kernels.Memory;

namespace RramSnn.Kernels.Crossbar;

/// <summary>
/// The weights that follow the block of word lines which a batched product works on. The block's tiles ask for them in equal shares, at most a line per
/// step, so that memory works beside the arithmetic.
/// </summary>
/// <remarks>
/// Small batches have too few steps to ask for every line: they ask for the first part. Where the weights come in several arrays, the tiles take turns.
/// </remarks>
internal struct ComingBlock
{
    private nuint _last;
    private int _arrays;

    /// <summary>Floats from step to step; 0 if there is nothing to ask for, or nothing more.</summary>
    internal nuint Stride { get; private set; }

    /// <summary>Where the next tile begins to ask.</summary>
    internal nuint Position { get; private set; }

    /// <summary>The array that it asks in.</summary>
    internal int Array { get; private set; }

    /// <summary>What follows a block.</summary>
    /// <param name="start">Where the weights that follow start.</param>
    /// <param name="length">Their number, also that of a shorter block before the end of the matrix.</param>
    /// <param name="arrays">Arrays that hold them.</param>
    /// <param name="tiles">Tiles of the present block.</param>
    /// <param name="steps">Steps of each of its tiles.</param>
    internal static ComingBlock After(nuint start, nuint length, int arrays, nuint tiles, nuint steps)
    {
        nuint share = (((nuint)arrays * length) + (tiles * steps) - 1) / (tiles * steps);
        nuint stride = Math.Min(Math.Min(share, Prefetch.LineFloats), length / steps);
        return new() { Stride = stride, Position = start, _last = start + length - (stride * steps), _arrays = arrays };
    }

    /// <summary>To the share of the next tile.</summary>
    internal void Advance(nuint steps)
    {
        if (++Array < _arrays)
        {
            return;
        }

        Array = 0;
        if (Position == _last)
        {
            Stride = 0;
        }

        Position = Math.Min(Position + (Stride * steps), _last);
    }
}
