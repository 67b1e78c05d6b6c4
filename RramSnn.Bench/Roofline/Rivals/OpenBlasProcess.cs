using System.Diagnostics;
using System.Globalization;

namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>A copy of this program that has loaded OpenBLAS with one core type and times batches on request.</summary>
/// <remarks>OpenBLAS reads its environment once, when it is loaded; a process cannot change that environment for itself.</remarks>
internal sealed class OpenBlasProcess : IDisposable
{
    private readonly Process _process;

    private OpenBlasProcess(Process process, string coreName, string configuration)
    {
        _process = process;
        CoreName = coreName;
        Configuration = configuration;
    }

    /// <summary>What OpenBLAS says it runs.</summary>
    internal string CoreName { get; }

    /// <summary>Version and build options, in OpenBLAS's own words.</summary>
    internal string Configuration { get; }

    /// <summary>Starts a process.</summary>
    /// <param name="coreType">Value of OPENBLAS_CORETYPE, or null for OpenBLAS's own choice.</param>
    /// <returns>The process, or null where OpenBLAS is not installed or its core type needs another processor.</returns>
    internal static OpenBlasProcess? Start(string? coreType)
    {
        string? self = Environment.ProcessPath;
        string host = Path.GetFileNameWithoutExtension(self) == "dotnet" ? self! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(host)
        {
            ArgumentList = { typeof(OpenBlasProcess).Assembly.Location, OpenBlasServer.CommandName },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("OPENBLAS_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        if (coreType is not null)
        {
            start.Environment["OPENBLAS_CORETYPE"] = coreType;
        }

        Process process = Process.Start(start) ?? throw new InvalidOperationException("The OpenBLAS process did not start.");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string? coreName = process.StandardOutput.ReadLine();
        if (coreName is null or OpenBlasServer.Absent)
        {
            process.Dispose();
            return null;
        }

        return new OpenBlasProcess(process, coreName, process.StandardOutput.ReadLine() ?? "");
    }

    /// <summary>Times one batch over there.</summary>
    /// <returns>Nanoseconds per call.</returns>
    internal double Batch(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        return double.Parse(
            _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The OpenBLAS process ended at '{request}'."),
            CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(2000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
