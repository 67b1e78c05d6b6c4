namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Distance between the samples of a batch.</summary>
internal static class BatchStride
{
    private const int Line = 16;
    private const int SameSet = 1024;

    /// <summary>The row length, or a line more where rows would fall into the same cache sets.</summary>
    internal static int Of(int rows) => rows % SameSet == 0 ? rows + Line : rows;
}
