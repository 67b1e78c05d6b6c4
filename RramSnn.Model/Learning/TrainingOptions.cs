namespace RramSnn.Model.Learning;

/// <summary>How the learning rate changes over a run.</summary>
public enum LearningRateSchedule
{
    /// <summary>Falls in a straight line from the start value to zero behind the last sample.</summary>
    Linear,

    /// <summary>Stays at the start value.</summary>
    Constant,
}

/// <summary>How long and how fast a network learns.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training samples.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>η at the start of the run: weight change per unit error and unit trace.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>How η changes over the run.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Linear;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        Require.That(Epochs is >= 1 and <= 1_000_000, Epochs, "1 to 1000000", "epochs");
        Require.That(LearningRate is >= 0 and <= 1000, LearningRate, "0 to 1000", "learning_rate");
    }

    /// <summary>η for the sample at a position of a run of that many samples.</summary>
    internal float RateAt(long position, long total) => Schedule switch
    {
        LearningRateSchedule.Linear => (float)(LearningRate * ((total - position) / (double)total)),
        _ => (float)LearningRate,
    };
}
