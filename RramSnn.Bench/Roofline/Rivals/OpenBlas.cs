using System.Runtime.InteropServices;

namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>The few functions of OpenBLAS that are compared with.</summary>
internal static class OpenBlas
{
    private const string Library = "libopenblas.so.0";

    /// <summary>Whether OpenBLAS is installed.</summary>
    internal static bool IsAvailable => NativeLibrary.TryLoad("libopenblas.so.0", out _);

    // Quick calls of native code that waits for nothing: without the transition of the garbage collector, which would cost small sizes
    // a few per cent that are not OpenBLAS's fault.
#pragma warning disable SYSLIB1054 // LibraryImport would need unsafe code, which lives in Kernels alone.
    [DllImport(Library, EntryPoint = "cblas_sgemv")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern void Sgemv(
        int order, int transpose, int rows, int columns, float alpha, in float a, int aStride, in float x, int xStep, float beta, ref float y, int yStep);

    [DllImport(Library, EntryPoint = "cblas_sgemm")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern void Sgemm(
        int order,
        int transposeA,
        int transposeB,
        int rows,
        int columns,
        int inner,
        float alpha,
        in float a,
        int aStride,
        in float b,
        int bStride,
        float beta,
        ref float c,
        int cStride);

    [DllImport(Library, EntryPoint = "openblas_get_corename")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern nint CoreName();

    [DllImport(Library, EntryPoint = "openblas_get_config")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern nint Configuration();
#pragma warning restore SYSLIB1054
}
