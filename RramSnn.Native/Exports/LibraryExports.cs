using System.Runtime.InteropServices;
using System.Text;
using RramSnn.Kernels.Simd;
using RramSnn.Native.Boundary;

namespace RramSnn.Native.Exports;

/// <summary>Functions about the library itself; documented in rramsnn.h.</summary>
internal static unsafe class LibraryExports
{
    /// <summary>Raised whenever a function or structure changes so that old hosts would break.</summary>
    private const int AbiVersion = 1;

    private static readonly byte[] VersionText = MakeVersion();

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_version")]
    internal static byte* Version() => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(VersionText, 0);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_abi_version")]
    internal static int GetAbiVersion() => AbiVersion;

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_vector_width")]
    internal static int VectorWidth() => VectorDispatch.WidthInBits;

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_last_error")]
    internal static byte* GetLastError() => LastError.Pointer;

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_handle_count")]
    internal static int HandleCount() => HandleTable.Count;

    private static byte[] MakeVersion()
    {
        byte[] text = GC.AllocateArray<byte>(LibraryVersion.Text.Length + 1, pinned: true);
        Encoding.ASCII.GetBytes(LibraryVersion.Text, text);
        return text;
    }
}
