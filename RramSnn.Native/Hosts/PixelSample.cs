using RramSnn.Data;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using RramSnn.Native.Settings;

namespace RramSnn.Native.Hosts;

/// <summary>One sample of pixels at a time, encoded as the settings say.</summary>
internal sealed class PixelSample
{
    private readonly byte[] _pixels;
    private readonly byte[] _label = new byte[1];
    private readonly ISampleSource _learned;
    private readonly ISampleSource _tested;

    internal PixelSample(NetworkSettings settings)
    {
        _pixels = new byte[settings.Network.Inputs];
        LabeledImages images = new(_pixels, _label, rows: 1, columns: _pixels.Length, classCount: settings.Network.Classes);
        _learned = Encode(images, settings, RandomPurpose.TrainingSpikes);
        _tested = Encode(images, settings, RandomPurpose.TestSpikes);
    }

    /// <summary>Images as inputs of a network.</summary>
    internal static ISampleSource Encode(LabeledImages images, NetworkSettings settings, RandomPurpose purpose) => settings.HasAmplitudes
        ? new AmplitudeEncoder(images, settings.Network.Classes, settings.Rate)
        : new PoissonEncoder(images, settings.Network.Classes, settings.Rate, settings.Network.Seed, purpose);

    /// <summary>The sample as an input.</summary>
    /// <param name="pixels">One byte per input.</param>
    /// <param name="number">Number of the image in its random streams.</param>
    /// <param name="label">Its class.</param>
    /// <param name="learns">Whether it is one of training.</param>
    internal ISampleSource With(ReadOnlySpan<byte> pixels, uint number, int label, bool learns)
    {
        if (pixels.Length != _pixels.Length)
        {
            throw new ArgumentException($"pixels has {pixels.Length} bytes; expected {_pixels.Length}, one per input.", nameof(pixels));
        }

        if (label is < 0 or > byte.MaxValue)
        {
            throw new ArgumentException($"label is {label}; expected a class from 0 to {byte.MaxValue}.", nameof(label));
        }

        pixels.CopyTo(_pixels);
        _label[0] = (byte)label;
        ISampleSource source = learns ? _learned : _tested;
        if (source is PoissonEncoder encoder)
        {
            encoder.FirstNumber = number;
        }

        return source;
    }
}
