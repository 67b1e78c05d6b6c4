using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>The ideal device: u ← clamp(u + rate · trace, 0, 1).</summary>
internal sealed class LinearUpdateCase<TCounts>(string variant, CaseShape shape)
    : UpdateCase<IdealLinear, TCounts>(variant, shape, new IdealLinear(1 / 64.0))
    where TCounts : struct, IPulseCounts
{
    private Field<float> _rates;

    // One fused step, minimum and maximum.
    internal override Work Work => Work.PerSynapse(Shape.ActiveSynapses, flops: 4, bytes: 8, Traffic.InPlace);

    internal override IEnumerable<Rival> Rivals(RivalTools tools)
    {
        if (Shape.Threads > 1)
        {
            return [new LocalRival("one-thread", RunOnOneThread)];
        }

        return TCounts.AreExact
            ? [LocalRival.Scalar(ScalarLoop), LocalRival.TensorPrimitives(TensorPrimitivesRows), .. tools.Cpp(Twin)]
            : [LocalRival.Scalar(ScalarPulses)];
    }

    protected override void Reserve() => _rates = Operands.Reserve<float>("rates", 2 * Layout.PaddedColumns);

    protected override void Prepare()
    {
        for (int sign = 0; sign < 2; sign++)
        {
            Span<float> rates = Operands.Span(_rates).Slice(sign * Layout.PaddedColumns, Layout.PaddedColumns);
            ReadOnlySpan<float> wish = Wish(sign);
            for (int j = 0; j < rates.Length; j++)
            {
                rates[j] = (float)Device.Step * wish[j] * (wish[j] >= 0 ? 1f : 0.1f);
            }
        }
    }

    private void ScalarLoop()
    {
        ReadOnlySpan<float> wish = Wish(NextSign())[..Shape.Columns];
        float step = (float)Device.Step;
        for (int i = 0; i < Shape.Rows; i++)
        {
            float trace = Trace[i];
            if (trace == 0f)
            {
                continue;
            }

            Span<float> row = State.Slice(i * wish.Length, wish.Length);
            for (int j = 0; j < row.Length; j++)
            {
                float pulses = wish[j] * trace * (wish[j] >= 0 ? 1f : 0.1f);
                row[j] = Math.Clamp(row[j] + (step * pulses), 0f, 1f);
            }
        }
    }

    private void ScalarPulses()
    {
        ReadOnlySpan<float> wish = Wish(NextSign())[..Shape.Columns];
        float step = (float)Device.Step;
        for (int i = 0; i < Shape.Rows; i++)
        {
            float trace = Trace[i];
            if (trace == 0f)
            {
                continue;
            }

            Span<float> row = State.Slice(i * wish.Length, wish.Length);
            for (int j = 0; j < row.Length; j++)
            {
                float wished = trace * (wish[j] >= 0 ? wish[j] : -0.1f * wish[j]);
                float pulses = MathF.Floor(wished + System.Random.Shared.NextSingle());
                row[j] = Math.Clamp(row[j] + (wish[j] >= 0 ? step * pulses : -step * pulses), 0f, 1f);
            }
        }
    }

    private void TensorPrimitivesRows()
    {
        ReadOnlySpan<float> rates = Operands.Span(_rates).Slice(NextSign() * Layout.PaddedColumns, Shape.Columns);
        for (int i = 0; i < Shape.Rows; i++)
        {
            if (Trace[i] == 0f)
            {
                continue;
            }

            Span<float> row = State.Slice(i * Shape.Columns, Shape.Columns);
            TensorPrimitives.MultiplyAdd(rates, Trace[i], row, row);
            TensorPrimitives.Clamp(row, 0f, 1f, row);
        }
    }

    private Action Twin(CppTwin twin)
    {
        CppTwin.LinearUpdate update = twin.Get<CppTwin.LinearUpdate>("twin_linear");
        return () =>
        {
            int offset = NextSign() * Layout.PaddedColumns;
            ActiveRows active = Active();
            update(
                ref MemoryMarshal.GetReference(State),
                in MemoryMarshal.GetReference(active.Rows),
                in MemoryMarshal.GetReference(active.Values),
                active.Count,
                Shape.Rows,
                Layout.PaddedColumns,
                in Operands.Span(_rates)[offset]);
        };
    }
}
