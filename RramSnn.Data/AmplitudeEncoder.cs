using RramSnn.Model.Learning;

namespace RramSnn.Data;

/// <summary>Images as amplitudes, the same at every step: pixel p is the amplitude rate · p/255. Nothing about it is random.</summary>
public sealed class AmplitudeEncoder : IAmplitudeSource
{
    private readonly LabeledImages _images;
    private readonly float[] _amplitudeOfPixel = new float[256];

    /// <summary>An encoder of a set of images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="classes">Number of classes of the whole data set.</param>
    /// <param name="rate">Amplitude of a white pixel as a share of the full input, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public AmplitudeEncoder(LabeledImages images, int classes, double rate)
    {
        ArgumentNullException.ThrowIfNull(images);
        InputRate.Check(rate);
        _images = images;
        Classes = classes;
        for (int pixel = 0; pixel < _amplitudeOfPixel.Length; pixel++)
        {
            _amplitudeOfPixel[pixel] = (float)(rate * pixel / 255);
        }
    }

    /// <inheritdoc/>
    public int Count => _images.Count;

    /// <inheritdoc/>
    public int Inputs => _images.PixelsPerImage;

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public int Label(int sample) => _images.Label(sample);

    /// <inheritdoc/>
    public void Encode(int sample, Span<float> amplitudes)
    {
        ReadOnlySpan<byte> pixels = _images.Image(sample);
        for (int i = 0; i < pixels.Length; i++)
        {
            amplitudes[i] = _amplitudeOfPixel[pixels[i]];
        }
    }
}
