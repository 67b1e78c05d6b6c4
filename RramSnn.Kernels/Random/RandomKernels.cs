using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Kernels.Random;

/// <summary>Fills memory with random numbers that depend on their index alone.</summary>
/// <remarks>
/// 16 counters give 64 words: word w of counter 16·b + c belongs to element 64·b + 16·w + c, so that one block of lanes
/// holds neighbouring elements on every vector width.
/// </remarks>
public static class RandomKernels
{
    /// <summary>Elements come in blocks of this length.</summary>
    public const int BlockLength = 64;

    private const int CountersPerBlock = 16;

    /// <summary>Probability 1 as a Bernoulli threshold.</summary>
    public const uint CertainThreshold = 1u << 24;

    /// <summary>xᵢ uniform on [0, 1), a multiple of 2⁻²⁴.</summary>
    /// <param name="destination">The numbers; the length is a multiple of 64.</param>
    /// <param name="stream">Names the numbers.</param>
    /// <exception cref="ArgumentException">The length is no multiple of 64.</exception>
    public static void Uniform(Span<float> destination, RandomStream stream) => Fill<UniformNumbers>(destination, stream);

    /// <summary>xᵢ standard normal.</summary>
    /// <typeparam name="TNormal">How bits become a normal draw; <see cref="InverseCdfNormal"/> states its accuracy.</typeparam>
    /// <param name="destination">The numbers; the length is a multiple of 64.</param>
    /// <param name="stream">Names the numbers.</param>
    /// <exception cref="ArgumentException">The length is no multiple of 64.</exception>
    public static void Normal<TNormal>(Span<float> destination, RandomStream stream)
        where TNormal : struct, INormalDraw => Fill<NormalNumbers<TNormal>>(destination, stream);

