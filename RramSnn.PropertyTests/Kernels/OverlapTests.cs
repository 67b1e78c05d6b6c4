using RramSnn.Kernels;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class OverlapTests
{
    private const int Length = 6;

    [Fact]
    public void Spans_are_refused_exactly_where_they_share_memory()
    {
        float[] memory = new float[Length];
        foreach ((int Start, int End) a in Parts())
        {
            foreach ((int Start, int End) b in Parts())
            {
                bool share = a.Start < b.End && b.Start < a.End && a.Start < a.End && b.Start < b.End;
                Exception? refusal = Record.Exception(() => KernelThrow.IfOverlap<float, float>(memory.AsSpan(a.Start..a.End), memory.AsSpan(b.Start..b.End), "b"));
                Assert.True(share == refusal is ArgumentException, $"{a} and {b}: {refusal?.Message ?? "accepted"}");
            }
        }
    }

    [Fact]
    public void Nothing_overlaps_nothing()
    {
        KernelThrow.IfOverlap<float, float>([], [], "b");
        KernelThrow.IfOverlap<float, ulong>(new float[3], [], "b");
        KernelThrow.IfOverlap<ulong, float>([], new float[3], "b");
    }

    private static IEnumerable<(int Start, int End)> Parts() =>
        from start in Enumerable.Range(0, Length + 1)
        from end in Enumerable.Range(start, Length + 1 - start)
        select (start, end);
}
