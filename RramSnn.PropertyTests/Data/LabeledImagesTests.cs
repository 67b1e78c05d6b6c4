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
