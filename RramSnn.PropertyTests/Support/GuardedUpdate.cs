using RramSnn.Kernels.Crossbar;

namespace RramSnn.PropertyTests.Support;

/// <summary>
/// All that an update of a case reads and writes, each part in memory of its own that ends, or begins, at an inaccessible page. Its lists are as long as they
/// have rows.
/// </summary>
internal sealed class GuardedUpdate : IDisposable
{
    private readonly FusedCase _case;
    private readonly bool _guardAfter;
    private readonly List<(float[] Content, GuardedBuffer<float> Buffer)> _copies = [];
    private readonly GuardedBuffer<int> _rows;
    private readonly GuardedBuffer<float> _traces;
    private readonly GuardedBuffer<float> _inputs;
    private readonly GuardedBuffer<float> _state;
    private readonly GuardedBuffer<float> _pulses;
    private readonly GuardedBuffer<float> _writes;
    private readonly GuardedBuffer<float> _reads;
    private readonly GuardedBuffer<float> _plus;
    private readonly GuardedBuffer<float> _current;
    private readonly GuardedBuffer<float> _wish;

    internal GuardedUpdate(FusedCase c, bool guardAfter)
    {
        _case = c;
        _guardAfter = guardAfter;
        int count = c.Active.Count;
        int spare = c.Input.Length - count;
        _rows = new(count, guardAfter, spare);
        _traces = new(count, guardAfter, spare);
        _inputs = new(count, guardAfter, spare);
        _state = Copy(c.Array.State);
        _pulses = Copy(c.Array.Pulses);
        _writes = Copy(c.Array.Writes);
        _reads = Copy(new float[c.Array.Wish.Length]);
        _plus = Copy(c.Plus);
        _current = Copy(c.Current);
        _wish = Copy(c.Array.Wish);
    }

    /// <summary>As <see cref="FusedCase.Result"/>.</summary>
    internal float[] Result => [.. _state.Span, .. _pulses.Span, .. _writes.Span, .. _plus.Span, .. _current.Span];

    /// <summary>Lists the active rows, and gives that memory to a kernel. To be called once: the lists cannot grow any more.</summary>
    internal UpdateOperands Close()
    {
        UpdateOperands operands = new()
        {
            State = _state.Span,
            Active = ActiveRows.FromTraceAndInput(
                _case.Array.Trace, _case.Input, _case.Array.Rows, _rows.SpanWithSpare, _traces.SpanWithSpare, _inputs.SpanWithSpare),
            Wish = _wish.Span,
            Counters = new(_pulses.Span, _writes.Span, _reads.Span),
            Plus = _plus.Span,
            Current = _current.Span,
        };
        _rows.CloseSpare();
        _traces.CloseSpare();
        _inputs.CloseSpare();
        return operands;
    }

    /// <summary>Puts back what the case holds.</summary>
    internal void Restore()
    {
        foreach ((float[] content, GuardedBuffer<float> buffer) in _copies)
        {
            content.CopyTo(buffer.Span);
        }
    }

    public void Dispose()
    {
        _rows.Dispose();
        _traces.Dispose();
        _inputs.Dispose();
        foreach ((_, GuardedBuffer<float> buffer) in _copies)
        {
            buffer.Dispose();
        }
    }

    private GuardedBuffer<float> Copy(float[] content)
    {
        GuardedBuffer<float> buffer = new(content, _guardAfter);
        _copies.Add((content, buffer));
        return buffer;
    }
}
