using System.Runtime.InteropServices;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Every lane of every width obeys the scalar rule that is written here a second time.</summary>
public sealed class LaneOperationTests
{
    private const int Length = 16 * 96;

    public static TheoryData<int> Shifts => [0, 1, 8, 13, 23, 31];

    public static TheoryData<uint> Factors => [0u, 1u, 0xD251_1F53u, 0xCD9E_8D57u, 0x8000_0000u, 0xFFFF_FFFFu];

    [Fact]
    public void Addition_rounds_once() => CheckArithmetic(new Add(), static (a, b, _) => a + b);

    [Fact]
    public void Subtraction_rounds_once() => CheckArithmetic(new Subtract(), static (a, b, _) => a - b);

    [Fact]
    public void Multiplication_rounds_once() => CheckArithmetic(new Multiply(), static (a, b, _) => a * b);

    [Fact]
    public void Division_rounds_once() => CheckArithmetic(new Divide(), static (a, b, _) => a / b);

    [Fact]
    public void The_square_root_rounds_once() => CheckArithmetic(new SquareRoot(), static (a, _, _) => MathF.Sqrt(a));

    [Fact]
    public void The_fused_multiply_add_rounds_once() => CheckArithmetic(new FusedMultiplyAdd(), MathF.FusedMultiplyAdd);

    [Fact]
    public void Adding_from_memory_rounds_once() => CheckArithmetic(new AddFromMemory(), static (a, b, _) => a + b);

    [Fact]
    public void Subtracting_what_is_in_memory_rounds_once() => CheckArithmetic(new SubtractFromMemory(), static (a, b, _) => a - b);

    [Fact]
    public void The_fused_multiply_add_from_memory_rounds_once() => CheckArithmetic(new FusedMultiplyAddFromMemory(), MathF.FusedMultiplyAdd);

    [Fact]
    public void Floor_finds_the_whole_number_below() => CheckArithmetic(new Floor(), static (a, _, _) => MathF.Floor(a));

    [Fact]
    public void Min_gives_its_second_operand_unless_the_first_is_less() => CheckFloats(new Min(), static (a, b, _) => a < b ? a : b);

    [Fact]
    public void Max_gives_its_second_operand_unless_the_first_is_greater() => CheckFloats(new Max(), static (a, b, _) => a > b ? a : b);

    [Fact]
    public void Abs_clears_the_sign_bit() => CheckBits(new Abs(), static (a, _, _) => a & 0x7FFF_FFFFu);

    [Fact]
    public void GreaterThan_is_false_for_NaN() => CheckMask(new GreaterThan(), static (a, b) => a > b);

    [Fact]
    public void GreaterThanOrEqual_is_false_for_NaN() => CheckMask(new GreaterThanOrEqual(), static (a, b) => a >= b);

    [Fact]
    public void NotEqual_is_true_for_NaN() => CheckMask(new NotEqual(), static (a, b) => a != b);

    [Fact]
    public void Select_takes_each_lane_by_its_mask() => CheckBits(new SelectByMask(), static (a, b, c) => (int)a < 0 ? b : c);

    [Fact]
    public void Select_takes_each_lane_by_a_comparison() => CheckBits(new SelectGreater(), static (a, b, c) => Float(a) > Float(b) ? b : c);

    [Fact]
    public void And_works_on_bits() => CheckBits(new And(), static (a, b, _) => a & b);

    [Fact]
    public void Or_works_on_bits() => CheckBits(new Or(), static (a, b, _) => a | b);

    [Fact]
    public void Exclusive_or_works_on_bits() => CheckBits(new ExclusiveOr(), static (a, b, _) => a ^ b);

    [Fact]
    public void Integer_addition_wraps() => CheckBits(new AddInteger(), static (a, b, _) => unchecked(a + b));

    [Fact]
    public void Integer_subtraction_wraps() => CheckBits(new SubtractInteger(), static (a, b, _) => unchecked(a - b));

    [Fact]
    public void Integer_multiplication_wraps() => CheckBits(new MultiplyInteger(), static (a, b, _) => unchecked(a * b));

    [Fact]
    public void Lookup8_takes_the_element_of_the_lowest_three_bits()
    {
        uint[] table = Numbers.AnyBits(8, 4);
        CheckBits(new Lookup8(Floats(table)), (a, _, _) => table[a & 7]);
    }

