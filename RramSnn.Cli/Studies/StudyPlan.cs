using RramSnn.Cli.Runs;
using RramSnn.Cli.Settings;
using RramSnn.Data;

namespace RramSnn.Cli.Studies;

/// <summary>Arms, seeds and tuning: everything that decides the results of a study or sweep.</summary>
internal sealed record StudyPlan
{
    /// <summary>Written to and compared with <c>plan.json</c>.</summary>
    public int FormatVersion { get; } = 1;

    public required string Kind { get; init; }

    public required string TrainingDataSha256 { get; init; }

    public required string TestDataSha256 { get; init; }

    public required IReadOnlyList<ulong> Seeds { get; init; }

    public required TuningOptions Tuning { get; init; }

    public required IReadOnlyList<Arm> Arms { get; init; }

    /// <summary>Arms that are not left out.</summary>
    internal IEnumerable<Arm> Runnable => Arms.Where(static arm => arm.Settings is not null);

    /// <summary>The settings that all arms share but for device and method.</summary>
    internal TrainSettings Common => Runnable.First().Settings!;

    /// <summary>A plan, with everything checked that can be before training.</summary>
    /// <param name="kind">study or sweep.</param>
    /// <param name="images">The data set.</param>
    /// <param name="common">Arguments that all arms share.</param>
    /// <param name="arms">The arms.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="tuningPoints">Values per axis of the search.</param>
    /// <exception cref="ArgumentException">An argument is wrong, or no arm is left.</exception>
    internal static StudyPlan Create(
        string kind, ImageDataSet images, TrainArguments common, IReadOnlyList<Arm> arms, IReadOnlyList<ulong> seeds, int tuningPoints)
    {
        // What is wrong with every arm is the user's mistake. The method ideal drives every device and cell.
        TrainSettings any = RunData.Of(images, common.With("--method", "ideal").Read()).Settings;
        if (arms.All(static arm => arm.Settings is null))
        {
            throw new ArgumentException(arms[0].Skipped);
        }

        return new StudyPlan
        {
            Kind = kind,
            TrainingDataSha256 = RunBasis.Sha256(images.Train),
            TestDataSha256 = RunBasis.Sha256(images.Test),
            Seeds = seeds,
            Tuning = TuningOptions.For(tuningPoints, any.Samples!.Value, images.Train.Count, any.HeldOut, seeds[0]),
            Arms = [.. arms.Select(arm => arm with { Settings = arm.Settings is { } settings ? RunData.Of(images, settings).Settings : null })],
        };
    }

    /// <summary>The plan as the text of its file.</summary>
    internal string ToJson() => SettingsJson.Write(this) + "\n";

    /// <summary>All runs of some arms: how many, and the training samples that they show.</summary>
    internal (int Runs, double Samples) CountRuns(IEnumerable<Arm> arms)
    {
        int runs = 0;
        double samples = 0;
        foreach (Arm arm in arms)
        {
            int round = Tuning.Samples;
            int epochs = arm.Settings!.Epochs;
            foreach (int size in new TuningSearch(arm, Tuning).Sizes.Reverse())
            {
                runs += size;
                samples += (double)size * round * epochs;
                epochs = 1;
                round = Math.Max(1, round / TuningOptions.Reduction);
            }

            runs += Seeds.Count;
            samples += (double)Seeds.Count * arm.Settings.Epochs * arm.Settings.Samples!.Value;
        }

        return (runs, samples);
    }

    /// <summary>Runs every arm: round after round of tuning, then a run per seed, all of one kind side by side.</summary>
    /// <exception cref="OperationCanceledException">The program was interrupted; what had finished is kept.</exception>
    internal IReadOnlyList<ArmResult> Run(ArmRunner runner)
    {
        (Arm Arm, TuningSearch Search)[] arms = [.. Runnable.Select(arm => (arm, new TuningSearch(arm, Tuning)))];
        for (bool isTuning = true; isTuning;)
        {
            PlannedRun[][] rounds = [.. arms.Select(static item => item.Search.Round.ToArray())];
            IReadOnlyList<RunRecord> records = runner.RunAll([.. rounds.SelectMany(static round => round)]);
            int first = 0;
            foreach (((_, TuningSearch search), PlannedRun[] round) in arms.Zip(rounds).Where(static pair => pair.Second.Length > 0))
            {
                search.Accept([.. records.Skip(first).Take(round.Length)]);
                first += round.Length;
            }

            isTuning = first > 0;
        }

        IReadOnlyList<RunRecord> finals = runner.RunAll([.. arms.SelectMany(item => ArmResult.Plan(item.Arm, item.Search, Seeds))]);
        Dictionary<Arm, ArmResult> results = arms.Index().ToDictionary(
            static item => item.Item.Arm,
            item => new ArmResult(item.Item.Arm, item.Item.Search, [.. finals.Skip(item.Index * Seeds.Count).Take(Seeds.Count)]));
        return [.. Arms.Select(arm => results.TryGetValue(arm, out ArmResult? result) ? result : new ArmResult(arm, null, []))];
    }

    /// <summary>Tunes one arm and runs its seeds, one after the other on the present thread.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="run">Gives the record of a run, or null where there is none yet.</param>
    /// <returns>The arm's result; null if a record was missing.</returns>
    internal ArmResult? RunOne(Arm arm, Func<PlannedRun, RunRecord?> run)
    {
        TuningSearch search = new(arm, Tuning);
        while (search.Round is { Count: > 0 } round)
        {
            if (All(round) is not { } records)
            {
                return null;
            }

            search.Accept(records);
        }

        return All(ArmResult.Plan(arm, search, Seeds)) is { } finals ? new ArmResult(arm, search, finals) : null;

        IReadOnlyList<RunRecord>? All(IReadOnlyList<PlannedRun> runs)
        {
            List<RunRecord> records = [];
            foreach (PlannedRun planned in runs)
            {
                if (run(planned) is not { } record)
                {
                    return null;
                }

                records.Add(record);
            }

            return records;
        }
    }
}
