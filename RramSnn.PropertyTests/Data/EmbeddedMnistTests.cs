using RramSnn.Data;
using Xunit;

namespace RramSnn.PropertyTests.Data;

public sealed class EmbeddedMnistTests(EmbeddedMnistTests.Mnist mnist) : IClassFixture<EmbeddedMnistTests.Mnist>
{
    [Fact]
    public void It_is_complete()
    {
        Assert.Equal("mnist", mnist.Data.Name);
        Assert.Equal((60000, 10000), (mnist.Data.Train.Count, mnist.Data.Test.Count));
        foreach (LabeledImages images in (LabeledImages[])[mnist.Data.Train, mnist.Data.Test])
        {
            Assert.Equal((28, 28, 784, 10), (images.Rows, images.Columns, images.PixelsPerImage, images.ClassCount));
        }
    }

    [Fact]
    public void Its_label_histograms_are_the_published_ones()
    {
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Histogram(mnist.Data.Train));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Histogram(mnist.Data.Test));
    }

    [Fact]
    public void Its_first_images_are_a_five_and_a_seven()
    {
        Assert.Equal((5, 7), (mnist.Data.Train.Label(0), mnist.Data.Test.Label(0)));

        // The first inked pixel of the first training image is in row 5, column 12.
        ReadOnlySpan<byte> five = mnist.Data.Train.Image(0);
        Assert.Equal((5 * 28) + 12, five.IndexOfAnyExcept((byte)0));
        Assert.Equal(3, five[(5 * 28) + 12]);
    }

    [Fact]
    public void Its_mean_intensity_is_the_published_one()
    {
        Assert.Equal(0.1307, MeanIntensity(mnist.Data.Train), 4);
        Assert.Equal(0.1325, MeanIntensity(mnist.Data.Test), 4);
    }

    [Fact]
    public void Its_checksum_list_has_all_four_files()
    {
        string[] listed = File.ReadAllLines(Path.Combine(mnist.Data.Directory, "SHA256SUMS"));
        string[] expected =
        [
            "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz",
        ];
        Assert.Equal(expected, listed.Select(line => line[66..]));
    }

    private static int[] Histogram(LabeledImages images)
    {
        int[] counts = new int[images.ClassCount];
        for (int i = 0; i < images.Count; i++)
        {
            counts[images.Label(i)]++;
        }

        return counts;
    }

    private static double MeanIntensity(LabeledImages images)
    {
        long sum = 0;
        for (int i = 0; i < images.Count; i++)
        {
            foreach (byte pixel in images.Image(i))
            {
                sum += pixel;
            }
        }

        return sum / (255.0 * images.PixelsPerImage * images.Count);
    }

    /// <summary>MNIST, loaded once for all tests of the class.</summary>
    public sealed class Mnist
    {
        internal ImageDataSet Data { get; } = ImageDataSet.Load(ImageDataSet.EmbeddedMnistDirectory);
    }
}
