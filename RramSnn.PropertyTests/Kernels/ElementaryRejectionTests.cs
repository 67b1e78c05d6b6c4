using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ElementaryRejectionTests
{
    [Fact]
    public void Elementary_functions_refuse_lengths_that_do_not_fit()
    {
        Rejected.Length("x", 15, 16, static () => ElementaryKernels.Exp(new float[15], new float[15]));
        Rejected.Length("y", 32, 16, static () => ElementaryKernels.Exp(new float[16], new float[32]));
        Rejected.Length("x", 1, 16, static () => ElementaryKernels.Log(new float[1], new float[1]));
        Rejected.Length("y", 0, 16, static () => ElementaryKernels.Log(new float[16], []));
    }

    [Fact]
    public void Elementary_functions_refuse_shifted_overlap()
    {
        float[] block = new float[32];
        Rejected.Overlap("y", () => ElementaryKernels.Exp(block.AsSpan(0, 16), block.AsSpan(1, 16)));
        Rejected.Overlap("y", () => ElementaryKernels.Log(block.AsSpan(15, 16), block.AsSpan(0, 16)));
        ElementaryKernels.Exp(block.AsSpan(0, 16), block.AsSpan(16, 16));
    }

    [Fact]
    public void Random_numbers_refuse_lengths_that_do_not_fit()
    {
        Rejected.Length("destination", 63, 64, static () => RandomKernels.Uniform(new float[63], default));
        Rejected.Length("thresholds", 65, 64, static () => RandomKernels.Bernoulli(new uint[65], default, new ulong[1]));
        Rejected.Length("spikes", 1, 2, static () => RandomKernels.Bernoulli(new uint[128], default, new ulong[1]));
        Rejected.OutOfRange("firstBlock", -1, static () => RandomKernels.Bernoulli(new uint[64], default, new ulong[1], -1));
    }

    [Fact]
    public void Empty_spans_are_fine()
    {
        ElementaryKernels.Exp([], []);
        ElementaryKernels.Log([], []);
        RandomKernels.Uniform([], default);
        RandomKernels.Bernoulli([], default, []);
    }
}
