using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class PhiloxTests
{
    /// <summary>Known-answer vectors published with Random123 for philox4x32 with 10 rounds: counter, key, result.</summary>
    public static TheoryData<uint[], uint[], uint[]> KnownAnswers => new()
    {
        { [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        {
            [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff],
            [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]
        },
        {
            [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0],
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
        },
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void The_published_answers_come_out(uint[] counter, uint[] key, uint[] expected)
    {
        Assert.Equal(expected, PhiloxReference.Block(counter, key));
        foreach (int width in Widths.InBits)
        {
            uint[][] words = Run(width, [.. Enumerable.Repeat(counter, Widths.Lanes(width))], key);
            Assert.All(words, lane => Assert.Equal(expected, lane));
        }
    }

    [Fact]
    public void Every_lane_draws_its_own_counter()
    {
        foreach (int width in Widths.InBits)
        {
            uint[][] counters = [.. Enumerable.Range(0, Widths.Lanes(width)).Select(lane => Numbers.AnyBits(4, lane))];
            uint[] key = Numbers.AnyBits(2, width);
            uint[][] words = Run(width, counters, key);
            for (int lane = 0; lane < counters.Length; lane++)
            {
                Assert.Equal(PhiloxReference.Block(counters[lane], key), words[lane]);
            }
        }
    }

    [Fact]
    public void A_stream_names_key_and_counter()
    {
        RandomStream stream = new(0x0123_4567_89AB_CDEFul, 0x5A, 0x00AB_CDEF_1234_5678ul, 77);
        Assert.Equal((0x89AB_CDEFu, 0x0123_4567u), (stream.KeyLow, stream.KeyHigh));
        Assert.Equal((77u, 0x1234_5678u, 0x5AAB_CDEFu), (stream.Row, stream.StepLow, stream.PurposeAndStepHigh));
        Assert.Equal((78u, 0x1234_5678u, 0x5AAB_CDEFu), (stream.At(78).Row, stream.At(78).StepLow, stream.At(78).PurposeAndStepHigh));
    }

    private static uint[][] Run(int width, uint[][] counters, uint[] key)
    {
        float[] words = new float[4 * counters.Length];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BitConverter.UInt32BitsToSingle(counters[i % counters.Length][i / counters.Length]);
        }

        Widths.Run(width, new BlockKernel(words, key));
        return [.. Enumerable.Range(0, counters.Length).Select(lane =>
            Enumerable.Range(0, 4).Select(word => BitConverter.SingleToUInt32Bits(words[(word * counters.Length) + lane])).ToArray())];
    }

    private readonly struct BlockKernel(float[] words, uint[] key) : IVectorKernel
    {
        public void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            nuint width = (nuint)TLanes.Count;
            TLanes c0 = TLanes.Load(in words[0], 0);
            TLanes c1 = TLanes.Load(in words[0], width);
            TLanes c2 = TLanes.Load(in words[0], 2 * width);
            TLanes c3 = TLanes.Load(in words[0], 3 * width);
            Philox4x32.Block(ref c0, ref c1, ref c2, ref c3, key[0], key[1]);
            TLanes.Store(c0, ref words[0], 0);
            TLanes.Store(c1, ref words[0], width);
            TLanes.Store(c2, ref words[0], 2 * width);
            TLanes.Store(c3, ref words[0], 3 * width);
        }
    }
}
