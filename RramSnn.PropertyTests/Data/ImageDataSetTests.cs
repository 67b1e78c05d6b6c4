using FsCheck.Xunit;
using RramSnn.Data;
using Xunit;

namespace RramSnn.PropertyTests.Data;

public sealed class ImageDataSetTests : IDisposable
{
    private readonly DataSetFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void A_folder_of_four_plain_files_loads()
    {
        ImageDataSet data = _folder.Load();
        Assert.Equal(_folder.FullName, data.Directory);
        Assert.Equal(Path.GetFileName(_folder.FullName), data.Name);
        Assert.Equal((3, 2, 3, 6, 4), Shape(data.Train));
        Assert.Equal((2, 2, 3, 6, 4), Shape(data.Test));
        Assert.Equal([2, 0, 1], Labels(data.Train));
        Assert.Equal([3, 1], Labels(data.Test));
        Assert.Equal([6, 7, 8, 9, 10, 11], data.Train.Image(1).ToArray());
        Assert.Equal([106, 107, 108, 109, 110, 111], data.Test.Image(1).ToArray());
    }

    [Theory]
    [InlineData("t10k-", "-", "")]
    [InlineData("t10k-", "-", ".gz")]
    [InlineData("t10k-", ".", "")]
    [InlineData("t10k-", ".", ".gz")]
    [InlineData("test-", "-", ".gz")]
    [InlineData("test-", ".", "")]
    public void The_usual_file_names_are_found(string testPrefix, string separator, string extension)
    {
        foreach (string name in DataSetFolder.FileNames)
        {
            string renamed = name.Replace("t10k-", testPrefix, StringComparison.Ordinal);
            _folder.Rename(name, renamed.Replace("-idx", separator + "idx", StringComparison.Ordinal) + extension);
        }

        ImageDataSet data = _folder.Load();
        Assert.Equal((3, 2), (data.Train.Count, data.Test.Count));
    }

    [Fact]
    public void The_gzipped_file_wins_over_the_plain_one()
    {
        _folder.Write(DataSetFolder.TrainLabels + ".gz", IdxBytes.Gzip(IdxBytes.Labels(0, 0, 9)));
        Assert.Equal([0, 0, 9], Labels(_folder.Load().Train));
    }

