using RramSnn.Bench.Roofline.Rivals;

namespace RramSnn.Bench.Roofline;

/// <summary>One kernel with its operands bound, ready to be called again and again.</summary>
/// <remarks>
/// To add a kernel: derive, reserve the operands in the constructor and call <see cref="Operands.Allocate"/>, say what a call has to do
/// (<see cref="Work"/>), call it in <see cref="Run"/>, name what to compare with in <see cref="Rivals"/>, and register the class in
/// <see cref="CaseCatalogue"/>.
/// </remarks>
internal abstract class RooflineCase(string variant, CaseShape shape) : IDisposable
{
    /// <summary>Which form of the kernel, in kebab-case.</summary>
    internal string Variant { get; } = variant;

    /// <summary>Extents.</summary>
    internal CaseShape Shape { get; } = shape;

    /// <summary>What one call has to do at least.</summary>
    internal abstract Work Work { get; }

    /// <summary>Memory of the operands.</summary>
    protected Operands Operands { get; } = new();

    /// <summary>One call of the kernel. It must not allocate, and calling it for ever must not drive the operands to denormal numbers.</summary>
    internal abstract void Run();

    /// <summary>What the kernel is compared with, on the same operands.</summary>
    internal virtual IEnumerable<Rival> Rivals(RivalTools tools) => [];

    /// <summary>The result in words that its users are used to, such as samples per second; shown in the table.</summary>
    internal virtual string? Remark(double nanosecondsPerCall) => null;

    /// <summary>Frees the operands.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the case owns.</summary>
    protected virtual void Dispose(bool disposing) => Operands.Dispose();
}
