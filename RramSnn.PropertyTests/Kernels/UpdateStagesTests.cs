using System.Runtime.CompilerServices;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>What the stages of an update hand on, and what they ask memory for.</summary>
public sealed class UpdateStagesTests
{
    private const int Devices = BlockScratch.Rows * CrossbarLayout.PanelWidth;

    /// <summary>A wrong place to ask for changes no result.</summary>
    [Theory]
    [InlineData(3, false, new[] { 1, 2, 2 })]
    [InlineData(3, true, new[] { 1, 0, 0 })]
    [InlineData(1, false, new[] { 0 })]
    [InlineData(1, true, new[] { 0 })]
    public void The_next_panel_is_the_one_whose_turn_comes(int panels, bool descends, int[] expected)
    {
        UpdateKernel<SoftBounds, PolarityGain, ContinuousPulses, NoNoise, NoProduct> kernel = default;
        kernel.PanelLength = 5 * CrossbarLayout.PanelWidth;
        kernel.PaddedColumns = (nuint)panels * CrossbarLayout.PanelWidth;
        kernel.Descends = descends;
        for (int panel = 0; panel < panels; panel++)
        {
            Assert.Equal((nuint)expected[panel] * kernel.PanelLength, kernel.NextStart((nuint)panel * CrossbarLayout.PanelWidth));
        }
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public void Each_row_to_come_is_asked_for_by_one_of_the_stages_that_run(bool hashes, bool draws, bool damps)
    {
        (UpdateStage Stage, bool Runs)[] stages =
            [(UpdateStage.Hash, hashes), (UpdateStage.Draw, draws), (UpdateStage.Damp, damps), (UpdateStage.Write, true)];
        for (nuint row = 0; row < 4; row++)
        {
            Assert.Single(stages, stage => stage.Runs && UpdateStages.Asks(stage.Stage, row, hashes, draws, damps));
        }
    }

    [Fact]
    public void Regions_of_a_block_lie_within_its_memory_and_apart_wherever_it_begins()
    {
        // Longer by some floats, the memory begins at every place within a line.
        for (int more = 0; more < 16; more++)
        {
            using GuardedBuffer<float> memory = new(BlockScratch.Length + more, guardAfter: true);
            BlockScratch scratch = new(memory.Span[..BlockScratch.Length]);
            long[] starts = [Place(memory, ref scratch.Counts), Place(memory, ref scratch.Deviates), Place(memory, ref scratch.Dampings)];
            Assert.True(starts[0] >= 0 && starts[0] + Devices <= starts[1] && starts[1] + Devices <= starts[2] && starts[2] + Devices <= BlockScratch.Length);
            BlockScratch rest = scratch.From(300);
            Assert.Equal(
                [.. starts.Select(static start => start + 300)], new[] { Place(memory, ref rest.Counts), Place(memory, ref rest.Deviates), Place(memory, ref rest.Dampings) });
        }
    }

    private static long Place(GuardedBuffer<float> memory, ref float region) => Unsafe.ByteOffset(ref memory.Span[0], ref region) / sizeof(float);
}
