using System.Globalization;
using RramSnn.Cli.Settings;

namespace RramSnn.Cli.Studies;

/// <summary>One run of a search.</summary>
internal sealed record TuningTrial(int Round, double LearningRate, double WeightRange, int Samples, double HeldOutAccuracy);

/// <summary>
/// The search for the learning rate and weight range of one arm: a grid around the method's own values, of which the best third goes on to
/// three times the training images until one is left.
/// </summary>
/// <remarks>
/// Held-out training images judge; test images are never shown. Every arm gets the same number of candidates and images. Of equals the one nearer
/// to the method's own values is taken.
/// </remarks>
internal sealed class TuningSearch
{
    private readonly Arm _arm;
    private readonly TuningOptions _options;
    private readonly List<TuningTrial> _trials = [];
    private readonly IReadOnlyList<TrainSettings> _all;
    private readonly int _rounds;
    private IReadOnlyList<TrainSettings> _candidates;
    private int _round;

    internal TuningSearch(Arm arm, TuningOptions options)
    {
        _arm = arm;
        _options = options;
        _all = [.. Candidates(arm, options.Points)];
        _candidates = _all;
        _rounds = SizesOf(_all.Count).Count;
    }

    /// <summary>Number of candidates of every round.</summary>
    internal IReadOnlyList<int> Sizes => SizesOf(_all.Count);

    /// <summary>The runs of the present round; none once a candidate is chosen.</summary>
    internal IReadOnlyList<PlannedRun> Round =>
        _candidates.Count == 1 ? [] : [.. _candidates.Select((candidate, index) => new PlannedRun(KeyOf(index), Reduced(candidate)))];

    /// <summary>All runs so far.</summary>
    internal IReadOnlyList<TuningTrial> Trials => _trials;

    /// <summary>The settings that were chosen, for runs at the full budget.</summary>
    internal TrainSettings Chosen => _candidates.Count == 1 ? _candidates[0] : throw new InvalidOperationException("The search is not over.");

    /// <summary>Whether a chosen value is the smallest or largest of several, so that a wider search might find better.</summary>
    internal bool IsAtEdge => IsExtreme(static settings => settings.LearningRate) || IsExtreme(static settings => settings.WeightRange);

    /// <summary>Takes the results of <see cref="Round"/>, in its order.</summary>
    internal void Accept(IReadOnlyList<RunRecord> records)
    {
        _trials.AddRange(records.Select(record => new TuningTrial(
            _round + 1, record.Settings.LearningRate, record.Settings.WeightRange, record.Settings.Samples!.Value, record.HeldOutAccuracy!.Value)));
        int[] best =
        [
            .. Enumerable.Range(0, _candidates.Count)
                .OrderByDescending(index => records[index].HeldOutAccuracy)
                .ThenBy(static index => index)
                .Take(Kept(_candidates.Count))
                .Order(),
        ];
        _candidates = [.. best.Select(index => _candidates[index])];
        _round++;
    }

    private static int Kept(int count) => (count + TuningOptions.Reduction - 1) / TuningOptions.Reduction;

    private static List<int> SizesOf(int count)
    {
        List<int> sizes = [];
        for (int left = count; left > 1; left = Kept(left))
        {
            sizes.Add(left);
        }

        return sizes;
    }

    // In the order of their distance from the middle of the grid.
    private static IEnumerable<TrainSettings> Candidates(Arm arm, int points)
    {
        TrainSettings middle = arm.Settings!;
        int half = points / 2;
        return
            from rate in Steps(arm.HasLearningRate)
            from range in Steps(arm.HasWeightRange)
            let settings = middle with
            {
                LearningRate = middle.LearningRate * Factor(rate, TuningOptions.LearningRateSpan),
                WeightRange = (float)(middle.WeightRange * Factor(range, TuningOptions.WeightRangeSpan)),
            }
            where (rate, range) == (0, 0) || IsValid(settings)
            orderby Math.Abs(rate) + Math.Abs(range), rate, range
            select settings;

        IEnumerable<int> Steps(bool isFixed) => isFixed ? [0] : Enumerable.Range(-half, points);

        double Factor(int step, double span) => step == 0 ? 1 : Math.Pow(span, step / (double)half);
    }

    private static bool IsValid(TrainSettings settings)
    {
        try
        {
            settings.Validate();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private TrainSettings Reduced(TrainSettings candidate)
    {
        int samples = _options.Samples;
        for (int round = _round + 1; round < _rounds; round++)
        {
            samples = Math.Max(1, samples / TuningOptions.Reduction);
        }

        return candidate with { Samples = samples, HeldOut = _options.HeldOut, Epochs = 1, NoTest = true, Seed = _options.Seed };
    }

    private string KeyOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{_arm.Key}.tuning-{_round + 1}-{index + 1}");

    private bool IsExtreme<T>(Func<TrainSettings, T> value)
        where T : IComparable<T>
    {
        T least = _all.Min(value)!;
        T most = _all.Max(value)!;
        return least.CompareTo(most) != 0 && (value(Chosen).CompareTo(least) == 0 || value(Chosen).CompareTo(most) == 0);
    }
}
