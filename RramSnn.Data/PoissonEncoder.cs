using RramSnn.Kernels.Random;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Data;

/// <summary>
/// Images as Poisson spike trains: at every step pixel p spikes with probability rate · p/255, independently.
/// </summary>
/// <remarks>
/// The spikes of image k at step t are a pure function of (seed, purpose, k, t): the same in every epoch, on every machine
/// and in any order. Images of a slice keep the numbers that they have in the slice.
/// </remarks>
public sealed class PoissonEncoder : ISpikeSource
{
    private const int PixelsPerPart = 16 * RandomKernels.BlockLength;

    private readonly LabeledImages _images;
    private readonly RandomPurpose _purpose;
    private readonly ulong _seed;
    private readonly uint[] _thresholdOfPixel = new uint[256];

    /// <summary>An encoder of a set of images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="classes">Number of classes of the whole data set.</param>
    /// <param name="rate">Spike probability per step of a white pixel, above 0 and at most 1.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">Keeps training and test spikes apart.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public PoissonEncoder(LabeledImages images, int classes, double rate, ulong seed, RandomPurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(images);
        InputRate.Check(rate);
        _images = images;
        _purpose = purpose;
        _seed = seed;
        Classes = classes;
        for (int pixel = 0; pixel < _thresholdOfPixel.Length; pixel++)
        {
            _thresholdOfPixel[pixel] = (uint)Math.Round(rate * pixel / 255 * RandomKernels.CertainThreshold);
        }
    }

    /// <summary>Number of the first image in the random streams, 0 unless images come one by one. Not to be changed while images are encoded.</summary>
    public uint FirstNumber { get; set; }

    /// <inheritdoc/>
    public int Count => _images.Count;

    /// <inheritdoc/>
    public int Inputs => _images.PixelsPerImage;

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public int Label(int sample) => _images.Label(sample);

    /// <inheritdoc/>
    public void Encode(int sample, int firstStep, int endStep, Span<ulong> raster, int wordsPerStep)
    {
        // A part of the image at a time: its thresholds are looked up once and serve all steps.
        ReadOnlySpan<byte> pixels = _images.Image(sample);
        Span<uint> part = stackalloc uint[PixelsPerPart];
        raster[..((endStep - firstStep) * wordsPerStep)].Clear();
        for (int first = 0; first < pixels.Length; first += PixelsPerPart)
        {
            ReadOnlySpan<byte> some = pixels[first..Math.Min(first + PixelsPerPart, pixels.Length)];
            int blocks = (some.Length + RandomKernels.BlockLength - 1) / RandomKernels.BlockLength;
            Span<uint> thresholds = part[..(blocks * RandomKernels.BlockLength)];
            for (int i = 0; i < some.Length; i++)
            {
                thresholds[i] = _thresholdOfPixel[some[i]];
            }

            thresholds[some.Length..].Clear();
            int firstBlock = first / RandomKernels.BlockLength;
            for (int step = firstStep; step < endStep; step++)
            {
                RandomStream stream = new(_seed, (byte)_purpose, (ulong)step, FirstNumber + (uint)sample);
                RandomKernels.Bernoulli(thresholds, stream, raster.Slice(((step - firstStep) * wordsPerStep) + firstBlock, blocks), firstBlock);
            }
        }
    }
}