    [Fact]
    public void A_relative_folder_with_a_trailing_separator_has_the_same_name()
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _folder.FullName) + Path.DirectorySeparatorChar;
        Assert.Equal(Path.GetFileName(_folder.FullName), ImageDataSet.Load(relative).Name);
    }

    [Fact]
    public void All_256_labels_are_possible()
    {
        _folder.Write(DataSetFolder.TestLabels, IdxBytes.Labels(0, 255));
        ImageDataSet data = _folder.Load();
        Assert.Equal((256, 256), (data.Train.ClassCount, data.Test.ClassCount));
    }

    [Fact]
    public void A_missing_folder_is_refused()
    {
        string missing = _folder.PathOf("missing");
        Assert.Equal($"{missing}: folder not found", Assert.Throws<DirectoryNotFoundException>(() => ImageDataSet.Load(missing)).Message);
    }

    [Fact]
    public void A_file_given_as_the_folder_is_refused()
    {
        string file = _folder.PathOf(DataSetFolder.TestLabels);
        Assert.Equal(
            $"{file}: is a file, expected a folder",
            Assert.Throws<DirectoryNotFoundException>(() => ImageDataSet.Load(file)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void A_blank_folder_is_refused(string? directory)
    {
        Assert.ThrowsAny<ArgumentException>(() => ImageDataSet.Load(directory!));
    }

    [Theory]
    [InlineData(DataSetFolder.TrainImages)]
    [InlineData(DataSetFolder.TrainLabels)]
    [InlineData(DataSetFolder.TestImages)]
    [InlineData(DataSetFolder.TestLabels)]
    public void A_missing_file_is_named(string name)
    {
        File.Delete(_folder.PathOf(name));
        Assert.Equal(
            $"{_folder.FullName}: has no {name} or {name}.gz",
            Assert.Throws<FileNotFoundException>(_folder.Load).Message);
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_refused_but_ignored_beside_one()
    {
        string path = _folder.PathOf(DataSetFolder.TrainImages);
        _folder.Rename(DataSetFolder.TrainImages, "train-images.idx3-ubyte");
        Directory.CreateDirectory(path);
        Assert.Equal(3, _folder.Load().Train.Count);

        File.Delete(_folder.PathOf("train-images.idx3-ubyte"));
        Assert.Equal($"{path}: is a folder, expected a file", Assert.Throws<FileNotFoundException>(_folder.Load).Message);
    }

    [Fact]
    public void Swapped_images_and_labels_are_refused()
    {
        _folder.Rename(DataSetFolder.TrainImages, "images");
        _folder.Rename(DataSetFolder.TrainLabels, DataSetFolder.TrainImages);
        _folder.Rename("images", DataSetFolder.TrainLabels);
        Assert_refused(DataSetFolder.TrainLabels, "IDX array of rank 3, expected rank 1 (labels)");
    }

    [Fact]
    public void Different_counts_of_images_and_labels_are_refused()
    {
        _folder.Write(DataSetFolder.TestLabels, IdxBytes.Labels(1, 2, 3));
        Assert_refused(DataSetFolder.TestLabels, "3 labels, expected 2 as images in t10k-images-idx3-ubyte");
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 4)]
    public void Different_sizes_of_training_and_test_images_are_refused(int rows, int columns)
    {
        _folder.Write(DataSetFolder.TestImages, IdxBytes.Images(2, rows, columns));
        Assert_refused(
            DataSetFolder.TestImages,
            $"images of {rows} x {columns} pixels, expected 2 x 3 as in train-images-idx3-ubyte");
    }

    [Theory]
    [InlineData("  ")]
    [InlineData(" *")]
    [InlineData("  ./")]
    public void Files_that_match_their_checksums_load(string separator)
    {
        _folder.WriteChecksums(separator);
        Assert.Equal(3, _folder.Load().Train.Count);
    }

    [Fact]
    public void A_file_that_does_not_match_its_checksum_is_refused()
    {
        _folder.WriteChecksums();
        string expected = _folder.Digest(DataSetFolder.TestLabels);
        _folder.Write(DataSetFolder.TestLabels, IdxBytes.Labels(3, 2));
        string actual = _folder.Digest(DataSetFolder.TestLabels);
        Assert_refused(DataSetFolder.TestLabels, $"SHA-256 {actual}, expected {expected} from SHA256SUMS");
    }

    [Property(MaxTest = 50)]
    public bool A_flipped_bit_in_any_listed_file_is_refused(byte file, ushort position, byte bit)
    {
        using DataSetFolder folder = new();
        folder.WriteChecksums();
        string path = folder.PathOf(DataSetFolder.FileNames[file % 4]);
        byte[] content = File.ReadAllBytes(path);
        content[position % content.Length] ^= (byte)(1 << (bit % 8));
        File.WriteAllBytes(path, content);
        return Assert.Throws<InvalidDataException>(folder.Load).Message.StartsWith($"{path}: SHA-256 ", StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_not_listed_are_not_verified()
    {
        string other = new('0', 64);
        File.WriteAllText(_folder.PathOf("SHA256SUMS"), $"\n{other}  another-file\r\n\n");
        Assert.Equal(3, _folder.Load().Train.Count);
    }

    [Theory]
    [InlineData("0123  train-images-idx3-ubyte")]
    [InlineData("not a list of checksums")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg  name")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  ")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0 name")]
    public void A_malformed_checksum_list_is_refused(string line)
    {
        File.WriteAllText(_folder.PathOf("SHA256SUMS"), "\n" + line + "\n");
        Assert_refused("SHA256SUMS", "line 2 is malformed, expected 64 hex digits, two spaces and a file name");
    }

    [Fact]
    public void A_checksum_list_that_contradicts_itself_is_refused()
    {
        _folder.WriteChecksums();
        File.AppendAllText(_folder.PathOf("SHA256SUMS"), new string('0', 64) + "  " + DataSetFolder.TestLabels + "\n");
        Assert_refused("SHA256SUMS", "line 5 lists t10k-labels-idx1-ubyte again, expected it once");
    }

    [Fact]
    public void An_endless_checksum_list_is_refused()
    {
        _folder.Write("SHA256SUMS", new byte[(1 << 20) + 1]);
        Assert_refused("SHA256SUMS", "too long: 1048577 bytes, expected at most 1048576");
    }

    [Fact]
    public void Fashion_mnist_as_debian_installs_it_loads()
    {
        const string DebianFolder = "/usr/share/datasets/fashion-mnist";
        Assert.SkipUnless(Directory.Exists(DebianFolder), "the package dataset-fashion-mnist is not installed");
        ImageDataSet data = ImageDataSet.Load(DebianFolder);
        Assert.Equal("fashion-mnist", data.Name);
        Assert.Equal((60000, 28, 28, 784, 10), Shape(data.Train));
        Assert.Equal((10000, 28, 28, 784, 10), Shape(data.Test));
    }

    private static (int Count, int Rows, int Columns, int PixelsPerImage, int ClassCount) Shape(LabeledImages images)
    {
        return (images.Count, images.Rows, images.Columns, images.PixelsPerImage, images.ClassCount);
    }

    private static byte[] Labels(LabeledImages images)
    {
        return [.. Enumerable.Range(0, images.Count).Select(images.Label)];
    }

    private void Assert_refused(string name, string problem)
    {
        Assert.Equal($"{_folder.PathOf(name)}: {problem}", Assert.Throws<InvalidDataException>(_folder.Load).Message);
    }
}
