using RramSnn.Cli.Settings;
using RramSnn.Data;
using RramSnn.Model.Devices.Files;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.Cli.Runs;

/// <summary>The images of a run as inputs.</summary>
internal sealed class RunData
{
    private readonly Lazy<RunBasis> _basis;

    private RunData(TrainSettings settings, ISampleSource training, ISampleSource? heldOut, ISampleSource test, Func<RunBasis> basis)
    {
        Settings = settings;
        Training = training;
        HeldOut = heldOut;
        Test = test;
        _basis = new Lazy<RunBasis>(basis);
    }

    /// <summary>The settings, with the number of training images known.</summary>
    internal TrainSettings Settings { get; }

    /// <summary>What is learned.</summary>
    internal ISampleSource Training { get; }

    /// <summary>The last training images, if some are kept out of training.</summary>
    internal ISampleSource? HeldOut { get; }

    /// <summary>What is measured once, at the end.</summary>
    internal ISampleSource Test { get; }

    /// <summary>What tells these data and the device from others.</summary>
    internal RunBasis Basis => _basis.Value;

    /// <summary>Loads the data set and divides it.</summary>
    /// <exception cref="ArgumentException">The data set has fewer images than the settings ask for.</exception>
    /// <exception cref="InvalidDataException">The data set is malformed.</exception>
    /// <exception cref="IOException">The data set is not there.</exception>
    internal static RunData Load(TrainSettings settings) => Of(LoadImages(settings.Data), settings);

    /// <summary>Loads the images of a data set.</summary>
    /// <param name="folder">Folder of the data set; null for the embedded MNIST.</param>
    /// <exception cref="InvalidDataException">The data set is malformed.</exception>
    /// <exception cref="IOException">The data set is not there.</exception>
    internal static ImageDataSet LoadImages(string? folder) => ImageDataSet.Load(folder ?? ImageDataSet.EmbeddedMnistDirectory);

    /// <summary>Divides a data set.</summary>
    /// <exception cref="ArgumentException">The data set has fewer images than the settings ask for.</exception>
    internal static RunData Of(ImageDataSet images, TrainSettings settings)
    {
        int all = images.Train.Count;
        if (settings.HeldOut >= all)
        {
            throw new ArgumentException($"held_out is {settings.HeldOut}; expected less than the {all} training images.");
        }

        int available = all - settings.HeldOut;
        int samples = settings.Samples ?? available;
        if (samples > available)
        {
            string reason = settings.HeldOut == 0 ? "" : $", of which {settings.HeldOut} are held out";
            throw new ArgumentException($"samples is {samples}; expected 1 to {available} (there are {all} training images{reason}).");
        }

        // Spikes are numbered from the start of each part: only their purposes keep the parts from sharing them.
        LabeledImages training = images.Train.Slice(0, samples);
        LabeledImages heldOut = images.Train.Slice(available, settings.HeldOut);
        return new RunData(
            settings with { Samples = samples },
            Encode(training, RandomPurpose.TrainingSpikes),
            settings.HeldOut == 0 ? null : Encode(heldOut, RandomPurpose.HeldOutSpikes),
            Encode(images.Test, RandomPurpose.TestSpikes),
            () => new RunBasis(RunBasis.Sha256(training, heldOut), RunBasis.Sha256(images.Test), DeviceFile.ToCompactJson(settings.ToDevice())));

        ISampleSource Encode(LabeledImages part, RandomPurpose purpose) => settings.Input == InputCoding.Amplitude
            ? new AmplitudeEncoder(part, images.Train.ClassCount, settings.Rate)
            : new PoissonEncoder(part, images.Train.ClassCount, settings.Rate, settings.Seed, purpose);
    }

    /// <summary>An untrained network for the data.</summary>
    internal Network CreateNetwork() => new(Settings.ToNetworkOptions(Training.Inputs, Training.Classes));
}
