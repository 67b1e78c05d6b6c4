using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RramSnn.Kernels.Simd;

/// <summary>Constants shared by the lane types, and what each vector width has an instruction of its own for.</summary>
internal static class LaneBits
{
    /// <summary>Element k is 1 &lt;&lt; k.</summary>
    internal static ReadOnlySpan<uint> OfLane =>
    [
        1u << 0, 1u << 1, 1u << 2, 1u << 3, 1u << 4, 1u << 5, 1u << 6, 1u << 7,
        1u << 8, 1u << 9, 1u << 10, 1u << 11, 1u << 12, 1u << 13, 1u << 14, 1u << 15,
    ];

    // For each four bits the places of those that are set, a byte each.
    private static ReadOnlySpan<uint> PlacesOfBits =>
    [
        0x_00, 0x_00, 0x_01, 0x_01_00, 0x_02, 0x_02_00, 0x_02_01, 0x_02_01_00,
        0x_03, 0x_03_00, 0x_03_01, 0x_03_01_00, 0x_03_02, 0x_03_02_00, 0x_03_02_01, 0x_03_02_01_00,
    ];

    // The JIT takes one instruction for a selection only where it sees the mask being made; otherwise three bitwise ones, unless the processor has
    // them in one.
#pragma warning disable RS0030 // no portable form
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Blend(Vector512<float> mask, Vector512<float> ifTrue, Vector512<float> ifFalse) =>
        Vector512.ConditionalSelect(mask, ifTrue, ifFalse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Blend(Vector256<float> mask, Vector256<float> ifTrue, Vector256<float> ifFalse) =>
        Avx.IsSupported && !Avx512F.VL.IsSupported ? Avx.BlendVariable(ifFalse, ifTrue, mask) : Vector256.ConditionalSelect(mask, ifTrue, ifFalse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Blend(Vector128<float> mask, Vector128<float> ifTrue, Vector128<float> ifFalse) =>
        Avx.IsSupported && !Avx512F.VL.IsSupported ? Sse41.BlendVariable(ifFalse, ifTrue, mask) : Vector128.ConditionalSelect(mask, ifTrue, ifFalse);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> KeepWhereGreater(Vector512<float> a, Vector512<float> b, Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), value, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> KeepWhereGreater(Vector256<float> a, Vector256<float> b, Vector256<float> value) => Avx512F.VL.IsSupported
        ? Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), value, Vector256<float>.Zero)
        : Vector256.GreaterThan(a, b) & value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> KeepWhereGreater(Vector128<float> a, Vector128<float> b, Vector128<float> value) => Avx512F.VL.IsSupported
        ? Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), value, Vector128<float>.Zero)
        : Vector128.GreaterThan(a, b) & value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool PacksAtOnce<TVector>() => typeof(TVector) == typeof(Vector512<float>)
        ? Avx512F.IsSupported
        : Avx512F.VL.IsSupported || (typeof(TVector) == typeof(Vector256<float>) && Avx2.IsSupported);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Pack(Vector512<float> lanes, Vector512<float> mask) => Avx512F.Compress(Vector512<float>.Zero, mask, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Pack(Vector256<float> lanes, Vector256<float> mask)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.Compress(Vector256<float>.Zero, mask, lanes);
        }

        // Eight lanes move together by a permutation. Not by places that pext packs: some processors take a hundred cycles for it.
        uint bits = mask.ExtractMostSignificantBits();
        ref uint places = ref MemoryMarshal.GetReference(PlacesOfBits);
        ulong low = Unsafe.Add(ref places, bits & 15);
        ulong high = Unsafe.Add(ref places, bits >> 4) + 0x_04_04_04_04u;
        ulong packed = low | (high << (8 * BitOperations.PopCount(bits & 15)));
        return Avx2.PermuteVar8x32(lanes, Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(packed).AsByte()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Pack(Vector128<float> lanes, Vector128<float> mask) => Avx512F.VL.Compress(Vector128<float>.Zero, mask, lanes);

    // A permutation reaches as many elements as the vector has lanes, and looks at no more bits of the index than that takes; narrower vectors
    // go through the table in parts, between which a selection decides by the sign bit alone: one shift brings a bit of the index there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Lookup16(ref readonly float table, Vector512<int> index) =>
        Vector512.ShuffleNative(Vector512.LoadUnsafe(in table), index & Vector512.Create(15));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Lookup16(ref readonly float table, Vector256<int> index)
    {
        if (!Avx2.IsSupported)
        {
            return Vector256.Create(Lookup16(in table, index.GetLower()), Lookup16(in table, index.GetUpper()));
        }

        Vector256<float> low = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(in table), index);
        Vector256<float> high = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(in table, 8), index);
        return Avx.BlendVariable(low, high, (index << 28).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Lookup16(ref readonly float table, Vector128<int> index)
    {
        if (!Avx.IsSupported)
        {
            Vector128<int> bounded = index & Vector128.Create(15);
            Vector128<float> result = Vector128.Shuffle(Vector128.LoadUnsafe(in table), bounded);
            for (int first = 4; first < 16; first += 4)
            {
                // What lies outside a part is shuffled to zero.
                result |= Vector128.Shuffle(Vector128.LoadUnsafe(in table, (nuint)first), bounded - Vector128.Create(first));
            }

            return result;
        }

        return Sse41.BlendVariable(Lookup8(in table, index), Lookup8(in Unsafe.Add(ref Unsafe.AsRef(in table), 8), index), (index << 28).AsSingle());
    }

    // The table twice, since sixteen lanes' permutation looks at one more bit of the index.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Lookup8(ref readonly float table, Vector512<int> index) =>
        Vector512.ShuffleNative(Vector512.Create(Vector256.LoadUnsafe(in table)), index & Vector512.Create(15));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Lookup8(ref readonly float table, Vector256<int> index) => Avx2.IsSupported
        ? Avx2.PermuteVar8x32(Vector256.LoadUnsafe(in table), index)
        : Vector256.Create(Lookup8(in table, index.GetLower()), Lookup8(in table, index.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Lookup8(ref readonly float table, Vector128<int> index)
    {
        if (!Avx.IsSupported)
        {
            Vector128<int> bounded = index & Vector128.Create(7);
            return Vector128.Shuffle(Vector128.LoadUnsafe(in table), bounded)
                | Vector128.Shuffle(Vector128.LoadUnsafe(in table, 4), bounded - Vector128.Create(4));
        }

        return Sse41.BlendVariable(
            Avx.PermuteVar(Vector128.LoadUnsafe(in table), index), Avx.PermuteVar(Vector128.LoadUnsafe(in table, 4), index), (index << 29).AsSingle());
    }
#pragma warning restore RS0030
}
