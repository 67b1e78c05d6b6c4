using RramSnn.Bench.Roofline;
using RramSnn.Kernels.Simd;
using RramSnn.Kernels.Threading;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Bench;

/// <summary>Not beside other tests: of cases on several threads, everything that the process allocates counts.</summary>
[Collection(nameof(CaseAllocationTests))]
[CollectionDefinition(nameof(CaseAllocationTests), DisableParallelization = true)]
public sealed class CaseAllocationTests
{
    [Fact]
    public void No_kernel_allocates()
    {
        Allocations.SkipUnlessOptimized();
        foreach (CaseFamily family in CaseCatalogue.Families)
        {
            foreach (CaseFactory factory in family.Cases(new CasePlan((200, 256), Threads: null)))
            {
                using RooflineCase measured = factory.Create();
                Assert.True(
                    CaseRunner.AllocatedBytes(measured) == 0,
                    $"{family.Kernel} {factory} allocates.");
            }
        }
    }

    [Fact]
    public void Training_does_not_allocate()
    {
        Allocations.SkipUnlessOptimized();
        Assert.SkipWhen(VectorDispatch.WidthInBits < 256, "Takes minutes without fused multiply-adds.");
        CaseFamily training = CaseCatalogue.Families.Single(static family => family.Kernel == "training");
        foreach (CaseFactory factory in training.Cases(new CasePlan(Size: null, Threads: 1)))
        {
            using RooflineCase measured = factory.Create();
            Assert.True(CaseRunner.AllocatedBytes(measured) == 0, $"{factory} allocates.");
        }
    }

    /// <summary>The first worker of a team may be the caller, the last one never is.</summary>
    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(2, 0, true)]
    [InlineData(2, 1, true)]
    [InlineData(2, 1, false)]
    public void An_allocation_is_found_whoever_makes_it(int threads, int worker, bool allocates)
    {
        using TeamCase measured = new(threads, worker, allocates);
        Assert.Equal(allocates, CaseRunner.AllocatedBytes(measured) > 0);
    }

    private sealed class TeamCase : RooflineCase
    {
        private readonly WorkerTeam _team;
        private readonly Action<int> _work;
        private object? _latest;

        internal TeamCase(int threads, int allocatingWorker, bool allocates)
            : base("team", new CaseShape(1, 1, Threads: threads))
        {
            _team = new WorkerTeam(threads, WorkerPlacement.Pinned);
            _work = worker => _latest = allocates && worker == allocatingWorker ? new object() : _latest;
        }

        internal override Work Work => Work.WithoutCeiling(1);

        internal override void Run() => _team.Run(_work);

        protected override void Dispose(bool disposing)
        {
            _team.Dispose();
            base.Dispose(disposing);
        }
    }
}