    [Fact]
    public void Lookup16_takes_the_element_of_the_lowest_four_bits()
    {
        uint[] table = Numbers.AnyBits(16, 4);
        CheckBits(new Lookup16(Floats(table)), (a, _, _) => table[a & 15]);
    }

    [Fact]
    public void Integers_are_compared_with_their_sign() =>
        CheckBits(new LessThanInteger(), static (a, b, _) => (int)a < (int)b ? uint.MaxValue : 0u);

    [Fact]
    public void Integers_convert_to_the_nearest_float() =>
        CheckBits(new ConvertToSingle(), static (a, _, _) => BitConverter.SingleToUInt32Bits((int)a));

    [Theory]
    [MemberData(nameof(Shifts))]
    public void Shifts_move_bits_and_the_signed_one_copies_the_sign(int count)
    {
        CheckBits(new ShiftLeft(count), (a, _, _) => a << count);
        CheckBits(new ShiftRight(count), (a, _, _) => a >> count);
        CheckBits(new ShiftRightSigned(count), (a, _, _) => (uint)((int)a >> count));
    }

    [Theory]
    [MemberData(nameof(Factors))]
    public void MultiplyWide_gives_both_halves_of_the_product(uint factor)
    {
        CheckBits(new MultiplyWideHigh(factor), (a, _, _) => (uint)(((ulong)a * factor) >> 32));
        CheckBits(new MultiplyWideLow(factor), (a, _, _) => (uint)((ulong)a * factor));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x8000_0000u)]
    [InlineData(0x3F80_0001u)]
    [InlineData(0x0000_0001u)]
    [InlineData(0x7F80_0000u)]
    public void Broadcasts_fill_every_lane(uint bits)
    {
        CheckBits(new BroadcastBits(bits), (_, _, _) => bits);
        CheckBits(new BroadcastFloat(BitConverter.UInt32BitsToSingle(bits)), (_, _, _) => bits);
    }

    /// <summary>As <see cref="CheckFloats"/>, but a NaN may be any NaN: which payload survives is not IEEE 754's business.</summary>
    private static void CheckArithmetic<TOperation>(TOperation operation, Func<float, float, float, float> rule)
        where TOperation : struct, ILaneOperation =>
        Check(operation, (a, b, c) => Bits(rule(Float(a), Float(b), Float(c))), anyNaN: true);

    private static void CheckFloats<TOperation>(TOperation operation, Func<float, float, float, float> rule)
        where TOperation : struct, ILaneOperation =>
        Check(operation, (a, b, c) => Bits(rule(Float(a), Float(b), Float(c))), anyNaN: false);

    private static void CheckMask<TOperation>(TOperation operation, Func<float, float, bool> rule)
        where TOperation : struct, ILaneOperation =>
        Check(operation, (a, b, _) => rule(Float(a), Float(b)) ? uint.MaxValue : 0u, anyNaN: false);

    private static void CheckBits<TOperation>(TOperation operation, Func<uint, uint, uint, uint> rule)
        where TOperation : struct, ILaneOperation => Check(operation, rule, anyNaN: false);

    private static void Check<TOperation>(TOperation operation, Func<uint, uint, uint, uint> rule, bool anyNaN)
        where TOperation : struct, ILaneOperation
    {
        uint[] a = Numbers.AnyBits(Length, 1);
        uint[] b = Numbers.AnyBits(Length, 2);
        uint[] c = Numbers.AnyBits(Length, 3);
        foreach (int width in Widths.InBits)
        {
            float[] result = new float[Length];
            Widths.Run(width, new LaneOperationKernel<TOperation>(operation, Floats(a), Floats(b), Floats(c), result));
            ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(result.AsSpan());
            for (int i = 0; i < Length; i++)
            {
                uint expected = rule(a[i], b[i], c[i]);
                bool isEqual = expected == bits[i] || (anyNaN && float.IsNaN(Float(expected)) && float.IsNaN(result[i]));
                string operands = $"{a[i]:X8} {b[i]:X8} {c[i]:X8}";
                Assert.True(isEqual, $"{typeof(TOperation).Name}, {width} bits: {operands} gave {bits[i]:X8}; expected {expected:X8}.");
            }
        }
    }

    private static float[] Floats(uint[] bits) => MemoryMarshal.Cast<uint, float>(bits.AsSpan()).ToArray();

    private static float Float(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
