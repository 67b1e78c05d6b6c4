using System.Globalization;
using RramSnn.Cli.Settings;

namespace RramSnn.Cli.Studies;

/// <summary>One run of a search.</summary>
internal sealed record TuningTrial(int Round, double LearningRate, double WeightRange, int Samples, int Epochs, double HeldOutAccuracy);

/// <summary>
/// The search for the learning rate and weight range of one arm: a grid around the method's own values, of which the best third goes on to
/// three times the training images, and in the last round to all epochs, until one is left. While that one lies at the edge of what was tried, the grid grows beyond it.
/// </summary>
/// <remarks>
/// Held-out training images judge; test images are never shown. All arms are searched by the same rules: the same grid around the method's own
/// values, the same images, at most <see cref="MostExtensions"/> steps beyond the grid. Of equals the one nearer to the method's own values is taken.
/// </remarks>
internal sealed class TuningSearch
{
    /// <summary>Steps beyond the grid.</summary>
    internal const int MostExtensions = 3;

    private readonly Arm _arm;
    private readonly TuningOptions _options;
    private readonly List<TuningTrial> _trials = [];
    private readonly HashSet<(int Rate, int Range)> _tried = [];
    private readonly int _rounds;
    private Candidate[] _candidates;
    private Candidate? _best;
    private double _bestAccuracy;
    private int _round;

    internal TuningSearch(Arm arm, TuningOptions options)
    {
        _arm = arm;
        _options = options;
        int half = options.Points / 2;
        _candidates =
        [
            .. from rate in Steps(arm.HasLearningRate)
               from range in Steps(arm.HasWeightRange)
               orderby Math.Abs(rate) + Math.Abs(range), rate, range
               let candidate = At(rate, range)
               where candidate is not null
               select candidate,
        ];
        Sizes = SizesOf(_candidates.Length);
        _rounds = Sizes.Count;
        Settle();

        IEnumerable<int> Steps(bool isFixed) => isFixed ? [0] : Enumerable.Range(-half, options.Points);
    }

    /// <summary>Number of candidates of every round on the grid.</summary>
    internal IReadOnlyList<int> Sizes { get; }

    /// <summary>The runs of the present round; none once a candidate is chosen.</summary>
    internal IReadOnlyList<PlannedRun> Round =>
        [.. _candidates.Select((candidate, index) => new PlannedRun(KeyOf(index), Reduced(candidate.Settings), IsExtra: _round >= _rounds))];

    /// <summary>All runs so far.</summary>
    internal IReadOnlyList<TuningTrial> Trials => _trials;

    /// <summary>The settings that were chosen, for runs at the full budget.</summary>
    internal TrainSettings Chosen => _candidates.Length == 0 ? _best!.Settings : throw new InvalidOperationException("The search is not over.");

    /// <summary>Whether a chosen value is the smallest or largest that was tried, so that a wider search might find better.</summary>
    internal bool IsAtEdge => _rounds > 0 && EdgeOf(_best!) != (0, 0);

    /// <summary>Takes the results of <see cref="Round"/>, in its order.</summary>
    internal void Accept(IReadOnlyList<RunRecord> records)
    {
        _trials.AddRange(records.Select(record => new TuningTrial(
            _round + 1, record.Settings.LearningRate, record.Settings.WeightRange, record.Settings.Samples!.Value, record.Settings.Epochs, record.HeldOutAccuracy!.Value)));
        int[] order = [.. Enumerable.Range(0, records.Count).OrderByDescending(index => records[index].HeldOutAccuracy).ThenBy(static index => index)];
        double accuracy = records[order[0]].HeldOutAccuracy!.Value;
        _tried.UnionWith(_candidates.Select(static candidate => (candidate.Rate, candidate.Range)));
        _round++;
        if (_round < _rounds)
        {
            _candidates = [.. order.Take(Kept(records.Count)).Order().Select(index => _candidates[index])];
            return;
        }

        // A step beyond the grid has to do better than what it starts from.
        bool isBetter = _round == _rounds || accuracy > _bestAccuracy;
        if (isBetter)
        {
            _best = _candidates[order[0]];
            _bestAccuracy = accuracy;
        }

        _candidates = isBetter && _round < _rounds + MostExtensions ? Beyond(_best!) : [];
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

    // One candidate needs no search.
    private void Settle()
    {
        if (_rounds == 0)
        {
            _best = _candidates[0];
            _candidates = [];
        }
    }

    /// <summary>Neighbours of a candidate beyond the edges that it lies at.</summary>
    private Candidate[] Beyond(Candidate candidate)
    {
        (int rate, int range) = EdgeOf(candidate);
        IEnumerable<(int Rate, int Range)> steps = [(rate, 0), (0, range), (rate, range)];
        return
        [
            .. steps.Distinct().Where(static step => step != (0, 0))
                .Select(step => At(candidate.Rate + step.Rate, candidate.Range + step.Range)).OfType<Candidate>(),
        ];
    }

    /// <summary>Per axis: -1 at the smallest value tried, 1 at the largest, 0 between them and where only one was tried.</summary>
    private (int Rate, int Range) EdgeOf(Candidate candidate)
    {
        return (Edge(candidate.Rate, static tried => tried.Rate), Edge(candidate.Range, static tried => tried.Range));

        int Edge(int step, Func<(int Rate, int Range), int> axis)
        {
            int least = _tried.Min(axis);
            int most = _tried.Max(axis);
            return least == most ? 0 : step == least ? -1 : step == most ? 1 : 0;
        }
    }

    /// <summary>The candidate at a place of the grid; null where its values would be out of range.</summary>
    private Candidate? At(int rate, int range)
    {
        TrainSettings middle = _arm.Settings!;
        TrainSettings settings = middle with
        {
            LearningRate = middle.LearningRate * Factor(rate, TuningOptions.LearningRateSpan),
            WeightRange = (float)(middle.WeightRange * Factor(range, TuningOptions.WeightRangeSpan)),
        };
        try
        {
            settings.Validate();
            return new Candidate(rate, range, settings);
        }
        catch (ArgumentException)
        {
            return null;
        }

        double Factor(int step, double span) => step == 0 ? 1 : Math.Pow(span, step / (double)(_options.Points / 2));
    }

    private TrainSettings Reduced(TrainSettings candidate)
    {
        // What does best in one epoch need not do so in many: the last candidates get them all.
        int epochs = _round + 1 < _rounds ? 1 : candidate.Epochs;
        int samples = _options.Samples;
        for (int round = _round + 1; round < _rounds; round++)
        {
            samples = Math.Max(1, samples / TuningOptions.Reduction);
        }

        return candidate with { Samples = samples, HeldOut = _options.HeldOut, Epochs = epochs, NoTest = true, Seed = _options.Seed };
    }

    private string KeyOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{_arm.Key}.tuning-{_round + 1}-{index + 1}");

    private sealed record Candidate(int Rate, int Range, TrainSettings Settings);
}
