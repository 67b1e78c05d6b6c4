using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;

namespace RramSnn.Model.Crossbars.Units;

/// <summary>Gathers wishes in a fast array at every step, and transfers a few of its word lines to the weights behind every few samples.</summary>
internal sealed class TransferUnit : UpdateUnit
{
    private const int Width = CrossbarLayout.PanelWidth;

    // More calibration pulses than this only repeat what noise undoes.
    private const int MostCalibrationPairs = 2000;

    // A pulse that is next to nothing: the symmetry point of continuous pulses.
    private const double SmallPulse = 1e-3;

    private readonly TransferPlan _plan;
    private readonly TransferFields _fields;
    private readonly Arena _arena;
    private readonly DeviceArray _fast;
    private readonly DeviceArray _inverted;
    private readonly PulseApplier _applier;
    private readonly WholePulseWriter _writer;
    private readonly float _start;
    private readonly float _gamma;

    internal TransferUnit(Crossbar crossbar, Arena arena, TransferFields fields, TransferPlan plan)
        : base(crossbar)
    {
        _plan = plan;
        _fields = fields;
        _arena = arena;
        double pulse = crossbar.Pulses == PulseMode.Pulsed ? 1 : SmallPulse;
        double start = crossbar.Law.SymmetryPointOf(pulse);
        double step = (crossbar.Law.Up(start, pulse) + crossbar.Law.Down(start, pulse)) / (2 * pulse);
        double gain = plan.FastGain / (plan.WeightRange * step);
        _start = (float)start;
        _gamma = (float)(plan.Gamma * plan.WeightRange / crossbar.WeightPerState);
        _fast = crossbar.CreateArray(arena, fields.Fast, PulseRule.Constant(gain, gain), common: null);
        _inverted = crossbar.CreateArray(arena, fields.Fast, PulseRule.Constant(-gain, -gain), common: null);
        _applier = crossbar.CreateApplier(crossbar.Pulses);
        _writer = new WholePulseWriter(crossbar, plan.Steps);
    }

    private CrossbarLayout Layout => Crossbar.Layout;

    /// <summary>Draws the fast devices and brings them, and the references, to their symmetry points.</summary>
    internal override void Initialise(ulong seed, int layer)
    {
        Crossbar.Draw(_fast, seed, (2 * NetworkOptions.MaximumLayers) + layer);
        for (int row = 0; row < Layout.Rows; row++)
        {
            for (int column = 0; column < Layout.Columns; column++)
            {
                _fast.Place(Layout.IndexOf(row, column), _start);
            }
        }

        if (_plan.HasReference)
        {
            if (_fast.Varies)
            {
                Calibrate(seed, layer);
            }

            _fast.States.CopyTo(_arena.Span(_fields.Reference));
        }
    }

    internal override void Learn(in LearningStep step)
    {
        // Before this sample every word line was read as often as the others, those before the next one once more.
        long reads = ReadsBefore(step.Samples);
        int next = (int)(reads % Layout.Rows);
        bool isInverted = IsInverted(reads / Layout.Rows);
        if (isInverted == IsInverted((reads / Layout.Rows) + 1))
        {
            Write(isInverted, step, 0, Layout.Rows);
        }
        else
        {
            Write(!isInverted, step, 0, next);
            Write(isInverted, step, next, Layout.Rows);
        }
    }

    internal override void AfterSample(in SampleEnd end)
    {
        long first = ReadsBefore(end.Samples - 1);
        long last = ReadsBefore(end.Samples);
        for (int panel = end.Panels.First; panel < end.Panels.First + end.Panels.Count; panel++)
        {
            for (long read = first; read < last; read++)
            {
                Transfer(panel, (int)(read % Layout.Rows), read / Layout.Rows, end);
            }
        }
    }

    internal override void Accumulate(ActiveRows active, PanelRange panels, Span<float> current)
    {
        if (_gamma == 0f)
        {
            return;
        }

        Span<float> fast = panels.Columns(_arena.Span(_fields.Current));
        fast.Clear();
        ReadOnlySpan<float> states = panels.Cells(_fast.States, Layout);
        ReadOnlySpan<float> reference = panels.Cells(_arena.Span(_fields.Reference), Layout);
        if (active.Values.IsEmpty)
        {
            CrossbarKernels.AccumulateSpikes(states, reference, active, fast);
        }
        else
        {
            CrossbarKernels.AccumulateActive(states, reference, active, fast);
        }

        Span<float> slow = panels.Columns(current);
        for (int j = 0; j < slow.Length; j++)
        {
            slow[j] = MathF.FusedMultiplyAdd(_gamma, fast[j], slow[j]);
        }
    }

    internal override float ReadNoisePower => 2f * _gamma * _gamma;

    internal override float StateOf(int cell) => _gamma == 0f ? 0f : _gamma * (_fast.States[cell] - _arena.Span(_fields.Reference)[cell]);

    internal override void Scale(float factor)
    {
        foreach (ref float state in _fast.States)
        {
            state *= factor;
        }

        foreach (ref float state in _arena.Span(_fields.Reference))
        {
            state *= factor;
        }
    }

    /// <summary>Word lines that were transferred before so many samples were over, all rounds together.</summary>
    private long ReadsBefore(long samples) => samples / _plan.EverySamples * Math.Min(_plan.WordLines, Layout.Rows);

    /// <summary>Whether a word line that was read so often is gathered with the opposite sign.</summary>
    private bool IsInverted(long reads) => _plan.IsChopped && (reads / _plan.ChopperReads) % 2 != 0;

