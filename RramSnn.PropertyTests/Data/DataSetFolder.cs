using System.Security.Cryptography;
using RramSnn.Data;

namespace RramSnn.PropertyTests.Data;

/// <summary>A temporary folder with a small valid data set: three training and two test images of 2 x 3 pixels, four classes.</summary>
internal sealed class DataSetFolder : IDisposable
{
    internal const string TrainImages = "train-images-idx3-ubyte";
    internal const string TrainLabels = "train-labels-idx1-ubyte";
    internal const string TestImages = "t10k-images-idx3-ubyte";
    internal const string TestLabels = "t10k-labels-idx1-ubyte";

    internal static readonly string[] FileNames = [TrainImages, TrainLabels, TestImages, TestLabels];

    private readonly TemporaryFolder _folder = new();

    internal DataSetFolder()
    {
        Write(TrainImages, IdxBytes.Encode([3, 2, 3], [.. Enumerable.Range(0, 18).Select(i => (byte)i)]));
        Write(TrainLabels, IdxBytes.Labels(2, 0, 1));
        Write(TestImages, IdxBytes.Encode([2, 2, 3], [.. Enumerable.Range(100, 12).Select(i => (byte)i)]));
        Write(TestLabels, IdxBytes.Labels(3, 1));
    }

    internal string FullName => _folder.FullName;

    public void Dispose()
    {
        _folder.Dispose();
    }

    internal ImageDataSet Load() => ImageDataSet.Load(FullName);

    internal string PathOf(string name) => Path.Combine(FullName, name);

    internal string Write(string name, byte[] content) => _folder.Write(name, content);

    internal void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to));

    internal void WriteChecksums(string separator = "  ")
    {
        File.WriteAllLines(PathOf("SHA256SUMS"), FileNames.Select(name => Digest(name) + separator + name));
    }

    internal string Digest(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf(name))));
}
