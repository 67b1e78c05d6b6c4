using System.Diagnostics;
using System.Reflection;
using RramSnn.Bench.Roofline;
using RramSnn.Kernels.Simd;

namespace RramSnn.PropertyTests.Support;

/// <summary>Counts the managed bytes that repeated calls allocate.</summary>
internal static class Allocations
{
    /// <summary>Debug builds do not count: there even the span of a constant array makes a small object on the way.</summary>
    internal static bool IsOptimizedBuild =>
        typeof(VectorDispatch).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled != true;

    /// <summary>Bytes of the calling thread.</summary>
    internal static long Of(Action call, int times = 100)
    {
        call();
        call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < times; i++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Bytes of all threads, for calls that workers share; the least of several attempts. Only for tests that run alone: others would count as well.</summary>
    internal static long OfAllThreads(Action call, int times = 100) => AllocationMeter.Least(call, times, hasWorkers: true);
}
