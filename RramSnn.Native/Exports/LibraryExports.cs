using System.Runtime.InteropServices;
using System.Text;
using RramSnn.Kernels.Simd;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;
using RramSnn.Native.Boundary;

namespace RramSnn.Native.Exports;

/// <summary>Functions about the library itself; documented in rramsnn.h.</summary>
internal static unsafe class LibraryExports
{
    /// <summary>Raised whenever a function or structure changes so that old hosts would break.</summary>
    private const int AbiVersion = 1;

    private static readonly byte[] VersionText = Lasting(LibraryVersion.Text);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_version")]
    internal static byte* Version() => Pointer(VersionText);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_device_names")]
    internal static byte* DeviceNames() => Pointer(Names.Devices);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_method_names")]
    internal static byte* MethodNames() => Pointer(Names.Methods);

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_abi_version")]
    internal static int GetAbiVersion() => AbiVersion;

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_vector_width")]
    internal static int VectorWidth() => VectorDispatch.WidthInBits;

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_last_error")]
    internal static byte* GetLastError() => LastError.Pointer;

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_handle_count")]
    internal static int HandleCount() => HandleTable.Count;

    private static byte* Pointer(byte[] lasting) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(lasting, 0);

    private static byte[] Lasting(string text)
    {
        byte[] lasting = GC.AllocateArray<byte>(text.Length + 1, pinned: true);
        Encoding.ASCII.GetBytes(text, lasting);
        return lasting;
    }

    // Made when first asked for: a host that wants its version should not wait for every preset.
    private static class Names
    {
        internal static readonly byte[] Devices = Lasting(string.Join('\n', DevicePresets.All.Select(static device => device.Name)));
        internal static readonly byte[] Methods = Lasting(string.Join('\n', UpdateMethods.All.Select(static method => method.Name)));
    }
}
