namespace RramSnn.Model.Layers;

/// <summary>Lengths that the kernels ask for.</summary>
internal static class Padding
{
    /// <summary>Floats of a cache line, lanes of a 512-bit vector.</summary>
    internal const int Line = 16;

    /// <summary>Bits of a spike word.</summary>
    internal const int Word = 64;

    internal static int RoundUp(int value, int multiple) => checked((value + multiple - 1) / multiple * multiple);
}
