using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RramSnn.Kernels;

/// <summary>Argument checks of the kernel facades: a cheap inlined test, a cold method that words the message.</summary>
internal static class KernelThrow
{
    /// <summary>Lengths of padded spans are multiples of this: 16 floats are one 512-bit vector and one cache line.</summary>
    internal const int LaneBlock = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void IfLengthDiffers(int actual, long expected, string argument)
    {
        if (actual != expected)
        {
            LengthDiffers(actual, expected, argument);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void IfShorter(int actual, long minimum, string argument)
    {
        if (actual < minimum)
        {
            Shorter(actual, minimum, argument);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void IfLonger(int actual, int maximum, string argument)
    {
        if (actual > maximum)
        {
            Longer(actual, maximum, argument);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void IfNotMultiple(int length, long unit, string argument)
    {
        if (length % unit != 0)
        {
            NotMultiple(length, unit, argument);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void IfNotFinite(float value, string argument)
    {
        if (!float.IsFinite(value))
        {
            OutOfRange(value, "a finite number", argument);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void IfOutside(float value, float low, float high, string argument)
    {
        if (!(value >= low && value <= high))
        {
            OutOfRange(value, string.Create(CultureInfo.InvariantCulture, $"{low} to {high}"), argument);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void IfOverlap<TA, TB>(ReadOnlySpan<TA> a, ReadOnlySpan<TB> b, string argument)
        where TA : unmanaged
        where TB : unmanaged
    {
        // What MemoryExtensions.Overlaps does, but without four calls of it in a neuron step of 70 ns.
        nuint bytesOfA = (nuint)(uint)a.Length * (nuint)Unsafe.SizeOf<TA>();
        nuint bytesOfB = (nuint)(uint)b.Length * (nuint)Unsafe.SizeOf<TB>();
        nint distance = Unsafe.ByteOffset(
            ref Unsafe.As<TA, byte>(ref MemoryMarshal.GetReference(a)), ref Unsafe.As<TB, byte>(ref MemoryMarshal.GetReference(b)));

        // One comparison for -bytesOfB < distance < bytesOfA, which nearly always fails; empty spans overlap nothing.
        if ((nuint)distance + bytesOfB - 1 < bytesOfA + bytesOfB - 1 && bytesOfA != 0 && bytesOfB != 0)
        {
            Overlap(argument);
        }
    }

    /// <summary>Allows exact in-place operation, forbids shifted overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void IfPartialOverlap(ReadOnlySpan<float> a, ReadOnlySpan<float> b, string argument)
    {
        if (a.Overlaps(b, out int shift) && shift != 0)
        {
            Overlap(argument);
        }
    }

    [DoesNotReturn]
    internal static void OutOfRange<T>(T actual, string expected, string argument) =>
        throw new ArgumentOutOfRangeException(argument, actual, string.Create(CultureInfo.InvariantCulture, $"{argument} is {actual}; expected {expected}."));

    [DoesNotReturn]
    private static void LengthDiffers(int actual, long expected, string argument) =>
        throw new ArgumentException($"{argument} has length {actual}; expected {expected}.", argument);

    [DoesNotReturn]
    private static void Shorter(int actual, long minimum, string argument) =>
        throw new ArgumentException($"{argument} has length {actual}; expected at least {minimum}.", argument);

    [DoesNotReturn]
    private static void Longer(int actual, int maximum, string argument) =>
        throw new ArgumentException($"{argument} has length {actual}; expected at most {maximum}.", argument);

    [DoesNotReturn]
    private static void NotMultiple(int length, long unit, string argument) =>
        throw new ArgumentException($"{argument} has length {length}; expected a multiple of {unit}.", argument);

    [DoesNotReturn]
    private static void Overlap(string argument) =>
        throw new ArgumentException($"{argument} overlaps an input; expected separate memory.", argument);
}
