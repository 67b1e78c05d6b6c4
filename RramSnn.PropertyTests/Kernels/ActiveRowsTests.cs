using System.Runtime.InteropServices;
using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ActiveRowsTests
{
    [Property(MaxTest = 100)]
    public bool Spikes_list_their_set_bits_in_order(ushort rows, int seed)
    {
        int rowCount = rows % 300;
        ulong[] spikes = Numbers.Spikes(0.4, ((rowCount + 63) / 64) + (seed & 1), seed);
        ActiveRows active = ActiveRows.FromSpikes(spikes, rowCount, new int[rowCount]);
        int[] expected = [.. Enumerable.Range(0, rowCount).Where(row => ((spikes[row / 64] >> (row % 64)) & 1) != 0)];
        return active.Rows.SequenceEqual(expected)
            && (active.Count, active.RowCount, active.Values.Length, active.ValueSum) == (expected.Length, rowCount, 0, 0f);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 63)]
    [InlineData(64, 64)]
    [InlineData(65, 65)]
    [InlineData(0, 0)]
    public void Bits_beyond_the_last_row_are_ignored(int rowCount, int expected)
    {
        ulong[] all = [ulong.MaxValue, ulong.MaxValue];
        Assert.Equal(expected, ActiveRows.FromSpikes(all, rowCount, new int[rowCount]).Count);
    }

    [Property(MaxTest = 100)]
    public bool A_trace_lists_its_non_zero_elements_and_their_sum(byte blocks, int seed)
    {
        float[] trace = Numbers.Sparse(0f, 2f, 0.5, 16 * (blocks % 9), seed);
        ActiveRows active = ActiveRows.FromTrace(trace, trace.Length, new int[trace.Length], new float[trace.Length]);
        int[] rows = [.. Enumerable.Range(0, trace.Length).Where(row => trace[row] != 0)];
        float sum = 0f;
        foreach (int row in rows)
        {
            sum += trace[row];
        }

        return active.Rows.SequenceEqual(rows)
            && active.Values.SequenceEqual([.. rows.Select(row => trace[row])])
            && active.ValueSum == sum
            && active.RowCount == trace.Length;
    }

    [Property(MaxTest = 100)]
    public bool A_trace_and_an_input_list_the_rows_that_have_either(byte blocks, byte missing, int seed)
    {
        float[] trace = Numbers.Sparse(0f, 2f, 0.6, 16 * (1 + (blocks % 8)), seed);
        float[] input = Numbers.Sparse(-2f, 2f, 0.6, trace.Length, seed + 1);
        int rowCount = trace.Length - (missing % 16);
        int[] rows = [.. Enumerable.Range(0, rowCount).Where(row => trace[row] != 0 || input[row] != 0)];
        float[] values = [.. rows.Select(row => trace[row])];
        float sum = 0f;
        Array.ForEach(values, value => sum += value);
        bool isFine = true;
        foreach (bool inPlace in new[] { false, true })
        {
            (float[] traceCopy, float[] inputCopy) = ([.. trace], [.. input]);
            float[] valueScratch = inPlace ? traceCopy : new float[trace.Length];
            float[] inputScratch = inPlace ? inputCopy : new float[trace.Length];
            ActiveRows active = ActiveRows.FromTraceAndInput(traceCopy, inputCopy, rowCount, new int[trace.Length], valueScratch, inputScratch);
            isFine &= active.Rows.SequenceEqual(rows)
                && active.Values.SequenceEqual(values)
                && active.Inputs.SequenceEqual([.. rows.Select(row => input[row])])
                && (active.TraceCount, active.ValueSum, active.RowCount) == (values.Count(static value => value != 0), sum, rowCount);
        }

        return isFine;
    }

    [Fact]
    public void What_lies_beyond_the_last_row_is_not_read()
    {
        float[] trace = new float[16];
        trace[2] = 1f;
        trace.AsSpan(5).Fill(float.NaN);
        ActiveRows active = ActiveRows.FromTraceAndInput(trace, trace, 5, new int[16], new float[16], new float[16]);
        Assert.Equal([2], active.Rows.ToArray());
        Assert.Equal((1, 1f), (active.TraceCount, active.ValueSum));
    }

    [Fact]
    public void Rows_of_a_trace_beyond_the_last_row_are_ignored()
    {
        float[] trace = new float[48];
        trace.AsSpan().Fill(0.5f);
        for (int rowCount = 0; rowCount <= trace.Length; rowCount++)
        {
            ActiveRows active = ActiveRows.FromTrace(trace, rowCount, new int[48], new float[48]);
            Assert.Equal(Enumerable.Range(0, rowCount), active.Rows.ToArray());
            Assert.Equal(rowCount * 0.5f, active.ValueSum);
        }
    }

    [Fact]
    public void Negative_zero_is_no_trace_and_the_smallest_number_is_one()
    {
        float[] trace = new float[16];
        trace[3] = -0f;
        trace[7] = float.Epsilon;
        Assert.Equal([7], ActiveRows.FromTrace(trace, 16, new int[16], new float[16]).Rows.ToArray());
    }

    [Fact]
    public void Every_width_lists_the_same_rows()
    {
        float[] trace = Numbers.Sparse(0f, 1f, 0.4, 16 * 7, 11);
        ActiveRows expected = ActiveRows.FromTrace(trace, 100, new int[trace.Length], new float[trace.Length]);
        foreach (int width in Widths.InBits)
        {
            int[] rows = new int[trace.Length];
            float[] values = new float[trace.Length];
            int count = 0;
            int traces = 0;
            float sum = 0f;
            float largest = 0f;
            Widths.Run(width, new ActiveRows.CompactKernel<ActiveRows.NoInput>
            {
                Trace = ref trace[0],
                Length = (nuint)trace.Length,
                RowLimit = 100,
                Rows = ref rows[0],
                Values = ref values[0],
                Count = ref count,
                Traces = ref traces,
                Sum = ref sum,
                Largest = ref largest,
            });
            Assert.Equal(expected.Values.ToArray().Max(), largest);
            BitwiseAssert.Equal(expected.Rows, rows.AsSpan(0, count), $"rows, {width} bits");
            BitwiseAssert.Equal(expected.Values, values.AsSpan(0, count), $"values, {width} bits");
            BitwiseAssert.Equal([expected.ValueSum], [sum], $"sum, {width} bits");
            Assert.Equal(expected.TraceCount, traces);
        }
    }

    [Fact]
    public void Every_width_lists_the_same_rows_of_trace_and_input()
    {
        float[] trace = Numbers.Sparse(0f, 1f, 0.6, 16 * 7, 11);
        float[] input = Numbers.Sparse(-1f, 1f, 0.6, trace.Length, 12);
        ActiveRows expected = ActiveRows.FromTraceAndInput(trace, input, 100, new int[trace.Length], new float[trace.Length], new float[trace.Length]);
        foreach (int width in Widths.InBits)
        {
            int[] rows = new int[trace.Length];
            float[] values = new float[trace.Length];
            float[] inputs = new float[trace.Length];
            (int count, int traces, float sum, float largest) = (0, 0, 0f, 0f);
            Widths.Run(width, new ActiveRows.CompactKernel<ActiveRows.WithInput>
            {
                Trace = ref trace[0],
                Input = ref input[0],
                Length = (nuint)trace.Length,
                RowLimit = 100,
                Rows = ref rows[0],
                Values = ref values[0],
                Inputs = ref inputs[0],
                Count = ref count,
                Traces = ref traces,
                Sum = ref sum,
                Largest = ref largest,
            });
            Assert.Equal(expected.Values.ToArray().Max(), largest);
            BitwiseAssert.Equal(expected.Rows, rows.AsSpan(0, count), $"rows, {width} bits");
            BitwiseAssert.Equal(expected.Values, values.AsSpan(0, count), $"values, {width} bits");
            BitwiseAssert.Equal(expected.Inputs, inputs.AsSpan(0, count), $"inputs, {width} bits");
            Assert.Equal((expected.TraceCount, expected.ValueSum), (traces, sum));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_factories_never_leave_their_spans(bool guardAfter)
    {
        for (int rows = 0; rows <= 144; rows += 16)
        {
            using GuardedBuffer<float> trace = new(Numbers.Between(1f, 2f, rows, rows), guardAfter);
            using GuardedBuffer<int> list = new(rows, guardAfter);
            using GuardedBuffer<float> values = new(rows, guardAfter);
            using GuardedBuffer<float> inputs = new(rows, guardAfter);
            Assert.Equal(rows, ActiveRows.FromTrace(trace.Span, rows, list.Span, values.Span).Count);
            Assert.Equal(rows, ActiveRows.FromTraceAndInput(trace.Span, trace.Span, rows, list.Span, values.Span, inputs.Span).Count);

            ulong[] all = new ulong[(rows + 63) / 64];
            all.AsSpan().Fill(ulong.MaxValue);
            using GuardedBuffer<ulong> spikes = new(all, guardAfter);
            Assert.Equal(rows, ActiveRows.FromSpikes(spikes.Span, rows, list.Span).Count);
        }
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Rejected.OutOfRange("rowCount", -1, static () => ActiveRows.FromSpikes([], -1, []));
        Rejected.Length("spikes", 1, 2, static () => ActiveRows.FromSpikes(new ulong[1], 65, new int[65]));
        Rejected.Length("rowScratch", 64, 65, static () => ActiveRows.FromSpikes(new ulong[2], 65, new int[64]));
        Rejected.OutOfRange("rowCount", -1, static () => ActiveRows.FromTrace(new float[16], -1, new int[16], new float[16]));
        Rejected.Length("trace", 15, 16, static () => ActiveRows.FromTrace(new float[15], 15, new int[16], new float[16]));
        Rejected.Length("trace", 16, 17, static () => ActiveRows.FromTrace(new float[16], 17, new int[32], new float[32]));
        Rejected.Length("rowScratch", 10, 16, static () => ActiveRows.FromTrace(new float[16], 10, new int[10], new float[16]));
        Rejected.Length("valueScratch", 15, 16, static () => ActiveRows.FromTrace(new float[16], 10, new int[16], new float[15]));
    }

    [Fact]
    public void Wrong_lengths_of_traces_and_inputs_are_refused()
    {
        Rejected.OutOfRange("rowCount", -1, static () => List(-1, 16, 16, 16, 16, 16));
        Rejected.Length("trace", 15, 16, static () => List(15, 15, 15, 16, 16, 16));
        Rejected.Length("input", 32, 16, static () => List(10, 16, 32, 16, 16, 16));
        Rejected.Length("trace", 16, 17, static () => List(17, 16, 16, 16, 16, 16));
        Rejected.Length("rowScratch", 10, 16, static () => List(10, 16, 16, 10, 16, 16));
        Rejected.Length("valueScratch", 12, 16, static () => List(10, 16, 16, 16, 12, 16));
        Rejected.Length("inputScratch", 11, 16, static () => List(10, 16, 16, 16, 16, 11));
    }

    [Fact]
    public void Scratch_memory_may_be_its_own_list_alone()
    {
        float[] block = new float[64];
        Rejected.Overlap("valueScratch", () => ActiveRows.FromTrace(block.AsSpan(0, 16), 16, new int[16], block.AsSpan(1, 16)));
        Rejected.Overlap("valueScratch", () => List(block.AsSpan(0, 16), new float[16], block.AsSpan(8, 16), new float[16]));
        Rejected.Overlap("valueScratch", () => List(new float[16], block.AsSpan(0, 16), block.AsSpan(0, 16), new float[16]));
        Rejected.Overlap("inputScratch", () => List(new float[16], block.AsSpan(0, 16), new float[16], block.AsSpan(15, 16)));
        Rejected.Overlap("inputScratch", () => List(block.AsSpan(0, 16), new float[16], new float[16], block.AsSpan(0, 16)));
        Rejected.Overlap("inputScratch", () => List(new float[16], new float[16], block.AsSpan(0, 16), block.AsSpan(0, 16)));
    }

    [Fact]
    public void Row_numbers_need_memory_of_their_own()
    {
        float[] block = new float[64];
        float[] free = new float[16];
        Rejected.Overlap("rowScratch", () => ActiveRows.FromSpikes(MemoryMarshal.Cast<float, ulong>(block.AsSpan(0, 2)), 64, Rows(block, 0, 64)));
        Rejected.Overlap("rowScratch", () => ActiveRows.FromTrace(block.AsSpan(0, 16), 16, Rows(block, 0, 16), free));
        Rejected.Overlap("rowScratch", () => ActiveRows.FromTrace(free, 16, Rows(block, 0, 16), block.AsSpan(15, 16)));
        Rejected.Overlap("rowScratch", () => ActiveRows.FromTraceAndInput(block.AsSpan(0, 16), new float[16], 16, Rows(block, 0, 16), free, new float[16]));
        Rejected.Overlap("rowScratch", () => ActiveRows.FromTraceAndInput(new float[16], block.AsSpan(0, 16), 16, Rows(block, 0, 16), free, new float[16]));
        Rejected.Overlap("rowScratch", () => ActiveRows.FromTraceAndInput(new float[16], new float[16], 16, Rows(block, 0, 16), block.AsSpan(8, 16), free));
        Rejected.Overlap("rowScratch", () => ActiveRows.FromTraceAndInput(new float[16], new float[16], 16, Rows(block, 0, 16), free, block.AsSpan(8, 16)));
    }

    [Fact]
    public void The_largest_number_of_rows_asks_for_as_many_words()
    {
        Rejected.Length("spikes", 1, 1 << 25, static () => ActiveRows.FromSpikes(new ulong[1], int.MaxValue, new int[1]));
    }

    private static Span<int> Rows(float[] block, int start, int length) => MemoryMarshal.Cast<float, int>(block.AsSpan(start, length));

    private static void List(int rowCount, int trace, int input, int rows, int values, int inputs) =>
        ActiveRows.FromTraceAndInput(new float[trace], new float[input], rowCount, new int[rows], new float[values], new float[inputs]);

    private static void List(ReadOnlySpan<float> trace, ReadOnlySpan<float> input, Span<float> values, Span<float> inputs) =>
        ActiveRows.FromTraceAndInput(trace, input, 16, new int[16], values, inputs);
}
