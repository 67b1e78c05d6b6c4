using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Threading;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Update of one array: operands, rows and threads; what is compared with is up to the device.</summary>
/// <typeparam name="TDevice">Device model.</typeparam>
/// <typeparam name="TCounts">Continuous pulses, or whole ones.</typeparam>
internal abstract class UpdateCase<TDevice, TCounts> : RooflineCase
    where TDevice : struct, IDeviceModel
    where TCounts : struct, IPulseCounts
{
    private const int Signs = 2;

    private readonly Field<float> _state;
    private readonly Field<float> _trace;
    private readonly Field<float> _wishes;
    private readonly Field<float> _counters;
    private readonly Field<int> _rows;
    private readonly Field<float> _values;
    private readonly WorkerTeam _team;
    private readonly Action<int> _share;
    private int _sign;

    protected UpdateCase(string variant, CaseShape shape, TDevice device)
        : base(variant, shape)
    {
        Device = device;
        Layout = new CrossbarLayout(shape.Rows, shape.Columns);
        _state = Operands.Reserve<float>("state", Layout.Length);
        _trace = Operands.Reserve<float>("trace", shape.Rows);
        _wishes = Operands.Reserve<float>("wishes", Signs * Layout.PaddedColumns);
        _counters = Operands.Reserve<float>("counters", 3 * Layout.PaddedColumns);
        _rows = Operands.Reserve<int>("rows", _trace.Length * shape.Threads);
        _values = Operands.Reserve<float>("values", _trace.Length * shape.Threads);
        Reserve();
        Operands.Allocate();
        Operands.Fill(_state, 0.2f, 0.8f, 1);
        Operands.Fill(_wishes, -0.1f, 0.1f, 3);
        DrawTraces();
        Span<float> wishes = Operands.Span(_wishes);
        for (int j = 0; j < Layout.PaddedColumns; j++)
        {
            wishes[Layout.PaddedColumns + j] = -wishes[j];
        }

        Prepare();
        _team = new WorkerTeam(shape.Threads);
        _share = Share;
    }

    protected TDevice Device { get; }

    protected PolarityGain Gain { get; } = new(1, 0.1);

    protected CrossbarLayout Layout { get; }

    protected Span<float> State => Operands.Span(_state)[..Layout.Length];

    protected ReadOnlySpan<float> Trace => Operands.Span(_trace)[..Shape.Rows];

    /// <summary>0 or 1 in turn: every second call wishes the opposite, so that no device runs into its bound for good.</summary>
    protected int NextSign() => _sign ^= 1;

    /// <summary>The wishes of a sign.</summary>
    protected ReadOnlySpan<float> Wish(int sign) => Operands.Span(_wishes).Slice(sign * Layout.PaddedColumns, Layout.PaddedColumns);

    /// <summary>Reserves more operands.</summary>
    protected virtual void Reserve()
    {
    }

    /// <summary>Fills them.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>Lists the active rows in the scratch of a worker.</summary>
    protected ActiveRows Active(int worker = 0) => ActiveRows.FromTrace(
        Operands.Span(_trace),
        Shape.Rows,
        Operands.Span(_rows).Slice(worker * _trace.Length, _trace.Length),
        Operands.Span(_values).Slice(worker * _trace.Length, _trace.Length));

    internal override void Run()
    {
        NextSign();
        if (Shape.Threads > 1)
        {
            _team.Run(_share);
        }
        else
        {
            Panels(0, 0, Layout.PanelCount);
        }
    }

    /// <summary>The same call on one thread.</summary>
    protected void RunOnOneThread()
    {
        NextSign();
        Panels(0, 0, Layout.PanelCount);
    }

    protected override void Dispose(bool disposing)
    {
        _team.Dispose();
        base.Dispose(disposing);
    }

    private void Share(int worker)
    {
        (int start, int end) = _team.Share(worker, Layout.PanelCount);
        Panels(worker, start, end);
    }

    private void Panels(int worker, int start, int end)
    {
        Range columns = (start * CrossbarLayout.PanelWidth)..(end * CrossbarLayout.PanelWidth);
        ConductanceKernels.Update<TDevice, PolarityGain, TCounts>(
            Device,
            Gain,
            State[(start * Layout.PanelLength)..(end * Layout.PanelLength)],
            Active(worker),
            Wish(_sign)[columns],
            new RandomStream(1, 9, (ulong)_sign),
            start,
            new PulseCounters(Counter(0)[columns], Counter(1)[columns], Counter(2)[columns]));
    }

    private Span<float> Counter(int index) => Operands.Span(_counters).Slice(index * Layout.PaddedColumns, Layout.PaddedColumns);

    private void DrawTraces()
    {
        Operands.Fill(_trace, 0.1f, 1f, 2);
        int[] rows = [.. Enumerable.Range(0, Shape.Rows)];
        new System.Random(1).Shuffle(rows);
        Span<float> trace = Operands.Span(_trace);
        foreach (int silent in rows.AsSpan(Shape.ActiveRows))
        {
            trace[silent] = 0f;
        }

        trace[Shape.Rows..].Clear();
    }
}
