namespace RramSnn.Data;

/// <summary>The training or the test half of a data set, before the number of classes is known.</summary>
internal sealed class ImageDataSetPart
{
    internal static readonly string[] TrainPrefixes = ["train-"];
    internal static readonly string[] TestPrefixes = ["t10k-", "test-"];

    private static readonly string[] ImageNames = ["images-idx3-ubyte", "images.idx3-ubyte"];
    private static readonly string[] LabelNames = ["labels-idx1-ubyte", "labels.idx1-ubyte"];

    // The compressed form first: it is the published one, which checksum lists name.
    private static readonly string[] Extensions = [".gz", ""];

    private readonly IdxArray _images;
    private readonly byte[] _labels;

    private ImageDataSetPart(string imagePath, IdxArray images, byte[] labels)
    {
        ImagePath = imagePath;
        _images = images;
        _labels = labels;
    }

    internal string ImagePath { get; }

    internal int Rows => _images.Dimensions[1];

    internal int Columns => _images.Dimensions[2];

    internal int MaxLabel => _labels.Max();

    internal static ImageDataSetPart Read(string directory, string[] prefixes, ChecksumList checksums)
    {
        string imagePath = Find(directory, prefixes, ImageNames);
        string labelPath = Find(directory, prefixes, LabelNames);
        IdxArray labels = ReadVerified(labelPath, IdxFile.LabelRank, checksums);
        IdxArray images = ReadVerified(imagePath, IdxFile.ImageRank, checksums);
        if (labels.Dimensions[0] != images.Dimensions[0])
        {
            throw InvalidData.In(
                labelPath,
                $"{labels.Dimensions[0]} labels, expected {images.Dimensions[0]} as images in {Path.GetFileName(imagePath)}");
        }

        return new ImageDataSetPart(imagePath, images, labels.Values);
    }

    internal LabeledImages ToLabeledImages(int classCount)
    {
        return new LabeledImages(_images.Values, _labels, Rows, Columns, classCount);
    }

    private static IdxArray ReadVerified(string path, int rank, ChecksumList checksums)
    {
        using FileStream file = IdxFile.Open(path);
        checksums.Verify(file);
        return IdxFile.Read(file, rank);
    }

    private static string Find(string directory, string[] prefixes, string[] names)
    {
        string[] candidates =
        [
            .. from extension in Extensions
               from prefix in prefixes
               from name in names
               select Path.Combine(directory, prefix + name + extension)
        ];

        // Some archives unpack to a folder of the file's name beside the file; alone, it is reported when it is opened.
        return candidates.FirstOrDefault(File.Exists)
            ?? candidates.FirstOrDefault(Directory.Exists)
            ?? throw new FileNotFoundException($"{directory}: has no {prefixes[0]}{names[0]} or {prefixes[0]}{names[0]}.gz", candidates[0]);
    }
}
