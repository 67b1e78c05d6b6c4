using RramSnn.Kernels.Threading;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Not beside other tests: everything that the process allocates counts.</summary>
[Collection(nameof(WorkerTeamAllocationTests))]
[CollectionDefinition(nameof(WorkerTeamAllocationTests), DisableParallelization = true)]
public sealed class WorkerTeamAllocationTests
{
    /// <summary>Waiting may make the runtime allocate once in a while; a run itself does not.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_run_allocates_nothing(int workers) => Deadline.Run(() =>
    {
        const int Runs = 5000;
        using WorkerTeam team = new(workers);
        Action<int> work = static _ => { };
        Assert.InRange(Allocations.OfAllThreads(() => team.Run(work), Runs), 0, Runs);
    });
}
