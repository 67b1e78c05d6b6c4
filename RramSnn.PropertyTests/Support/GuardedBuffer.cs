using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RramSnn.PropertyTests.Support;

/// <summary>
/// Memory whose elements end, or begin, at an inaccessible page: a kernel that leaves its span kills the test run. On
/// systems other than Linux the elements are plain memory and nothing is guarded.
/// </summary>
internal sealed unsafe class GuardedBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int NoAccess = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly byte* _block;
    private readonly nuint _blockLength;
    private readonly T* _elements;

    internal GuardedBuffer(int length, bool guardAfter)
    {
        Length = length;
        nuint page = (nuint)Environment.SystemPageSize;
        nuint bytes = (nuint)length * (nuint)Unsafe.SizeOf<T>();
        nuint inner = (bytes + page - 1) / page * page;
        _blockLength = inner + (2 * page);
        if (OperatingSystem.IsLinux())
        {
            _block = (byte*)GuardedMemory.Map(0, _blockLength, ReadWrite, PrivateAnonymous, -1, 0);
            if ((nint)_block == -1
                || GuardedMemory.Protect((nint)_block, page, NoAccess) != 0
                || GuardedMemory.Protect((nint)(_block + page + inner), page, NoAccess) != 0)
            {
                throw new InvalidOperationException($"No guarded memory: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        else
        {
            _block = (byte*)NativeMemory.AllocZeroed(_blockLength);
        }

        _elements = (T*)(guardAfter ? _block + page + (inner - bytes) : _block + page);
    }

    internal GuardedBuffer(ReadOnlySpan<T> content, bool guardAfter)
        : this(content.Length, guardAfter) => content.CopyTo(Span);

    internal int Length { get; }

    internal Span<T> Span => new(_elements, Length);

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
}
