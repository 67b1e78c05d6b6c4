using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using RramSnn.Kernels.Simd;

namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>The C++ twin of the kernels, compiled for this machine in a temporary folder.</summary>
internal sealed class CppTwin : IDisposable
{
    private const string Source = "twin.cpp";
    private const string Optimisation = "-O3 -march=native -ffp-contract=fast -fno-math-errno -fno-trapping-math";

    private readonly DirectoryInfo _folder;
    private readonly nint _library;

    private CppTwin(DirectoryInfo folder, string compiler, string flags)
    {
        _folder = folder;
        _library = NativeLibrary.Load(Path.Combine(folder.FullName, "libtwin.so"));
        Compiler = compiler;
        Flags = flags;
    }

    internal delegate void DenseProduct(in float matrix, in float input, ref float current, int rows, int columns);

    internal delegate void Update(ref float state, in int rows, in float traces, int active, int rowCount, int columns, in float constants);

    /// <summary>Name and version of the compiler.</summary>
    internal string Compiler { get; }

    /// <summary>Its flags.</summary>
    internal string Flags { get; }

    /// <summary>Compiles the twin.</summary>
    /// <param name="problem">Why there is none, in one line; otherwise null.</param>
    internal static CppTwin? Build(out string? problem)
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
            RunCompiler(folder, [.. flags.Split(' '), "-shared", "-fPIC", "-o", "libtwin.so", Source]);
            problem = null;
            return new CppTwin(folder, version, flags);
        }
        catch (Win32Exception)
        {
            problem = "no comparison with C++: g++ is not installed (Debian and Ubuntu: apt-get install g++)";
        }
        catch (Exception exception) when (exception is InvalidOperationException or DllNotFoundException or BadImageFormatException)
        {
            problem = $"no comparison with C++: {exception.Message.ReplaceLineEndings(" ")}";
        }

        folder.Delete(recursive: true);
        return null;
    }

    /// <summary>A function of the twin.</summary>
    internal TDelegate Get<TDelegate>(string name)
        where TDelegate : Delegate => Marshal.GetDelegateForFunctionPointer<TDelegate>(NativeLibrary.GetExport(_library, name));

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        _folder.Delete(recursive: true);
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
