using System.Numerics;
using System.Runtime.InteropServices;

namespace RramSnn.Kernels.Threading;

/// <summary>The processors that the calling thread may use, and binding threads to some of them.</summary>
/// <remarks>
/// Binding works on Linux. Elsewhere, and where the system refuses, nothing is bound and nothing fails. The runtime counts the
/// processors of the process once, at its start; a thread may have fewer since, which is why the mask is read anew.
/// </remarks>
public static partial class Processors
{
    // 8192 processors: the most that a Linux kernel can be built for. A shorter mask than the kernel's is refused.
    private const int MaskWords = 128;

    /// <summary>Number of processors that the calling thread may use at the same time, 1 at least; a quota of the process counts too.</summary>
    public static int AllowedCount
    {
        get
        {
            Span<ulong> mask = stackalloc ulong[MaskWords];
            return TryReadMask(mask) ? Math.Clamp(CountBits(mask), 1, Environment.ProcessorCount) : Environment.ProcessorCount;
        }
    }

    /// <summary>Numbers of the processors that the calling thread may use, ascending; empty where that is not known.</summary>
    internal static int[] Allowed()
    {
        Span<ulong> mask = stackalloc ulong[MaskWords];
        if (!TryReadMask(mask))
        {
            return [];
        }

        int[] allowed = new int[CountBits(mask)];
        int next = 0;
        for (int word = 0; word < MaskWords; word++)
        {
            for (ulong rest = mask[word]; rest != 0; rest &= rest - 1)
            {
                allowed[next++] = (word * 64) + BitOperations.TrailingZeroCount(rest);
            }
        }

        return allowed;
    }

    /// <summary>Binds the calling thread to some processors.</summary>
    /// <returns>Whether the thread is bound now.</returns>
    internal static bool TryBind(ReadOnlySpan<int> processors)
    {
        Span<ulong> mask = stackalloc ulong[MaskWords];
        mask.Clear();
        foreach (int processor in processors)
        {
            mask[processor / 64] |= 1UL << (processor % 64);
        }

        return TryWriteMask(mask);
    }

    /// <summary>Divides processors among workers: nobody shares a processor, and nobody a core unless there are too few.</summary>
    /// <param name="allowed">Different processors, at least one per worker.</param>
    /// <param name="workers">Number of workers.</param>
    /// <param name="coreOf">Any text that is the same for the processors of one core.</param>
    /// <remarks>
    /// A worker gets all that it can, so that the system can still get it out of the way of another program; what must not happen
    /// is that two workers who wait for each other run by turns on one processor. Two on the two hardware threads of one core
    /// share its vector units and gain next to nothing.
    /// </remarks>
    internal static int[][] Divide(IReadOnlyList<int> allowed, int workers, Func<int, string> coreOf)
    {
        int[][] cores = [.. allowed.GroupBy(coreOf).Select(static core => core.ToArray())];
        if (cores.Length < workers)
        {
            cores = [.. allowed.Select(static processor => new[] { processor })];
        }

        List<int>[] shares = [.. Enumerable.Range(0, workers).Select(static _ => new List<int>())];
        for (int core = 0; core < cores.Length; core++)
        {
            shares[core % workers].AddRange(cores[core]);
        }

        return [.. shares.Select(static share => share.ToArray())];
    }

    /// <summary>The core of a processor as Linux names it: the list of its hardware threads.</summary>
    internal static string CoreOf(int processor)
    {
        try
        {
            return File.ReadAllText($"/sys/devices/system/cpu/cpu{processor}/topology/thread_siblings_list");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{processor}";
        }
    }

    private static int CountBits(ReadOnlySpan<ulong> mask)
    {
        int count = 0;
        foreach (ulong word in mask)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    private static unsafe bool TryReadMask(Span<ulong> mask)
    {
        mask.Clear();
        fixed (ulong* words = mask)
        {
            return OperatingSystem.IsLinux() && GetAffinity(thread: 0, (nuint)(mask.Length * sizeof(ulong)), words) >= 0;
        }
    }

    private static unsafe bool TryWriteMask(ReadOnlySpan<ulong> mask)
    {
        fixed (ulong* words = mask)
        {
            return OperatingSystem.IsLinux() && SetAffinity(thread: 0, (nuint)(mask.Length * sizeof(ulong)), words) == 0;
        }
    }

    // Thread 0 is the calling one. Both masks are arrays of unsigned longs, which have 64 bits on every 64-bit Linux.
    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static unsafe partial int GetAffinity(int thread, nuint bytes, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static unsafe partial int SetAffinity(int thread, nuint bytes, ulong* mask);
}
