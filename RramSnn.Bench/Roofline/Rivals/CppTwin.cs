using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>The C++ twin of the kernels, compiled for this machine once per process.</summary>
internal sealed class CppTwin
{
    private const string Library = "twin";
    private const string LibraryFile = "libtwin.so";
    private const string Source = "twin.cpp";
    private const string Optimisation = "-O3 -march=native -ffp-contract=fast -fno-math-errno -fno-trapping-math";

    // Imported functions are bound once and for good, and so is the library.
    private static readonly Lazy<(CppTwin? Twin, string? Problem)> OfThisProcess = new(static () => (Build(out string? problem), problem));

    private CppTwin(string compiler, string flags)
    {
        Compiler = compiler;
        Flags = flags;
    }

    /// <summary>Name and version of the compiler.</summary>
    internal string Compiler { get; }

    /// <summary>Its flags.</summary>
    internal string Flags { get; }

    /// <summary>The twin, which is compiled when first asked for; its functions may be called from then on.</summary>
    /// <param name="problem">Why there is none, in one line; otherwise null.</param>
    internal static CppTwin? Get(out string? problem)
    {
        (CppTwin? twin, problem) = OfThisProcess.Value;
        return twin;
    }

    // As cheap as the calls of OpenBLAS, and for the same reason.
#pragma warning disable SYSLIB1054 // LibraryImport would need unsafe code, which lives in Kernels alone.
    [DllImport(Library, EntryPoint = "twin_dense")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern void Accumulate(in float matrix, in float input, ref float current, int rows, int columns);

    [DllImport(Library, EntryPoint = "twin_soft_bounds")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern void UpdateSoftBounds(
        ref float state, in int rows, in float traces, int active, int rowCount, int columns, in float constants);

    [DllImport(Library, EntryPoint = "twin_exponential")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern void UpdateExponential(
        ref float state, in int rows, in float traces, int active, int rowCount, int columns, in float constants);

    [DllImport(Library, EntryPoint = "twin_ideal_linear")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern void UpdateIdealLinear(
        ref float state, in int rows, in float traces, int active, int rowCount, int columns, in float constants);
#pragma warning restore SYSLIB1054

    private static CppTwin? Build(out string? problem)
    {
        // The twin gets the vectors that this process uses; a run without AVX-512 is compared with C++ without it.
        int width = VectorDispatch.WidthInBits;
        string flags = $"{Optimisation} -DVECTOR_BYTES={Math.Max(width, 128) / 8}{(width >= 512 ? " -mprefer-vector-width=512" : " -mno-avx512f")}";
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rramsnn-twin-");
        try
        {
            using (Stream source = typeof(CppTwin).Assembly.GetManifestResourceStream(Source)!)
            using (FileStream file = File.Create(Path.Combine(folder.FullName, Source)))
            {
                source.CopyTo(file);
            }

            string version = RunCompiler(folder, "--version").Split('\n')[0];
            RunCompiler(folder, [.. flags.Split(' '), "-shared", "-fPIC", "-o", LibraryFile, Source]);
            nint library = NativeLibrary.Load(Path.Combine(folder.FullName, LibraryFile));
            NativeLibrary.SetDllImportResolver(typeof(CppTwin).Assembly, (name, _, _) => name == Library ? library : 0);
            problem = null;
            return new CppTwin(version, flags);
        }
        catch (Win32Exception)
        {
            problem = "no comparison with C++: g++ is not installed (Debian and Ubuntu: apt-get install g++)";
        }
        catch (Exception exception) when (exception is InvalidOperationException or DllNotFoundException or BadImageFormatException)
        {
            problem = $"no comparison with C++: {exception.Message.ReplaceLineEndings(" ")}";
        }
        finally
        {
            // A loaded library needs its file no longer.
            folder.Delete(recursive: true);
        }

        return null;
    }

    private static string RunCompiler(DirectoryInfo folder, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("g++", arguments)
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"g++ failed: {errors.Result.Split('\n')[0]}");
    }
}
