namespace RramSnn.Cli.Studies;

/// <summary>How the learning rate and weight range of every arm are looked for.</summary>
/// <param name="Points">Values per axis, an odd number, so that the method's own are among them; 1 to keep these.</param>
/// <param name="HeldOut">Last training images, which judge.</param>
/// <param name="Samples">Training images of the last round.</param>
/// <param name="Seed">Seed of all rounds.</param>
internal sealed record TuningOptions(int Points, int HeldOut, int Samples, ulong Seed)
{
    /// <summary>Most training images that judge, unless told otherwise.</summary>
    internal const int MostHeldOut = 10_000;

    /// <summary>Of how many candidates one goes on to the next round, on so many times the training images.</summary>
    internal const int Reduction = 3;

    /// <summary>Learning rates lie between the method's own divided and multiplied by this.</summary>
    internal const double LearningRateSpan = 3;

    /// <summary>The same of weight ranges.</summary>
    internal const double WeightRangeSpan = 4;

    /// <summary>For runs on some of the training images.</summary>
    /// <param name="points">Values per axis.</param>
    /// <param name="samples">Training images of a run.</param>
    /// <param name="all">Training images of the data set.</param>
    /// <param name="heldOut">Images to hold out; 0 for a quarter of those of a run, at most <see cref="MostHeldOut"/>.</param>
    /// <param name="seed">Seed of all rounds.</param>
    internal static TuningOptions For(int points, int samples, int all, int heldOut, ulong seed)
    {
        int judges = heldOut > 0 ? heldOut : Math.Clamp(samples / 4, 1, MostHeldOut);
        return new TuningOptions(points, judges, Math.Max(1, Math.Min(samples, all - judges)), seed);
    }
}
