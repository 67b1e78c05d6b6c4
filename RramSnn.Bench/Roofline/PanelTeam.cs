using RramSnn.Kernels.Threading;

namespace RramSnn.Bench.Roofline;

/// <summary>Shares a kernel's panels among workers. On several threads one run is many calls, between which the workers meet at the barrier.</summary>
/// <remarks>That is how training uses a team: it wakes once for many steps, and what a step pays for is the barrier.</remarks>
internal sealed class PanelTeam : IDisposable
{
    // A millisecond or two: long enough for the start not to matter, short enough to find both cores undisturbed on a busy machine.
    private const double CellsPerRun = 4.8e7;
    private const int MostCalls = 128;

    private readonly WorkerTeam _team;
    private readonly int _panels;
    private readonly PanelCall _call;
    private readonly Action<int> _loop;
    private int _calls;

    /// <summary>Starts the workers.</summary>
    /// <param name="shape">Extents and threads.</param>
    /// <param name="panels">Panels of the matrix.</param>
    /// <param name="call">The kernel.</param>
    /// <param name="slowness">Time per cell in units of a quick kernel's, roughly: slow kernels are called less often per run.</param>
    internal PanelTeam(CaseShape shape, int panels, PanelCall call, double slowness = 1)
    {
        _team = new WorkerTeam(shape.Threads, WorkerPlacement.Pinned);
        _panels = panels;
        _call = call;
        _loop = Loop;
        Calls = shape.Threads == 1 ? 1 : Math.Clamp((int)(CellsPerRun / (slowness * shape.ActiveSynapses)), 1, MostCalls);
    }

    /// <summary>One call of the kernel for some of the panels.</summary>
    /// <param name="worker">Who calls.</param>
    /// <param name="call">Number of the call, the same for all workers.</param>
    /// <param name="start">First panel.</param>
    /// <param name="end">Panel after the last.</param>
    internal delegate void PanelCall(int worker, int call, int start, int end);

    /// <summary>Calls of one run.</summary>
    internal int Calls { get; }

    /// <summary>All calls on all workers.</summary>
    internal void Run()
    {
        _team.Run(_loop);
        _calls += Calls;
    }

    /// <summary>The same calls on the calling thread.</summary>
    internal void RunOnOneThread()
    {
        for (int i = 0; i < Calls; i++)
        {
            _call(0, _calls + i, 0, _panels);
        }

        _calls += Calls;
    }

    public void Dispose() => _team.Dispose();

    private void Loop(int worker)
    {
        (int start, int end) = _team.Share(worker, _panels);
        for (int i = 0; i < Calls; i++)
        {
            _call(worker, _calls + i, start, end);
            _team.Barrier.Wait();
        }
    }
}
