namespace RramSnn.Data;

/// <summary>Labelled training and test images in the file format of MNIST: a folder with four IDX files.</summary>
/// <remarks>
/// Each file may be gzipped or plain, and named in one of the usual ways: <c>train-</c> for the training set, <c>t10k-</c> or
/// <c>test-</c> for the test set; <c>images-idx3-ubyte</c> and <c>labels-idx1-ubyte</c>, also with a dot before <c>idx</c>; with or
/// without <c>.gz</c>. MNIST, Fashion-MNIST and KMNIST come like this. Where one part exists under several names the gzipped file is
/// read. If the folder has a <c>SHA256SUMS</c>, every file read that it lists is verified.
/// </remarks>
public sealed class ImageDataSet
{
    private ImageDataSet(string directory, LabeledImages train, LabeledImages test)
    {
        Directory = directory;
        Train = train;
        Test = test;
    }

    /// <summary>The folder of the MNIST that comes with this library, beside the program.</summary>
    public static string EmbeddedMnistDirectory => Path.Combine(AppContext.BaseDirectory, "data", "mnist");

    /// <summary>The name of the folder, such as "mnist".</summary>
    public string Name => Path.GetFileName(Directory);

    /// <summary>The full path of the folder.</summary>
    public string Directory { get; }

    /// <summary>The training images.</summary>
    public LabeledImages Train { get; }

    /// <summary>The test images, of the same size and number of classes as the training images.</summary>
    public LabeledImages Test { get; }

    /// <summary>Reads and checks a data set; nothing about its files is taken on trust.</summary>
    /// <param name="directory">The folder with the four files.</param>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is null or blank.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks one of the four files.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, fails its checksum, or does not fit the others.</exception>
    /// <exception cref="UnauthorizedAccessException">The system does not let a file be read.</exception>
    public static ImageDataSet Load(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (!System.IO.Directory.Exists(directory))
        {
            string problem = File.Exists(directory) ? "is a file, expected a folder" : "folder not found";
            throw new DirectoryNotFoundException($"{directory}: {problem}");
        }

        ChecksumList checksums = ChecksumList.Load(directory);
        ImageDataSetPart train = ImageDataSetPart.Read(directory, ImageDataSetPart.TrainPrefixes, checksums);
        ImageDataSetPart test = ImageDataSetPart.Read(directory, ImageDataSetPart.TestPrefixes, checksums);
        if (test.Rows != train.Rows || test.Columns != train.Columns)
        {
            string expected = $"{train.Rows} x {train.Columns} as in {Path.GetFileName(train.ImagePath)}";
            throw InvalidData.In(test.ImagePath, $"images of {test.Rows} x {test.Columns} pixels, expected {expected}");
        }

        int classCount = Math.Max(train.MaxLabel, test.MaxLabel) + 1;
        return new ImageDataSet(directory, train.ToLabeledImages(classCount), test.ToLabeledImages(classCount));
    }
}