    /// <summary>Draws spikes: bit i is set with probability thresholdᵢ / 2²⁴.</summary>
    /// <param name="thresholds">Probabilities in units of 2⁻²⁴, 0 to <see cref="CertainThreshold"/>; the length is a multiple of 64.</param>
    /// <param name="stream">Names the numbers.</param>
    /// <param name="spikes">One bit per element, 64 to a word, lowest bit first.</param>
    /// <param name="firstBlock">Block of 64 elements, within the whole vector, that the spans start with.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the spans overlap.</exception>
    public static void Bernoulli(ReadOnlySpan<uint> thresholds, RandomStream stream, Span<ulong> spikes, int firstBlock = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBlock);
        KernelThrow.IfNotMultiple(thresholds.Length, BlockLength, nameof(thresholds));
        KernelThrow.IfLengthDiffers(spikes.Length, thresholds.Length / BlockLength, nameof(spikes));
        KernelThrow.IfOverlap<uint, ulong>(thresholds, spikes, nameof(spikes));
        BernoulliKernel kernel = default;
        kernel.Thresholds = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<uint, float>(thresholds));
        kernel.Spikes = ref MemoryMarshal.GetReference(spikes);
        kernel.Words = (nuint)spikes.Length;
        kernel.FirstBlock = (uint)firstBlock;
        kernel.Stream = stream;
        VectorDispatch.Run(ref kernel);
    }

    private static void Fill<TNumbers>(Span<float> destination, RandomStream stream)
        where TNumbers : struct, INumbers
    {
        KernelThrow.IfNotMultiple(destination.Length, BlockLength, nameof(destination));
        FillKernel<TNumbers> kernel = default;
        kernel.Destination = ref MemoryMarshal.GetReference(destination);
        kernel.Length = (nuint)destination.Length;
        kernel.Stream = stream;
        VectorDispatch.Run(ref kernel);
    }

    /// <summary>What becomes of 32 random bits.</summary>
    internal interface INumbers
    {
        static abstract TLanes FromBits<TLanes>(TLanes bits)
            where TLanes : struct, ILanes<TLanes>;
    }

    internal readonly struct UniformNumbers : INumbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes FromBits<TLanes>(TLanes bits)
            where TLanes : struct, ILanes<TLanes> => Philox4x32.ToUnitInterval(bits);
    }

    internal readonly struct NormalNumbers<TNormal> : INumbers
        where TNormal : struct, INormalDraw
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes FromBits<TLanes>(TLanes bits)
            where TLanes : struct, ILanes<TLanes> => TNormal.Draw(bits);
    }

    internal ref struct FillKernel<TNumbers> : IVectorKernel
        where TNumbers : struct, INumbers
    {
        internal ref float Destination;
        internal nuint Length;
        internal RandomStream Stream;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            for (nuint block = 0; block < Length; block += BlockLength)
            {
                for (nuint c = 0; c < CountersPerBlock; c += (nuint)TLanes.Count)
                {
                    uint counter = (uint)((block / BlockLength * CountersPerBlock) + c);
                    Philox4x32.Draw(Stream, counter, out TLanes w0, out TLanes w1, out TLanes w2, out TLanes w3);
                    TLanes.Store(TNumbers.FromBits(w0), ref Destination, block + c);
                    TLanes.Store(TNumbers.FromBits(w1), ref Destination, block + CountersPerBlock + c);
                    TLanes.Store(TNumbers.FromBits(w2), ref Destination, block + (2 * CountersPerBlock) + c);
                    TLanes.Store(TNumbers.FromBits(w3), ref Destination, block + (3 * CountersPerBlock) + c);
                }
            }
        }
    }

    internal ref struct BernoulliKernel : IVectorKernel
    {
        internal ref readonly float Thresholds;
        internal ref ulong Spikes;
        internal nuint Words;
        internal uint FirstBlock;
        internal RandomStream Stream;

        public readonly void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            nuint words = Words;
            nuint partner = words;
            for (nuint word = 0; word < words; word++)
            {
                if (IsBlank<TLanes>(word))
                {
                    Unsafe.Add(ref Spikes, word) = 0;
                }
                else if (partner == words)
                {
                    partner = word;
                }
                else
                {
                    DrawTwo<TLanes>(partner, word);
                    partner = words;
                }
            }

            if (partner != words)
            {
                DrawTwo<TLanes>(partner, partner);
            }
        }

        /// <summary>Whether a word's thresholds are all zero: most of an image is background, which needs no numbers.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly bool IsBlank<TLanes>(nuint word)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes any = TLanes.BroadcastInteger(0);
            for (nuint k = 0; k < BlockLength; k += (nuint)TLanes.Count)
            {
                any |= TLanes.Load(in Thresholds, (word * BlockLength) + k);
            }

            return TLanes.BitsFromMask(TLanes.SubtractInteger(TLanes.BroadcastInteger(0), any)) == 0;
        }

        private readonly void DrawTwo<TLanes>(nuint first, nuint second)
            where TLanes : struct, ILanes<TLanes>
        {
            ulong bitsOfFirst = 0;
            ulong bitsOfSecond = 0;
            RandomStream stream = Stream;
            for (nuint c = 0; c < CountersPerBlock; c += (nuint)TLanes.Count)
            {
                TLanes a0 = Counter<TLanes>(first, c), b0 = Counter<TLanes>(second, c);
                TLanes a1 = TLanes.BroadcastInteger(stream.Row), b1 = a1;
                TLanes a2 = TLanes.BroadcastInteger(stream.StepLow), b2 = a2;
                TLanes a3 = TLanes.BroadcastInteger(stream.PurposeAndStepHigh), b3 = a3;
                Philox4x32.TwoBlocks(ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3, stream.KeyLow, stream.KeyHigh);
                bitsOfFirst |= Spiking(a0, a1, a2, a3, first, c);
                bitsOfSecond |= Spiking(b0, b1, b2, b3, second, c);
            }

            Unsafe.Add(ref Spikes, first) = bitsOfFirst;
            Unsafe.Add(ref Spikes, second) = bitsOfSecond;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly TLanes Counter<TLanes>(nuint word, nuint c)
            where TLanes : struct, ILanes<TLanes> =>
            TLanes.AddInteger(TLanes.BroadcastInteger(((FirstBlock + (uint)word) * CountersPerBlock) + (uint)c), TLanes.LaneIndex);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly ulong Spiking<TLanes>(TLanes w0, TLanes w1, TLanes w2, TLanes w3, nuint word, nuint c)
            where TLanes : struct, ILanes<TLanes>
        {
            nuint element = (word * BlockLength) + c;
            return (Below(w0, element)
                | (Below(w1, element + CountersPerBlock) << CountersPerBlock)
                | (Below(w2, element + (2 * CountersPerBlock)) << (2 * CountersPerBlock))
                | (Below(w3, element + (3 * CountersPerBlock)) << (3 * CountersPerBlock))) << (int)c;
        }

        /// <summary>Both operands are below 2²⁵, so the sign of their difference is the comparison.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly ulong Below<TLanes>(TLanes word, nuint element)
            where TLanes : struct, ILanes<TLanes> =>
            TLanes.BitsFromMask(TLanes.SubtractInteger(TLanes.ShiftRight(word, 8), TLanes.Load(in Thresholds, element)));
    }
}