    private void Write(bool isInverted, in LearningStep step, int start, int end)
    {
        ActiveRows active = start == 0 && end == Layout.Rows ? step.Active(Layout.Rows) : step.Active(Layout.Rows, start, end);
        (isInverted ? _inverted : _fast).Write(active, step.Panels, step.Panels.Columns(step.Wish), step.Streams.Fast, default, step.Panels.Columns(step.Counters));
    }

    /// <summary>Reads one word line of a panel and passes its part on.</summary>
    private void Transfer(int panel, int row, long reads, in SampleEnd end)
    {
        CellRun run = CellRun.OfRow(panel, row, Layout);
        PanelRange one = new(panel, 1);
        Span<float> pulses = one.Columns(_arena.Span(_fields.Pulses));
        Span<float> counted = one.Columns(end.Counters.Reads);
        for (int j = 0; j < Math.Min(Width, Layout.Columns - one.FirstColumn); j++)
        {
            counted[j] += _plan.ExtraDevices;
        }

        ReadOnlySpan<float> fast = run.Of(_fast.States);
        float scale = (float)(_plan.Rate * _plan.WeightRange) * (IsInverted(reads) ? -1f : 1f);
        switch (_plan.Kind)
        {
            case TransferKind.Direct:
                WriteDirectly(run, fast, scale, pulses, end);
                return;
            case TransferKind.Dynamic:
                AddDifference(run, fast, scale, reads);
                break;
            default:
                Add(fast, run.Of(_arena.Span(_fields.Reference)), scale, run.Of(_arena.Span(_fields.Sum)));
                break;
        }

        _writer.Write(run, run.Of(_arena.Span(_fields.Sum)), pulses, end.Streams, end.CountersOf(one));
    }

    private void WriteDirectly(CellRun run, ReadOnlySpan<float> fast, float scale, Span<float> pulses, in SampleEnd end)
    {
        (double up, double down) = _plan.PulsesPerWeight;
        ReadOnlySpan<float> reference = run.Of(_arena.Span(_fields.Reference));
        PanelRange one = new(run.FirstPanel, 1);
        Fill(fast, reference, scale * (float)up, scale * (float)down, pulses);
        Crossbar.PlusArray.Apply(_applier, run, pulses, 1f, end.Streams.Plus, end.CountersOf(one));
        if (Crossbar.MinusArray is { } minus)
        {
            Fill(fast, reference, scale * (float)down, scale * (float)up, pulses);
            minus.Apply(_applier, run, pulses, -1f, end.Streams.Minus, end.CountersOf(one));
        }
    }

    private static void Fill(ReadOnlySpan<float> fast, ReadOnlySpan<float> reference, float forIncrease, float forDecrease, Span<float> pulses)
    {
        for (int j = 0; j < pulses.Length; j++)
        {
            float difference = fast[j] - reference[j];
            pulses[j] = difference * (difference < 0f ? forDecrease : forIncrease);
        }
    }

    private static void Add(ReadOnlySpan<float> fast, ReadOnlySpan<float> reference, float scale, Span<float> sum)
    {
        for (int j = 0; j < sum.Length; j++)
        {
            sum[j] = MathF.FusedMultiplyAdd(scale, fast[j] - reference[j], sum[j]);
        }
    }

    /// <summary>Adds what a read differs by from the mean of the previous period, in which the sign was the opposite.</summary>
    private void AddDifference(CellRun run, ReadOnlySpan<float> fast, float scale, long reads)
    {
        Span<float> present = run.Of(_arena.Span(_fields.PeriodSum));
        Span<float> previous = run.Of(_arena.Span(_fields.PeriodMean));
        if (reads >= _plan.ChopperReads)
        {
            Add(fast, previous, scale, run.Of(_arena.Span(_fields.Sum)));
        }

        bool ends = reads % _plan.ChopperReads == _plan.ChopperReads - 1;
        for (int j = 0; j < present.Length; j++)
        {
            float sum = present[j] + fast[j];
            previous[j] = ends ? sum / _plan.ChopperReads : previous[j];
            present[j] = ends ? 0f : sum;
        }
    }

    /// <summary>Zero-shifting: pulses up and down in turn bring every device to its own symmetry point, without a read.</summary>
    /// <remarks>Kim et al., arXiv:1907.10228, 2019. Not counted: it precedes training, like the start weights.</remarks>
    private void Calibrate(ulong seed, int layer)
    {
        ulong time = 0;
        Alternate(size: 1f, (int)Math.Min(Math.Ceiling(2 * Crossbar.PulsesPerRange), MostCalibrationPairs));
        if (Crossbar.Pulses == PulseMode.Continuous)
        {
            Alternate(size: 0.1f, (int)Math.Min(Math.Ceiling(10 * Crossbar.PulsesPerRange), MostCalibrationPairs));
        }

        void Alternate(float size, int pairs)
        {
            float[] pulses = new float[Width];
            float[][] counters = [new float[Width], new float[Width], new float[Width]];
            for (ulong last = time + (2 * (ulong)pairs); time < last; time++)
            {
                RandomStream stream = RandomPurpose.UnitCalibration.Stream(seed, layer, time);
                for (int panel = 0; panel < Layout.PanelCount; panel++)
                {
                    pulses.AsSpan().Clear();
                    pulses.AsSpan(0, Math.Min(Width, Layout.Columns - (panel * Width))).Fill(size);
                    for (int row = 0; row < Layout.Rows; row++)
                    {
                        CellRun run = CellRun.OfRow(panel, row, Layout);
                        _fast.Calibrate(_applier, run, pulses, time % 2 == 0 ? 1f : -1f, stream, new(counters[0], counters[1], counters[2]));
                    }
                }
            }
        }
    }
}
