using System.Numerics.Tensors;
using RramSnn.Kernels.Memory;
using RramSnn.Kernels.Random;

namespace RramSnn.Bench;

/// <summary>Aligned, seeded operands for benchmarks.</summary>
internal sealed class Operands : IDisposable
{
    private const int Drawn = 1 << 20;

    private readonly ArenaLayout _layout = new();
    private Arena? _arena;

    /// <summary>Reserves a vector; its length is rounded up to whole blocks of 64.</summary>
    internal Field<T> Reserve<T>(string name, int length)
        where T : unmanaged =>
        _layout.Add<T>(name, FieldRole.Transient, (length + 63) / 64 * 64);

    /// <summary>Allocates all reserved vectors.</summary>
    internal void Allocate() => _arena = new Arena(_layout);

    internal Span<T> Span<T>(Field<T> field)
        where T : unmanaged => _arena!.Span(field);

    /// <summary>Fills a vector with numbers uniform on [low, high); long vectors repeat the first 2²⁰.</summary>
    internal void Fill(Field<float> field, float low, float high, byte purpose)
    {
        Span<float> span = Span(field);
        Span<float> drawn = span[..Math.Min(span.Length, Drawn)];
        RandomKernels.Uniform(drawn, new RandomStream(1, purpose));
        TensorPrimitives.Multiply(drawn, high - low, drawn);
        TensorPrimitives.Add(drawn, low, drawn);
        for (int start = Drawn; start < span.Length; start += Drawn)
        {
            drawn[..Math.Min(Drawn, span.Length - start)].CopyTo(span[start..]);
        }
    }

    public void Dispose() => _arena?.Dispose();
}
