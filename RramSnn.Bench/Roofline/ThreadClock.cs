using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RramSnn.Bench.Roofline;

/// <summary>The time that the calling thread has had a processor, where the system counts it: what others do with it meanwhile is left out.</summary>
internal static class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID of Linux.
    private const int ThreadProcessorTime = 3;

    private static readonly bool IsCounted = OperatingSystem.IsLinux() && Environment.Is64BitProcess && GetTime(ThreadProcessorTime, out _) == 0;

    /// <summary>Nanoseconds since some point in the past.</summary>
    internal static double Nanoseconds => IsCounted && GetTime(ThreadProcessorTime, out Time time) == 0
        ? (1e9 * time.Seconds) + time.Nanoseconds
        : WallNanoseconds;

    /// <summary>The same on the clock of the world, for work that several threads share.</summary>
    internal static double WallNanoseconds => Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency);

#pragma warning disable SYSLIB1054 // LibraryImport would need unsafe code, which lives in Kernels alone.
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);
#pragma warning restore SYSLIB1054

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
