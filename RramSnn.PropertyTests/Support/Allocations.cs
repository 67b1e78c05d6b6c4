using System.Diagnostics;
using System.Reflection;
using RramSnn.Bench.Roofline;
using RramSnn.Kernels.Simd;
using Xunit;

namespace RramSnn.PropertyTests.Support;

/// <summary>Counts the managed bytes that repeated calls allocate.</summary>
internal static class Allocations
{
    /// <summary>Skips the test in Debug builds: there even the span of a constant array makes a small object on the way.</summary>
    internal static void SkipUnlessOptimized() =>
        Assert.SkipWhen(
            typeof(VectorDispatch).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true,
            "Debug builds allocate for spans of constants.");

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
