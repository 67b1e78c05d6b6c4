using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class LaneMaskTests
{
    public static TheoryData<int> AllWidths => Widths.All;

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Count_and_index_name_the_lanes(int width)
    {
        float[] lanes = new float[Widths.Lanes(width)];
        int[] count = new int[1];
        Widths.Run(width, new IndexKernel(lanes, count));
        Assert.Equal(Widths.Lanes(width), count[0]);
        Assert.Equal(Enumerable.Range(0, lanes.Length), lanes.Select(BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Bits_become_masks_and_masks_become_bits(int width)
    {
        int lanes = Widths.Lanes(width);
        uint all = (uint)((1ul << lanes) - 1);
        for (uint bits = 0; bits <= 0xFFFF; bits += bits < 512 ? 1u : 97u)
        {
            float[] mask = new float[lanes];
            uint[] back = new uint[1];
            uint noise = bits | 0xABCD_0000u;
            Widths.Run(width, new MaskKernel(noise, mask, back));
            Assert.Equal(noise & all, back[0]);
            for (int k = 0; k < lanes; k++)
            {
                Assert.Equal(((noise >> k) & 1) != 0 ? uint.MaxValue : 0u, BitConverter.SingleToUInt32Bits(mask[k]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Only_the_highest_bit_of_a_lane_counts(int width)
    {
        float[] values = new float[Widths.Lanes(width)];
        uint[] bits = Numbers.AnyBits(values.Length, 5);
        uint expected = 0;
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = BitConverter.UInt32BitsToSingle(bits[k]);
            expected |= bits[k] >> 31 << k;
        }

        uint[] actual = new uint[1];
        Widths.Run(width, new HighBitKernel(values, actual));
        Assert.Equal(expected, actual[0]);
    }

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Packing_moves_the_lanes_of_a_mask_together(int width)
    {
        int lanes = Widths.Lanes(width);
        float[] values = Numbers.Between(-2f, 2f, lanes, 6);
        for (uint bits = 0; bits < 1u << lanes; bits += bits < 512 ? 1u : 97u)
        {
            float[] packed = new float[lanes];
            Widths.Run(width, new PackKernel(bits, values, packed));
            float[] expected = [.. values.Where((_, k) => ((bits >> k) & 1) != 0)];
            BitwiseAssert.Equal<float>(expected, packed.AsSpan(0, expected.Length), $"{bits:x}");
        }
    }

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Values_are_kept_where_one_operand_is_greater(int width)
    {
        float[] numbers = [0f, -0f, 1f, -1f, float.Epsilon, float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1.0000001f];
        int lanes = Widths.Lanes(width);
        for (int shift = 0; shift < numbers.Length; shift++)
        {
            for (int start = 0; start < numbers.Length; start++)
            {
                float[] a = [.. Enumerable.Range(start, lanes).Select(k => numbers[k % numbers.Length])];
                float[] b = [.. Enumerable.Range(start + shift, lanes).Select(k => numbers[k % numbers.Length])];
                float[] value = Numbers.Between(-2f, 2f, lanes, shift);
                float[] kept = new float[lanes];
                uint[] bits = new uint[1];
                Widths.Run(width, new KeepKernel(a, b, value, kept, bits));
                BitwiseAssert.Equal<float>([.. Enumerable.Range(0, lanes).Select(k => a[k] > b[k] ? value[k] : 0f)], kept, $"shift {shift}");
                Assert.Equal(Enumerable.Range(0, lanes).Aggregate(0u, (sum, k) => sum | (a[k] > b[k] ? 1u << k : 0)), bits[0]);
            }
        }
    }

    private readonly struct PackKernel(uint bits, float[] values, float[] packed) : IVectorKernel
    {
        public void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes> =>
            TLanes.Store(TLanes.Pack(TLanes.Load(in values[0], 0), TLanes.MaskFromBits(bits)), ref packed[0], 0);
    }

    private readonly struct KeepKernel(float[] a, float[] b, float[] value, float[] kept, uint[] bits) : IVectorKernel
    {
        public void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes lanes = TLanes.KeepWhereGreater(TLanes.Load(in a[0], 0), TLanes.Load(in b[0], 0), TLanes.Load(in value[0], 0), out bits[0]);
            TLanes.Store(lanes, ref kept[0], 0);
        }
    }

    private readonly struct IndexKernel(float[] lanes, int[] count) : IVectorKernel
    {
        public void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            count[0] = TLanes.Count;
            TLanes.Store(TLanes.LaneIndex, ref lanes[0], 0);
        }
    }

    private readonly struct MaskKernel(uint bits, float[] mask, uint[] back) : IVectorKernel
    {
        public void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes lanes = TLanes.MaskFromBits(bits);
            TLanes.Store(lanes, ref mask[0], 0);
            back[0] = TLanes.BitsFromMask(lanes);
        }
    }

    private readonly struct HighBitKernel(float[] values, uint[] bits) : IVectorKernel
    {
        public void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes> => bits[0] = TLanes.BitsFromMask(TLanes.Load(in values[0], 0));
    }
}
