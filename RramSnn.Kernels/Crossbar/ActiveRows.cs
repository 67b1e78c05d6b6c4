using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Crossbar;

/// <summary>
/// The word lines that take part in a step, in ascending order: inputs that spiked, or inputs whose trace is not zero.
/// </summary>
/// <remarks>
/// Made only by the two factories. The lists live in the caller's scratch memory, which must stay untouched while this value
/// is in use: a list that was changed gives wrong results, or an exception where an index left the crossbar.
/// </remarks>
public readonly ref struct ActiveRows
{
    private ActiveRows(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, ReadOnlySpan<float> inputs, int traceCount, float valueSum, float largestValue, int rowCount)
    {
        Rows = rows;
        Values = values;
        Inputs = inputs;
        TraceCount = traceCount;
        ValueSum = valueSum;
        LargestValue = largestValue;
        RowCount = rowCount;
    }

    /// <summary>Indices of the active word lines, ascending.</summary>
    public ReadOnlySpan<int> Rows { get; }

    /// <summary>Trace of each active word line; empty for spikes.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Coming input of each active word line; empty unless made by <see cref="FromTraceAndInput"/>.</summary>
    public ReadOnlySpan<float> Inputs { get; }

    /// <summary>Number of active word lines whose trace is not zero.</summary>
    public int TraceCount { get; }

    /// <summary>Sum of <see cref="Values"/>, added in ascending order.</summary>
    public float ValueSum { get; }

    /// <summary>The largest of <see cref="Values"/>, at least 0.</summary>
    internal float LargestValue { get; }

    /// <summary>Word lines of the crossbar that the indices belong to.</summary>
    public int RowCount { get; }

    /// <summary>Number of active word lines.</summary>
    public int Count => Rows.Length;

    /// <summary>Throws if an index lies outside the crossbar, which only a change of the scratch memory can bring about.</summary>
    internal void Check()
    {
        // As unsigned numbers, so that negative indices come out on top.
        ReadOnlySpan<uint> rows = MemoryMarshal.Cast<int, uint>(Rows);
        if (!rows.IsEmpty && TensorPrimitives.Max(rows) >= (uint)RowCount)
        {
            throw new ArgumentException($"active holds a row beyond {RowCount}; expected its scratch memory to be untouched.", "active");
        }
    }

    /// <summary>Throws if a kernel would write over the lists.</summary>
    /// <param name="written">What it writes.</param>
    /// <param name="argument">Name of that.</param>
    internal void CheckApart(ReadOnlySpan<float> written, string argument)
    {
        KernelThrow.IfOverlap(Rows, written, argument);
        KernelThrow.IfOverlap(Values, written, argument);
        KernelThrow.IfOverlap(Inputs, written, argument);
    }

    /// <summary>Lists the set bits of a spike mask.</summary>
    /// <param name="spikes">One bit per word line, 64 to a word, lowest first; bits at and beyond <paramref name="rowCount"/> are ignored.</param>
    /// <param name="rowCount">Word lines of the crossbar.</param>
    /// <param name="rowScratch">Receives the indices; at least <paramref name="rowCount"/> long.</param>
    /// <exception cref="ArgumentException">A span is too short, or they overlap.</exception>
    public static ActiveRows FromSpikes(ReadOnlySpan<ulong> spikes, int rowCount, Span<int> rowScratch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        int words = (int)(((uint)rowCount + 63) / 64);
        KernelThrow.IfShorter(spikes.Length, words, nameof(spikes));
        KernelThrow.IfShorter(rowScratch.Length, rowCount, nameof(rowScratch));
        KernelThrow.IfOverlap<ulong, int>(spikes, rowScratch, nameof(rowScratch));
        int count = 0;
        ref int destination = ref MemoryMarshal.GetReference(rowScratch);
        for (int word = 0; word < words; word++)
        {
            ulong bits = spikes[word];
            if (word == words - 1 && rowCount % 64 != 0)
            {
                bits &= (1ul << (rowCount % 64)) - 1;
            }

            for (; bits != 0; bits &= bits - 1)
            {
                Unsafe.Add(ref destination, count++) = (word * 64) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return new ActiveRows(rowScratch[..count], [], [], 0, 0f, 0f, rowCount);
    }

    /// <summary>Lists the non-zero elements of a trace.</summary>
    /// <param name="trace">One value per word line; the length is a multiple of 16, elements at and beyond <paramref name="rowCount"/> are zero.</param>
    /// <param name="rowCount">Word lines of the crossbar.</param>
    /// <param name="rowScratch">Receives the indices; as long as <paramref name="trace"/>.</param>
    /// <param name="valueScratch">Receives the values; as long as <paramref name="trace"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit, or spans overlap; <paramref name="valueScratch"/> may be <paramref name="trace"/> itself.</exception>
    public static ActiveRows FromTrace(ReadOnlySpan<float> trace, int rowCount, Span<int> rowScratch, Span<float> valueScratch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        KernelThrow.IfNotMultiple(trace.Length, KernelThrow.LaneBlock, nameof(trace));
        KernelThrow.IfShorter(trace.Length, rowCount, nameof(trace));
        KernelThrow.IfShorter(rowScratch.Length, trace.Length, nameof(rowScratch));
        KernelThrow.IfShorter(valueScratch.Length, trace.Length, nameof(valueScratch));
        KernelThrow.IfPartialOverlap(trace, valueScratch, nameof(valueScratch));
        KernelThrow.IfOverlap<float, int>(trace, rowScratch, nameof(rowScratch));
        KernelThrow.IfOverlap<float, int>(valueScratch, rowScratch, nameof(rowScratch));
        return Compact<NoInput>(trace, [], rowCount, rowScratch, valueScratch, []);
    }

    /// <summary>Lists the word lines that have a trace or a coming input: those that a fused update and product has to visit.</summary>
    /// <param name="trace">One value per word line; the length is a multiple of 16, elements at and beyond <paramref name="rowCount"/> are zero.</param>
    /// <param name="input">Input of the coming step, as long as <paramref name="trace"/>.</param>
    /// <param name="rowCount">Word lines of the crossbar.</param>
    /// <param name="rowScratch">Receives the indices; as long as <paramref name="trace"/>.</param>
    /// <param name="valueScratch">Receives the traces; as long as <paramref name="trace"/>.</param>
    /// <param name="inputScratch">Receives the inputs; as long as <paramref name="trace"/>.</param>
    /// <exception cref="ArgumentException">
    /// A length does not fit, or spans overlap; <paramref name="valueScratch"/> may be <paramref name="trace"/> itself, and <paramref name="inputScratch"/> the input.
    /// </exception>
    public static ActiveRows FromTraceAndInput(
        ReadOnlySpan<float> trace, ReadOnlySpan<float> input, int rowCount, Span<int> rowScratch, Span<float> valueScratch, Span<float> inputScratch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        KernelThrow.IfNotMultiple(trace.Length, KernelThrow.LaneBlock, nameof(trace));
        KernelThrow.IfLengthDiffers(input.Length, trace.Length, nameof(input));
        KernelThrow.IfShorter(trace.Length, rowCount, nameof(trace));
        KernelThrow.IfShorter(rowScratch.Length, trace.Length, nameof(rowScratch));
        KernelThrow.IfShorter(valueScratch.Length, trace.Length, nameof(valueScratch));
        KernelThrow.IfShorter(inputScratch.Length, trace.Length, nameof(inputScratch));
        KernelThrow.IfPartialOverlap(trace, valueScratch, nameof(valueScratch));
        KernelThrow.IfPartialOverlap(input, inputScratch, nameof(inputScratch));
        KernelThrow.IfOverlap<float, float>(trace, inputScratch, nameof(inputScratch));
        KernelThrow.IfOverlap<float, float>(input, valueScratch, nameof(valueScratch));
        KernelThrow.IfOverlap<float, float>(valueScratch, inputScratch, nameof(inputScratch));
        KernelThrow.IfOverlap<float, int>(trace, rowScratch, nameof(rowScratch));
        KernelThrow.IfOverlap<float, int>(input, rowScratch, nameof(rowScratch));
        KernelThrow.IfOverlap<float, int>(valueScratch, rowScratch, nameof(rowScratch));
        KernelThrow.IfOverlap<float, int>(inputScratch, rowScratch, nameof(rowScratch));
        return Compact<WithInput>(trace, input, rowCount, rowScratch, valueScratch, inputScratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ActiveRows Compact<TInput>(
        ReadOnlySpan<float> trace, ReadOnlySpan<float> input, int rowCount, Span<int> rowScratch, Span<float> valueScratch, Span<float> inputScratch)
        where TInput : struct
    {
        int count = 0;
        int traces = 0;
        float sum = 0f;
        float largest = 0f;
        scoped CompactKernel<TInput> kernel = default;
        kernel.Trace = ref MemoryMarshal.GetReference(trace);
        kernel.Input = ref MemoryMarshal.GetReference(input);
        kernel.Length = (nuint)trace.Length;
        kernel.RowLimit = rowCount;
        kernel.Rows = ref MemoryMarshal.GetReference(rowScratch);
        kernel.Values = ref MemoryMarshal.GetReference(valueScratch);
        kernel.Inputs = ref MemoryMarshal.GetReference(inputScratch);
        kernel.Count = ref count;
        kernel.Traces = ref traces;
        kernel.Sum = ref sum;
        kernel.Largest = ref largest;
        VectorDispatch.Run(ref kernel);
        ReadOnlySpan<float> inputs = typeof(TInput) == typeof(WithInput) ? inputScratch[..count] : [];
        return new ActiveRows(rowScratch[..count], valueScratch[..count], inputs, traces, sum, largest, rowCount);
    }

    internal ref struct CompactKernel<TInput> : IVectorKernel
        where TInput : struct
    {
        internal ref readonly float Trace;
        internal ref readonly float Input;
        internal nuint Length;
        internal int RowLimit;
        internal ref int Rows;
        internal ref float Values;
        internal ref float Inputs;
        internal ref int Count;
        internal ref int Traces;
        internal ref float Sum;
        internal ref float Largest;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            // Fields would be loaded anew after every store.
            ref readonly float firstTrace = ref Trace;
            ref readonly float firstInput = ref Input;
            ref float rows = ref Unsafe.As<int, float>(ref Rows);
            ref float values = ref Values;
            ref float inputs = ref Inputs;
            nuint length = Length;
            int rowLimit = RowLimit;
            int count = 0;
            int traces = 0;
            float sum = 0f;
            TLanes zero = TLanes.Broadcast(0f);
            TLanes largest = zero;
            TLanes row = TLanes.LaneIndex;
            for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
            {
                TLanes trace = TLanes.Load(in firstTrace, i);
                TLanes hasTrace = TLanes.NotEqual(trace, zero);
                TLanes isActive = hasTrace;
                largest = TLanes.Max(trace, largest);
                if (typeof(TInput) == typeof(WithInput))
                {
                    isActive |= TLanes.NotEqual(TLanes.Load(in firstInput, i), zero);
                }

                int rowsLeft = rowLimit - (int)i;
                if (rowsLeft < TLanes.Count)
                {
                    TLanes isRow = TLanes.MaskFromBits((1u << Math.Max(rowsLeft, 0)) - 1);
                    hasTrace &= isRow;
                    isActive &= isRow;
                }

                uint bits = TLanes.BitsFromMask(isActive);
                traces += BitOperations.PopCount(typeof(TInput) == typeof(WithInput) ? TLanes.BitsFromMask(hasTrace) : bits);
                if (TLanes.PacksAtOnce)
                {
                    // Single bits are a branch each that nobody can predict. What is stored behind the packed lanes lies no further than what was
                    // read already, so that a list may replace its trace.
                    TLanes.Store(TLanes.Pack(row, isActive), ref rows, (nuint)(uint)count);
                    if (typeof(TInput) == typeof(WithInput))
                    {
                        TLanes.Store(TLanes.Pack(TLanes.Load(in firstInput, i), isActive), ref inputs, (nuint)(uint)count);
                    }

                    TLanes.Store(TLanes.Pack(trace, isActive), ref values, (nuint)(uint)count);
                    row = TLanes.AddInteger(row, TLanes.BroadcastInteger((uint)TLanes.Count));
                    count += BitOperations.PopCount(bits);
                    continue;
                }

                for (; bits != 0; bits &= bits - 1)
                {
                    int index = (int)i + BitOperations.TrailingZeroCount(bits);
                    float value = Unsafe.Add(ref Unsafe.AsRef(in firstTrace), index);
                    Unsafe.As<float, int>(ref Unsafe.Add(ref rows, count)) = index;
                    Unsafe.Add(ref values, count) = value;
                    if (typeof(TInput) == typeof(WithInput))
                    {
                        Unsafe.Add(ref inputs, count) = Unsafe.Add(ref Unsafe.AsRef(in firstInput), index);
                    }

                    count++;
                }
            }

            for (int k = 0; k < count; k++)
            {
                sum += Unsafe.Add(ref values, k);
            }

            Count = count;
            Traces = traces;
            Sum = sum;
            Span<float> lanes = stackalloc float[16];
            TLanes.Store(largest, ref MemoryMarshal.GetReference(lanes), 0);
            Largest = TensorPrimitives.Max<float>(lanes[..TLanes.Count]);
        }
    }

    internal readonly struct NoInput;

    internal readonly struct WithInput;
}
