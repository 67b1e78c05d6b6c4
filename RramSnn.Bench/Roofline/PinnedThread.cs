using System.Runtime.InteropServices;

namespace RramSnn.Bench.Roofline;

/// <summary>Keeps the calling thread on the processor it runs on, where the system offers that, until disposed.</summary>
/// <remarks>Threads and processes started meanwhile inherit the pin.</remarks>
internal sealed class PinnedThread : IDisposable
{
    // Room for 1,024 processors, the size of the C library's own mask.
    private const int MaskWords = 16;

    private readonly ulong[]? _before;

    private PinnedThread(ulong[]? before) => _before = before;

    /// <summary>Pins the calling thread; does nothing where that is not possible.</summary>
    internal static PinnedThread Here()
    {
        if (!OperatingSystem.IsLinux())
        {
            return new PinnedThread(null);
        }

        ulong[] before = new ulong[MaskWords];
        ulong[] one = new ulong[MaskWords];
        int processor = GetProcessor();
        if (processor is < 0 or >= MaskWords * 64 || GetAffinity(0, MaskWords * sizeof(ulong), ref before[0]) < 0)
        {
            return new PinnedThread(null);
        }

        one[processor / 64] = 1ul << (processor % 64);
        return new PinnedThread(SetAffinity(0, MaskWords * sizeof(ulong), ref one[0]) == 0 ? before : null);
    }

    /// <summary>Lets the thread run wherever it could before.</summary>
    public void Dispose()
    {
        if (_before is not null)
        {
            _ = SetAffinity(0, MaskWords * sizeof(ulong), ref _before[0]);
        }
    }

#pragma warning disable SYSLIB1054 // LibraryImport would need unsafe code, which lives in Kernels alone.
    [DllImport("libc", EntryPoint = "sched_getcpu")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetProcessor();

    [DllImport("libc", EntryPoint = "sched_getaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAffinity(int thread, nint bytes, ref ulong mask);

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAffinity(int thread, nint bytes, ref ulong mask);
#pragma warning restore SYSLIB1054
}
