namespace RramSnn.Data;

/// <summary>The content of an IDX file: as many values as the product of the dimensions, the last of which varies fastest.</summary>
internal readonly struct IdxArray(int[] dimensions, byte[] values)
{
    internal int[] Dimensions { get; } = dimensions;

    internal byte[] Values { get; } = values;
}
