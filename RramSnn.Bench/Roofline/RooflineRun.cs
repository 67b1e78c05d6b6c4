using System.Diagnostics;
using RramSnn.Bench.Roofline.Ceilings;
using RramSnn.Bench.Roofline.Rivals;

namespace RramSnn.Bench.Roofline;

/// <summary>One run: ceilings, cases, ceilings again.</summary>
internal sealed class RooflineRun
{
    // A minute for everything, of which start, compilation of the twin and the ceilings need some.
    private static readonly TimeSpan Everything = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan MostPerCase = TimeSpan.FromSeconds(1.5);

    private RooflineRun(MachineCeilings ceilings, IReadOnlyList<MeasuredCase> cases, RivalTools tools)
    {
        Ceilings = ceilings;
        Cases = cases;
        Remarks = tools.Remarks;
        RivalVersions = [.. tools.Versions];
    }

    /// <summary>What the machine can do.</summary>
    internal MachineCeilings Ceilings { get; }

    /// <summary>What the kernels did.</summary>
    internal IReadOnlyList<MeasuredCase> Cases { get; }

    /// <summary>What could not be compared with.</summary>
    internal IReadOnlyList<string> Remarks { get; }

    /// <summary>Versions of the installed rivals.</summary>
    internal IReadOnlyList<(string Name, string Value)> RivalVersions { get; }

    /// <summary>Measures the cases of a plan.</summary>
    /// <param name="kernel">The one kernel asked for, or null for all.</param>
    /// <param name="plan">Sizes and threads.</param>
    /// <param name="passes">How often, about a minute each: neighbours of a shared machine are busy for minutes at a time, so a case is tried again long after.</param>
    /// <param name="progress">Told what comes next.</param>
    internal static RooflineRun Measure(string? kernel, CasePlan plan, int passes, Action<string> progress)
    {
        List<(string Kernel, CaseFactory Factory)> pending = [.. CaseCatalogue.Cases(kernel, plan).Select(static one => (one.Family.Kernel, one.Factory))];
        using RivalTools tools = new();
        MachineCeilings ceilings = new();
        progress("ceilings");
        ceilings.Refresh();
        List<MeasuredCase> cases = Pass(pending, tools, ceilings, progress);
        for (int pass = 1; pass < passes; pass++)
        {
            // A neighbour may sit beside one of the processors for as long as all passes take.
            PinnedThread.MoveOn();
            tools.EndProcesses();
            List<MeasuredCase> again = Pass(pending, tools, ceilings, text => progress($"pass {pass + 1} of {passes}, {text}"));
            cases = [.. cases.Zip(again, MeasuredCase.Best)];
        }

        progress("ceilings");
        ceilings.Refresh();
        return new RooflineRun(ceilings, cases, tools);
    }

    private static List<MeasuredCase> Pass(
        List<(string Kernel, CaseFactory Factory)> pending, RivalTools tools, MachineCeilings ceilings, Action<string> progress)
    {
        long start = Stopwatch.GetTimestamp();
        List<MeasuredCase> cases = [];
        for (int i = 0; i < pending.Count; i++)
        {
            progress($"{i + 1} of {pending.Count}: {pending[i].Kernel} {pending[i].Factory}");
            if (i > 0 && pending[i].Kernel != pending[i - 1].Kernel)
            {
                // Spread over the run, so that one busy moment of a shared machine does not lower a ceiling.
                ceilings.Refresh();
            }

            // Making a case and calibrating its rivals costs time as well: it gets a part of its share for measuring.
            TimeSpan left = Everything - Stopwatch.GetElapsedTime(start);
            TimeSpan share = 0.7 * left / (pending.Count - i);
            MeasuredCase measured = CaseRunner.Measure(pending[i].Kernel, pending[i].Factory, tools, share < MostPerCase ? share : MostPerCase);
            cases.Add(measured);

            // A level that only large cases reach is measured beside the first of them, and from then on with the others.
            ceilings.Require(MemoryLevel.Of(measured.Work.Footprint));
        }

        return cases;
    }

    /// <summary>The rows of all cases.</summary>
    internal IReadOnlyList<RooflineRow> ToRows() =>
        [.. Cases.SelectMany(measured => measured.ToRows(Ceilings, RunningIsa))];

    /// <summary>Vector width of this process, as the rows name it.</summary>
    internal static string RunningIsa => Kernels.Simd.VectorDispatch.WidthInBits.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
