using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RramSnn.PropertyTests.Support;

/// <summary>
/// Memory whose elements end, or begin, at an inaccessible page: a kernel that leaves its span kills the test run. On
/// systems other than Linux the elements are plain memory and nothing is guarded.
/// </summary>
/// <remarks>Lists are made in memory that is longer than they get: spare elements lie where the guard behind will be.</remarks>
internal sealed unsafe class GuardedBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int NoAccess = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly byte* _block;
    private readonly nuint _blockLength;
    private readonly nuint _guardStart;
    private readonly int _spare;
    private readonly T* _elements;

    internal GuardedBuffer(int length, bool guardAfter, int spare = 0)
    {
        Length = length;
        _spare = spare;
        nuint page = (nuint)Environment.SystemPageSize;
        nuint bytes = (nuint)length * (nuint)Unsafe.SizeOf<T>();
        nuint inner = WholePages(bytes);
        _guardStart = page + inner;
        _blockLength = _guardStart + WholePages((nuint)spare * (nuint)Unsafe.SizeOf<T>()) + page;
        if (OperatingSystem.IsLinux())
        {
            _block = (byte*)GuardedMemory.Map(0, _blockLength, ReadWrite, PrivateAnonymous, -1, 0);
            if ((nint)_block == -1 || GuardedMemory.Protect((nint)_block, page, NoAccess) != 0)
            {
                ThrowNoMemory();
            }
        }
        else
        {
            _block = (byte*)NativeMemory.AllocZeroed(_blockLength);
        }

        _elements = (T*)(guardAfter ? _block + page + (inner - bytes) : _block + page);
        if (spare == 0)
        {
            CloseSpare();
        }
    }

    internal GuardedBuffer(ReadOnlySpan<T> content, bool guardAfter)
        : this(content.Length, guardAfter) => content.CopyTo(Span);

    internal int Length { get; }

    internal Span<T> Span => new(_elements, Length);

    /// <summary>The elements with the spare ones behind them, until those are closed.</summary>
    internal Span<T> SpanWithSpare => new(_elements, Length + _spare);

    /// <summary>Makes what lies behind the elements inaccessible.</summary>
    internal void CloseSpare()
    {
        if (OperatingSystem.IsLinux() && GuardedMemory.Protect((nint)(_block + _guardStart), _blockLength - _guardStart, NoAccess) != 0)
        {
            ThrowNoMemory();
        }
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = GuardedMemory.Unmap((nint)_block, _blockLength);
        }
        else
        {
            NativeMemory.Free(_block);
        }
    }

    private static nuint WholePages(nuint bytes)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        return (bytes + page - 1) / page * page;
    }

    [DoesNotReturn]
    private static void ThrowNoMemory() => throw new InvalidOperationException($"No guarded memory: error {Marshal.GetLastPInvokeError()}.");
}
