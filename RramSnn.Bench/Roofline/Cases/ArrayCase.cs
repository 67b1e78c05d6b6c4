using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Arrays that are written row by row: operands, rows and threads.</summary>
/// <typeparam name="TDevice">Device model.</typeparam>
/// <typeparam name="TLaw">Its law in other words.</typeparam>
/// <typeparam name="TCounts">Continuous pulses, or whole ones.</typeparam>
/// <typeparam name="TNoise">Noise of the writes.</typeparam>
internal abstract class ArrayCase<TDevice, TLaw, TCounts, TNoise> : RooflineCase
    where TDevice : struct, IDeviceModel
    where TLaw : struct, IUpdateLaw<TDevice>
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
{
    private const int Signs = 2;
    private const float LargestWish = 0.1f;

    /// <summary>State of the reference of cells that are no pairs.</summary>
    protected const float Reference = 0.5f;

    private readonly TNoise _noise;
    private readonly Field<float>[] _states;
    private readonly RowSets _rowSets;
    private readonly Field<float> _traces;
    private readonly Field<float> _fullTrace;
    private readonly Field<float> _input;
    private readonly Field<float> _wishes;
    private readonly Field<float> _counters;
    private readonly Field<int> _rows;
    private readonly Field<float> _values;
    private readonly Field<float> _inputs;
    private readonly PolarityGain[] _gains;

    protected ArrayCase(string variant, CaseShape shape, TLaw law, TNoise noise, int arrays)
        : base(variant, shape)
    {
        Law = law;
        _noise = noise;

        // The arrays of a pair go opposite ways.
        _gains = [new PolarityGain(1, law.Decrease), new PolarityGain(-law.Decrease, -1)];
        Layout = new CrossbarLayout(shape.Rows, shape.Columns);
        _states = [.. Enumerable.Range(0, arrays).Select(array => Operands.Reserve<float>($"state_{array}", Layout.Length))];
        _rowSets = new RowSets(shape);
        _fullTrace = Operands.Reserve<float>("full_trace", shape.Rows);
        _traces = Operands.Reserve<float>("traces", _rowSets.Count * _fullTrace.Length);
        _input = Operands.Reserve<float>("input", shape.Rows);
        _wishes = Operands.Reserve<float>("wishes", Signs * Layout.PaddedColumns);
        _counters = Operands.Reserve<float>("counters", 3 * Layout.PaddedColumns);
        _rows = Operands.Reserve<int>("rows", _fullTrace.Length * shape.Threads);
        _values = Operands.Reserve<float>("values", _fullTrace.Length * shape.Threads);
        _inputs = Operands.Reserve<float>("inputs", _fullTrace.Length * shape.Threads);
        Constants = Operands.Reserve<float>("constants", Signs * ColumnVectors.Count * Layout.PaddedColumns);
        Current = Operands.Reserve<float>("current", Layout.PaddedColumns);
        Operands.Allocate();
        Array.ForEach(_states, state => Operands.Fill(state, 0.2f, 0.8f, 1));
        Operands.Fill(_wishes, -LargestWish, LargestWish, 3);
        Operands.Fill(_input, 0.1f, 1f, 4);
        Operands.Span(_input)[shape.Rows..].Clear();
        FillTraces();
        Span<float> wishes = Operands.Span(_wishes);
        for (int j = 0; j < Layout.PaddedColumns; j++)
        {
            wishes[Layout.PaddedColumns + j] = -wishes[j];
        }

        SetConstants();
        Team = new PanelTeam(shape, Layout.PanelCount, Panels, slowness: typeof(TNoise) == typeof(NoNoise) ? TLaw.Flops / 9.0 : 5);
    }

    internal override Work Work
    {
        get
        {
            double cells = Shape.ActiveSynapses;
            int arrays = _states.Length;
            double footprint = 4.0 * arrays * _rowSets.UnionRows * Shape.Columns;
            return Work.PerSynapse(cells, arrays * (TLaw.Flops + NoiseFlops + ExtraFlops), 8 * arrays, Traffic.InPlace, footprint).Times(Team.Calls);
        }
    }

    /// <summary>Float operations per device beyond the update itself.</summary>
    protected virtual double ExtraFlops => 0;

    protected TLaw Law { get; }

    protected CrossbarLayout Layout { get; }

    protected PanelTeam Team { get; }

    /// <summary>Constants of the columns for both signs.</summary>
    protected Field<float> Constants { get; }

    /// <summary>Sums of the columns.</summary>
    protected Field<float> Current { get; }

    protected ReadOnlySpan<float> Input => Operands.Span(_input)[..Shape.Rows];

    // The difference, its scaling, one fused step, minimum and maximum, and the normal's own: three fused steps, or two operations.
    private static double NoiseFlops =>
        typeof(TNoise) == typeof(NoNoise) ? 0 : typeof(TNoise) == typeof(StepNoise<ByteSumNormal>) ? 8 : 12;

    internal override void Run() => Team.Run();

    /// <summary>One call for some panels.</summary>
    protected abstract void Panels(int worker, int call, int start, int end);

    protected Span<float> State(int array) => Operands.Span(_states[array])[..Layout.Length];

    /// <summary>The sign of a call's wishes, 0 or 1: each trace meets wishes and their opposites by turns, so that no device runs into its bound for good.</summary>
    protected int Sign(int call) => (int)((uint)call / (uint)_rowSets.Count) & 1;

    /// <summary>The wishes of a call.</summary>
    protected ReadOnlySpan<float> Wish(int call) => WishOf(Sign(call));

    /// <summary>The trace of a call.</summary>
    protected ReadOnlySpan<float> Trace(int call) => TraceOf((int)((uint)call % (uint)_rowSets.Count));

    /// <summary>Lists the active rows of a call in the scratch of a worker.</summary>
    protected ActiveRows Active(int call, int worker = 0) => ListOf(Trace(call), worker);

    /// <summary>Lists all rows.</summary>
    protected ActiveRows AllActive() => ListOf(Operands.Span(_fullTrace), worker: 0);

    /// <summary>Lists the rows with a trace or an input in the scratch of a worker.</summary>
    protected ActiveRows ActiveWithInput(int call, int worker) => ActiveRows.FromTraceAndInput(
        Trace(call), Operands.Span(_input), Shape.Rows, Scratch(_rows, worker), Scratch(_values, worker), Scratch(_inputs, worker));

    /// <summary>Updates some panels of one array.</summary>
    protected void Update(int array, ActiveRows active, int call, int start, int end) =>
        ConductanceKernels.Update<TDevice, PolarityGain, TCounts, TNoise>(
            Law.Device,
            _gains[array],
            _noise,
            PanelsOf(State(array), start, end),
            active,
            ColumnsOf(Wish(call), start, end),
            Stream(array, call),
            start,
            Counters(start, end));

    /// <summary>Updates some panels and multiplies them with the coming step's input.</summary>
    protected void UpdateAndAccumulate(ActiveRows active, int call, int start, int end)
    {
        if (_states.Length == 1)
        {
            ConductanceKernels.UpdateAndAccumulate<TDevice, PolarityGain, TCounts, TNoise>(
                Law.Device,
                _gains[0],
                _noise,
                PanelsOf(State(0), start, end),
                active,
                ColumnsOf(Wish(call), start, end),
                Stream(0, call),
                start,
                Counters(start, end),
                Reference,
                Columns(Current, start, end));
        }
        else
        {
            ConductanceKernels.UpdateAndAccumulate<TDevice, PolarityGain, TCounts, TNoise>(
                Law.Device,
                _gains[0],
                _gains[1],
                _noise,
                PanelsOf(State(0), start, end),
                PanelsOf(State(1), start, end),
                active,
                ColumnsOf(Wish(call), start, end),
                Stream(0, call),
                Stream(1, call),
                start,
                Counters(start, end),
                Columns(Current, start, end));
        }
    }

    private static RandomStream Stream(int array, int call) => new(1, (byte)(9 + array), (ulong)call);

    protected Span<float> PanelsOf(Span<float> state, int start, int end) => state[(start * Layout.PanelLength)..(end * Layout.PanelLength)];

    /// <summary>Columns of some panels.</summary>
    protected Span<float> Columns(Field<float> field, int start, int end) =>
        Operands.Span(field)[(start * CrossbarLayout.PanelWidth)..(end * CrossbarLayout.PanelWidth)];

    protected override void Dispose(bool disposing)
    {
        Team.Dispose();
        base.Dispose(disposing);
    }

    private static ReadOnlySpan<float> ColumnsOf(ReadOnlySpan<float> vector, int start, int end) =>
        vector[(start * CrossbarLayout.PanelWidth)..(end * CrossbarLayout.PanelWidth)];

    private Span<T> Scratch<T>(Field<T> field, int worker)
        where T : unmanaged => Operands.Span(field).Slice(worker * _fullTrace.Length, _fullTrace.Length);

    private Span<float> WishOf(int sign) => Operands.Span(_wishes).Slice(sign * Layout.PaddedColumns, Layout.PaddedColumns);

    private Span<float> TraceOf(int set) => Operands.Span(_traces).Slice(set * _fullTrace.Length, _fullTrace.Length);

    private ActiveRows ListOf(ReadOnlySpan<float> trace, int worker) =>
        ActiveRows.FromTrace(trace, Shape.Rows, Scratch(_rows, worker), Scratch(_values, worker));

    private PulseCounters Counters(int start, int end)
    {
        Range columns = (start * CrossbarLayout.PanelWidth)..(end * CrossbarLayout.PanelWidth);
        return new(Counter(0)[columns], Counter(1)[columns], Counter(2)[columns]);
    }

    private Span<float> Counter(int index) => Operands.Span(_counters).Slice(index * Layout.PaddedColumns, Layout.PaddedColumns);

    private void FillTraces()
    {
        Operands.Fill(_traces, 0.1f, 1f, 2);
        Operands.Fill(_fullTrace, 0.1f, 1f, 2);
        Operands.Span(_fullTrace)[Shape.Rows..].Clear();
        for (int set = 0; set < _rowSets.Count; set++)
        {
            HashSet<int> active = [.. _rowSets[set]];
            Span<float> trace = TraceOf(set);
            for (int row = 0; row < trace.Length; row++)
            {
                trace[row] = active.Contains(row) ? trace[row] : 0f;
            }
        }
    }

    private void SetConstants()
    {
        int length = ColumnVectors.Count * Layout.PaddedColumns;
        for (int sign = 0; sign < Signs; sign++)
        {
            ColumnVectors columns = new(Operands.Span(Constants).Slice(sign * length, length), Layout.PaddedColumns);
            ReadOnlySpan<float> wish = WishOf(sign);
            for (int j = 0; j < wish.Length; j++)
            {
                columns.Set(j, Law.Column(wish[j] * (wish[j] >= 0 ? 1 : Law.Decrease)));
            }
        }
    }
}
