using FsCheck.Xunit;
using RramSnn.Data;
using Xunit;

namespace RramSnn.PropertyTests.Data;

public sealed class LabeledImagesTests
{
    private const int Count = 12;

    private readonly LabeledImages _images = new(
        [.. Enumerable.Range(0, Count * 6).Select(i => (byte)i)],
        [.. Enumerable.Range(0, Count).Select(i => (byte)(i % 5))],
        rows: 2,
        columns: 3,
        classCount: 5);

    [Fact]
    public void Pixels_in_memory_become_images_of_their_own()
    {
        byte[] pixels = [.. Enumerable.Range(0, 12).Select(static i => (byte)i)];
        LabeledImages images = LabeledImages.FromPixels(pixels, [1, 0], rows: 2, columns: 3, classCount: 2);
        pixels[7] = 99;
        Assert.Equal(2, images.Count);
        Assert.Equal<byte>([6, 7, 8, 9, 10, 11], images.Image(1).ToArray());
        Assert.Equal(1, images.Label(0));
        Assert.StartsWith("pixels has 12 bytes, expected 1 images of 2 x 3", Refusal(pixels, [0], 2));
        Assert.StartsWith("labels holds 2, expected classes below 2", Refusal(pixels, [0, 2], 2));
        Assert.StartsWith("classCount is 257, expected 1 to 256", Refusal(pixels, [0, 1], 257));

        static string Refusal(byte[] pixels, byte[] labels, int classes) =>
            Assert.ThrowsAny<ArgumentException>(() => LabeledImages.FromPixels(pixels, labels, 2, 3, classes)).Message;
    }

    [Property]
    public bool A_slice_of_a_slice_is_the_same_images_in_the_same_memory(byte outerStart, byte outerCount, byte innerStart, byte innerCount)
    {
        int start = outerStart % (Count + 1);
        LabeledImages outer = _images.Slice(start, outerCount % (Count - start + 1));
        int offset = innerStart % (outer.Count + 1);
        LabeledImages inner = outer.Slice(offset, innerCount % (outer.Count - offset + 1));
        bool same = inner.Rows == 2 && inner.Columns == 3 && inner.ClassCount == 5;
        for (int i = 0; i < inner.Count; i++)
        {
            same &= inner.Image(i) == _images.Image(start + offset + i) && inner.Label(i) == _images.Label(start + offset + i);
        }

        return same;
    }

    [Theory]
    [InlineData(-1, 1, "start is -1, expected 0 to 12 (Parameter 'start')")]
    [InlineData(13, 0, "start is 13, expected 0 to 12 (Parameter 'start')")]
    [InlineData(4, -1, "count is -1, expected 0 to 8 from start 4 (Parameter 'count')")]
    [InlineData(4, 9, "count is 9, expected 0 to 8 from start 4 (Parameter 'count')")]
    [InlineData(12, int.MaxValue, "count is 2147483647, expected 0 to 0 from start 12 (Parameter 'count')")]
    public void A_slice_outside_the_images_is_refused(int start, int count, string message)
    {
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => _images.Slice(start, count)).Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void An_index_outside_a_slice_is_refused(int index)
    {
        LabeledImages slice = _images.Slice(2, 3);
        string message = $"index is {index}, expected 0 or more and below 3 (Parameter 'index')";
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => slice.Image(index).Length).Message);
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => slice.Label(index)).Message);
    }

    [Fact]
    public void Reading_images_allocates_nothing()
    {
        int sum = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Count; i++)
        {
            sum += _images.Image(i)[0] + _images.Label(i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);
    }
}
