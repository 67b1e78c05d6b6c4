namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>Rivals that need something installed: started when first asked for, absent with a remark where it is missing.</summary>
internal sealed class RivalTools : IDisposable
{
    private static readonly string?[] CoreTypes = [null, "SkylakeX", "Haswell", "Zen"];

    private readonly List<string> _remarks = [];
    private List<OpenBlasProcess>? _processes;
    private CppTwin? _twin;
    private bool _isTwinAsked;

    /// <summary>What could not be compared with: what is missing, and which package has it, or what this processor cannot run.</summary>
    internal IReadOnlyList<string> Remarks => [.. _remarks.Distinct()];

    /// <summary>Versions of the rivals that were used, as name and value.</summary>
    internal IEnumerable<(string Name, string Value)> Versions
    {
        get
        {
            if (_processes is [{ } automatic, ..])
            {
                yield return ("openblas", automatic.Configuration);
                yield return ("openblas core types", $"own choice ({automatic.CoreName}), {string.Join(", ", _processes.Skip(1).Select(static process => process.CoreName))}");
            }

            if (_twin is not null)
            {
                yield return ("c++", $"{_twin.Compiler}, {_twin.Flags}");
            }
        }
    }

    /// <summary>Tools that start nothing: for those who want the rivals in this process alone.</summary>
    internal static RivalTools WithoutInstalled() => new() { _processes = [], _isTwinAsked = true };

    /// <summary>OpenBLAS, if it is installed.</summary>
    internal IEnumerable<Rival> OpenBlas(string request)
    {
        _processes ??= StartProcesses();
        return _processes.Count == 0 ? [] : [new OpenBlasRival(_processes, request)];
    }

    /// <summary>The C++ twin of a kernel, if g++ is installed.</summary>
    internal IEnumerable<Rival> Cpp(Action call)
    {
        if (!_isTwinAsked)
        {
            _isTwinAsked = true;
            _twin = CppTwin.Get(out string? problem);
            if (problem is not null)
            {
                _remarks.Add(problem);
            }
        }

        return _twin is null ? [] : [new LocalRival("c++", call)];
    }

    /// <summary>Ends the processes of OpenBLAS; who asks for it next gets new ones, on the processor that is measured then.</summary>
    internal void EndProcesses()
    {
        if (_processes is [_, ..])
        {
            _processes.ForEach(static process => process.Dispose());
            _processes = null;
        }
    }

    public void Dispose() => EndProcesses();

    private List<OpenBlasProcess> StartProcesses()
    {
        // Each inherits the pin and so stays on the processor where every kernel on one thread is measured.
        using PinnedThread pin = PinnedThread.Start();
        List<OpenBlasProcess> processes = [];
        foreach (string? coreType in CoreTypes)
        {
            if (OpenBlasProcess.Start(coreType) is { } process)
            {
                processes.Add(process);
            }
            else if (coreType is null)
            {
                _remarks.Add(Rivals.OpenBlas.IsAvailable
                    ? "no comparison with OpenBLAS: it ended at its first product"
                    : "no comparison with OpenBLAS: libopenblas.so.0 is not installed (Debian and Ubuntu: apt-get install libopenblas0-pthread)");
                break;
            }
            else
            {
                _remarks.Add($"no comparison with OpenBLAS's core type {coreType}: this processor cannot run it");
            }
        }

        return processes;
    }
}
