using RramSnn.Kernels.Random;

namespace RramSnn.PropertyTests.Support;

/// <summary>Philox4x32-10 written down from its publication, one block at a time.</summary>
internal static class PhiloxReference
{
    /// <summary>The four words of a counter.</summary>
    internal static uint[] Block(uint[] counter, uint[] key)
    {
        (uint c0, uint c1, uint c2, uint c3) = (counter[0], counter[1], counter[2], counter[3]);
        (uint k0, uint k1) = (key[0], key[1]);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53ul * c0;
            ulong p1 = 0xCD9E8D57ul * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 = unchecked(k0 + 0x9E3779B9u);
            k1 = unchecked(k1 + 0xBB67AE85u);
        }

        return [c0, c1, c2, c3];
    }

    /// <summary>The words of one element of a stream.</summary>
    internal static uint[] Words(RandomStream stream, uint element) =>
        Block([element, stream.Row, stream.StepLow, stream.PurposeAndStepHigh], [stream.KeyLow, stream.KeyHigh]);

    /// <summary>The uniform number of an index: word w of counter 16·b + c belongs to element 64·b + 16·w + c.</summary>
    internal static float Uniform(RandomStream stream, int index)
    {
        uint counter = (uint)((index / 64 * 16) + (index % 16));
        return (Words(stream, counter)[index % 64 / 16] >> 8) / 16777216f;
    }
}
