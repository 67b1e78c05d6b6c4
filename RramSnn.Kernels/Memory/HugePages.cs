using System.Runtime.InteropServices;

namespace RramSnn.Kernels.Memory;

/// <summary>Huge pages for large blocks: a pass over a matrix of some megabytes otherwise needs more translations of addresses than a core keeps.</summary>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a huge page of x86-64, and of Arm with pages of 4 KiB.</summary>
    internal const nuint Size = 1 << 21;

    private const int AdviseHugePages = 14; // MADV_HUGEPAGE of Linux

    /// <summary>Asks for huge pages for the whole ones within a block, best before anything is written to it; what cannot be had changes nothing but speed.</summary>
    internal static void Advise(byte* block, nuint bytes)
    {
        nuint whole = bytes & ~(Size - 1);
        if (whole > 0 && OperatingSystem.IsLinux())
        {
            // Refused by kernels that were built without them, ignored where they are switched off.
            _ = Advise(block, whole, AdviseHugePages);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint length, int advice);
}
