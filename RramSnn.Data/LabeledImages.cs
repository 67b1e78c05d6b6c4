using System.Diagnostics.CodeAnalysis;

namespace RramSnn.Data;

/// <summary>An immutable sequence of equally large 8-bit grey images, each with a class label; safe to read from any thread.</summary>
public sealed class LabeledImages
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;
    private readonly int _start;

    internal LabeledImages(byte[] pixels, byte[] labels, int rows, int columns, int classCount)
        : this(pixels, labels, 0, labels.Length, rows, columns, classCount)
    {
    }

    private LabeledImages(byte[] pixels, byte[] labels, int start, int count, int rows, int columns, int classCount)
    {
        _pixels = pixels;
        _labels = labels;
        _start = start;
        Count = count;
        Rows = rows;
        Columns = columns;
        ClassCount = classCount;
    }

    /// <summary>Images that a program has in memory; they are copied.</summary>
    /// <param name="pixels">All pixels, image after image, each row by row.</param>
    /// <param name="labels">One label per image.</param>
    /// <param name="rows">The height of an image.</param>
    /// <param name="columns">The width of an image.</param>
    /// <param name="classCount">The number of classes; every label is below it.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the pixels are not <paramref name="rows"/> · <paramref name="columns"/> per label.</exception>
    public static LabeledImages FromPixels(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels, int rows, int columns, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (classCount is < 1 or > 256)
        {
            throw new ArgumentOutOfRangeException(nameof(classCount), $"classCount is {classCount}, expected 1 to 256");
        }

        if (pixels.Length != (Int128)labels.Length * rows * columns)
        {
            throw new ArgumentException($"pixels has {pixels.Length} bytes, expected {labels.Length} images of {rows} x {columns}", nameof(pixels));
        }

        foreach (byte label in labels)
        {
            if (label >= classCount)
            {
                throw new ArgumentException($"labels holds {label}, expected classes below {classCount}", nameof(labels));
            }
        }

        return new LabeledImages(pixels.ToArray(), labels.ToArray(), rows, columns, classCount);
    }

    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>The height of an image in pixels.</summary>
    public int Rows { get; }

    /// <summary>The width of an image in pixels.</summary>
    public int Columns { get; }

    /// <summary><see cref="Rows"/> times <see cref="Columns"/>.</summary>
    public int PixelsPerImage => Rows * Columns;

    /// <summary>The number of classes of the whole data set; every label is below it, and a part need not contain all of them.</summary>
    public int ClassCount { get; }

    /// <summary>The pixels of one image, row by row from the top left; in MNIST 0 is background and 255 full ink.</summary>
    /// <param name="index">The image, from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        CheckIndex(index);
        return new ReadOnlySpan<byte>(_pixels, (_start + index) * PixelsPerImage, PixelsPerImage);
    }

    /// <summary>The class of one image.</summary>
    /// <param name="index">The image, from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public byte Label(int index)
    {
        CheckIndex(index);
        return _labels[_start + index];
    }

    /// <summary>A part of these images, which shares their memory.</summary>
    /// <param name="start">The first image of the part.</param>
    /// <param name="count">The number of images; 0 gives an empty part.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not within 0 to <see cref="Count"/>.</exception>
    public LabeledImages Slice(int start, int count)
    {
        if (start < 0 || start > Count)
        {
            throw new ArgumentOutOfRangeException(nameof(start), $"start is {start}, expected 0 to {Count}");
        }

        if (count < 0 || count > Count - start)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"count is {count}, expected 0 to {Count - start} from start {start}");
        }

        return new LabeledImages(_pixels, _labels, _start + start, count, Rows, Columns, ClassCount);
    }

    private void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            ThrowNoSuchImage(index);
        }
    }

    [DoesNotReturn]
    private void ThrowNoSuchImage(int index)
    {
        throw new ArgumentOutOfRangeException(nameof(index), $"index is {index}, expected 0 or more and below {Count}");
    }
}
