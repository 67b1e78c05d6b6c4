using System.Runtime.InteropServices;

namespace RramSnn.PropertyTests.Support;

/// <summary>The three system calls behind <see cref="GuardedBuffer{T}"/>.</summary>
internal static partial class GuardedMemory
{
    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    internal static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);
}
