using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Soft bounds, exact for any pulse count: u ← u + (T - u)(1 - exp(-rate · trace)).</summary>
internal sealed class SoftBoundsUpdateCase<TCounts>(string variant, CaseShape shape)
    : UpdateCase<SoftBounds, TCounts>(variant, shape, new SoftBounds(3.06 / 64, 35.3 / 64))
    where TCounts : struct, IPulseCounts
{
    private Field<float> _rates;
    private Field<float> _targets;
    private Field<float> _row;
    private Field<float> _distance;

    // y = rate·trace, -y, five fused steps, y·p, T - u, one fused step; stochastic rounding adds its generator, which is no float arithmetic.
    internal override Work Work => Work.PerSynapse(Shape.ActiveSynapses, flops: 16, bytes: 8, Traffic.InPlace);

    internal override IEnumerable<Rival> Rivals(RivalTools tools)
    {
        if (Shape.Threads > 1)
        {
            return [new LocalRival("one-thread", RunOnOneThread)];
        }

        if (!TCounts.AreExact)
        {
            return [LocalRival.Scalar(ScalarPulses)];
        }

        return [LocalRival.Scalar(ScalarLoop), LocalRival.TensorPrimitives(TensorPrimitivesRows), .. tools.Cpp(Twin)];
    }

    protected override void Reserve()
    {
        _rates = Operands.Reserve<float>("rates", 2 * Layout.PaddedColumns);
        _targets = Operands.Reserve<float>("targets", 2 * Layout.PaddedColumns);
        _row = Operands.Reserve<float>("row", Layout.PaddedColumns);
        _distance = Operands.Reserve<float>("distance", Layout.PaddedColumns);
    }

    // The columns' constants for the rivals, in units of log₂.
    protected override void Prepare()
    {
        for (int sign = 0; sign < 2; sign++)
        {
            ReadOnlySpan<float> wish = Wish(sign);
            for (int j = 0; j < wish.Length; j++)
            {
                double rate = wish[j] >= 0 ? Device.PotentiationRate : Device.DepressionRate * 0.1;
                Operands.Span(_rates)[(sign * wish.Length) + j] = (float)(rate * Math.Abs(wish[j]) / Math.Log(2));
                Operands.Span(_targets)[(sign * wish.Length) + j] = wish[j] >= 0 ? 1f : 0f;
            }
        }
    }

    private void ScalarLoop()
    {
        ReadOnlySpan<float> wish = Wish(NextSign())[..Shape.Columns];
        float potentiation = (float)Device.PotentiationRate;
        float depression = (float)Device.DepressionRate * 0.1f;
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
                float pulses = wish[j] * trace;
                row[j] = pulses >= 0
                    ? row[j] + ((1f - row[j]) * (1f - MathF.Exp(-potentiation * pulses)))
                    : row[j] * MathF.Exp(depression * pulses);
            }
        }
    }

    private void ScalarPulses()
    {
        ReadOnlySpan<float> wish = Wish(NextSign())[..Shape.Columns];
        float potentiation = (float)Device.PotentiationRate;
        float depression = (float)Device.DepressionRate;
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
                row[j] = wish[j] >= 0
                    ? row[j] + ((1f - row[j]) * (1f - MathF.Exp(-potentiation * pulses)))
                    : row[j] * MathF.Exp(-depression * pulses);
            }
        }
    }

    private void TensorPrimitivesRows()
    {
        int sign = NextSign();
        ReadOnlySpan<float> rates = Operands.Span(_rates).Slice(sign * Layout.PaddedColumns, Shape.Columns);
        ReadOnlySpan<float> targets = Operands.Span(_targets).Slice(sign * Layout.PaddedColumns, Shape.Columns);
        Span<float> share = Operands.Span(_row)[..Shape.Columns];
        Span<float> distance = Operands.Span(_distance)[..Shape.Columns];
        for (int i = 0; i < Shape.Rows; i++)
        {
            if (Trace[i] == 0f)
            {
                continue;
            }

            Span<float> row = State.Slice(i * Shape.Columns, Shape.Columns);

            // u ← T - (T - u)·2^(-rate·trace): one multiplication less than the form with 1 - 2^(-y).
            TensorPrimitives.Multiply(rates, -Trace[i], share);
            TensorPrimitives.Exp2(share, share);
            TensorPrimitives.Subtract(row, targets, distance);
            TensorPrimitives.MultiplyAdd(distance, share, targets, row);
        }
    }

    private Action Twin(CppTwin twin)
    {
        CppTwin.SoftBoundsUpdate update = twin.Get<CppTwin.SoftBoundsUpdate>("twin_soft_bounds");
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
                in Operands.Span(_rates)[offset],
                in Operands.Span(_targets)[offset]);
        };
    }
}
