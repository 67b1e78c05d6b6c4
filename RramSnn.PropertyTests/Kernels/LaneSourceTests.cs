using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class LaneSourceTests
{
    [Theory]
    [InlineData(512, "16", "Avx512F", "Avx512F")]
    [InlineData(128, "4", "Sse2", "Avx512F.VL")]
    public void The_lane_types_differ_in_nothing_but_their_width(int width, string lanes, string instructions, string packing)
    {
        string? solution = Repository.Find("RramSnn.sln");
        Assert.SkipWhen(solution is null, "Not inside a checkout.");
        string folder = Path.Combine(Path.GetDirectoryName(solution)!, "RramSnn.Kernels", "Simd");
        string expected = File.ReadAllText(Path.Combine(folder, "Lanes256.cs"))
            .Replace("256", $"{width}", StringComparison.Ordinal)
            .Replace("<summary>8 lanes", $"<summary>{lanes} lanes", StringComparison.Ordinal)
            .Replace("Avx512F.VL", packing, StringComparison.Ordinal)
            .Replace("Avx2", instructions, StringComparison.Ordinal);
        Assert.Equal(expected, File.ReadAllText(Path.Combine(folder, $"Lanes{width}.cs")));
    }
}
