using System.Buffers.Binary;
using System.Security.Cryptography;
using RramSnn.Data;

namespace RramSnn.Cli.Runs;

/// <summary>What a run's result rests on besides its settings; a run only goes on where all of it is the same.</summary>
/// <param name="TrainingDataSha256">Of the images and labels that are learned or held out.</param>
/// <param name="TestDataSha256">Of the test images and labels.</param>
/// <param name="Device">The device as compact JSON: what is behind its name.</param>
internal sealed record RunBasis(string TrainingDataSha256, string TestDataSha256, string Device)
{
    /// <summary>SHA-256 over the sizes, pixels and labels of some images, in lower-case hexadecimal.</summary>
    internal static string Sha256(params ReadOnlySpan<LabeledImages> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (LabeledImages images in parts)
        {
            foreach (int number in (ReadOnlySpan<int>)[images.Count, images.Rows, images.Columns, images.ClassCount])
            {
                Append(number);
            }

            for (int image = 0; image < images.Count; image++)
            {
                hash.AppendData(images.Image(image));
                Append(images.Label(image));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(int number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }

    /// <summary>Refuses to go on with a run that had another basis.</summary>
    /// <param name="checkpoint">The run's checkpoint, for messages.</param>
    /// <param name="here">What this program finds.</param>
    /// <exception cref="InvalidDataException">Data or device are not the same.</exception>
    internal void ThrowIfOther(string checkpoint, RunBasis here)
    {
        ThrowIfOtherDevice(checkpoint, here);
        if (here.TrainingDataSha256 != TrainingDataSha256)
        {
            throw new InvalidDataException($"{checkpoint}: the training data are not those that the run began with.");
        }

        ThrowIfOtherTestData(checkpoint, here);
    }

    /// <inheritdoc cref="ThrowIfOther"/>
    internal void ThrowIfOtherTestData(string checkpoint, RunBasis here)
    {
        if (here.TestDataSha256 != TestDataSha256)
        {
            throw new InvalidDataException($"{checkpoint}: the test data are not those that the run began with.");
        }
    }

    /// <inheritdoc cref="ThrowIfOther"/>
    internal void ThrowIfOtherDevice(string checkpoint, RunBasis here)
    {
        if (here.Device != Device)
        {
            throw new InvalidDataException($"{checkpoint}: the run's device is ({Device}); this program's is ({here.Device}).");
        }
    }
}
