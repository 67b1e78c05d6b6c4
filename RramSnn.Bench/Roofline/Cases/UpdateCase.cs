using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>Update of one array, or of both arrays of a pair in opposite directions. Of a pair, a "synapse" is both devices.</summary>
internal sealed class UpdateCase<TDevice, TLaw, TCounts, TNoise>(string variant, CaseShape shape, TLaw law, TNoise noise = default, int arrays = 1)
    : ArrayCase<TDevice, TLaw, TCounts, TNoise>(variant, shape, law, noise, arrays)
    where TDevice : struct, IDeviceModel
    where TLaw : struct, IUpdateLaw<TDevice>
    where TCounts : struct, IPulseCounts
    where TNoise : struct, ICycleNoise
{
    private readonly int _arrays = arrays;
    private readonly float[] _scratch = new float[shape.Columns];
    private readonly float[] _moreScratch = new float[shape.Columns];
    private int _rivalCalls;

    private static bool IsExact => typeof(TCounts) == typeof(ContinuousPulses) && typeof(TNoise) == typeof(NoNoise);

    internal override IEnumerable<Rival> Rivals(RivalTools tools)
    {
        if (Shape.Threads > 1)
        {
            return [LocalRival.OnOneThread("one-thread", Team.RunOnOneThread)];
        }

        if (_arrays > 1)
        {
            return [new LocalRival("own-single", OneArray)];
        }

        if (Shape.Density < 1)
        {
            // Per cell touched, hence the factor.
            return [new LocalRival("own-all-rows", AllRows, Shape.ActiveRows / (double)Shape.Rows), .. tools.Cpp(Twin)];
        }

        return IsExact
            ? [LocalRival.Scalar(ScalarLoop), LocalRival.TensorPrimitives(TensorPrimitivesRows), .. tools.Cpp(Twin)]
            : [LocalRival.Scalar(ScalarLoop)];
    }

    protected override void Panels(int worker, int call, int start, int end)
    {
        ActiveRows active = Active(call, worker);
        for (int array = 0; array < _arrays; array++)
        {
            Update(array, active, call, start, end);
        }
    }

    private void OneArray()
    {
        int call = _rivalCalls++;
        Update(0, Active(call), call, 0, Layout.PanelCount);
    }

    private void AllRows() => Update(0, AllActive(), _rivalCalls++, 0, Layout.PanelCount);

    private void ScalarLoop()
    {
        int call = _rivalCalls++;
        ReadOnlySpan<float> wish = Wish(call)[..Shape.Columns];
        ReadOnlySpan<float> traces = Trace(call);
        TLaw law = Law;
        float decrease = (float)law.Decrease;
        System.Random random = System.Random.Shared;
        for (int i = 0; i < Shape.Rows; i++)
        {
            float trace = traces[i];
            if (trace == 0f)
            {
                continue;
            }

            Span<float> row = State(0).Slice(i * wish.Length, wish.Length);
            for (int j = 0; j < row.Length; j++)
            {
                float pulses = wish[j] * trace * (wish[j] >= 0 ? 1f : decrease);
                if (typeof(TCounts) != typeof(ContinuousPulses))
                {
                    float count = MathF.Floor(MathF.Abs(pulses) + random.NextSingle());
                    pulses = pulses >= 0 ? count : -count;
                }

                float next = law.Next(row[j], pulses);
                if (typeof(TNoise) != typeof(NoNoise))
                {
                    float normal = MathF.Sqrt(-2f * MathF.Log(1f - random.NextSingle())) * MathF.Cos(2f * MathF.PI * random.NextSingle());
                    next = Math.Clamp(next + (UpdateFamily.Deviation * (next - row[j]) * normal), 0f, 1f);
                }

                row[j] = next;
            }
        }
    }

    private void TensorPrimitivesRows()
    {
        int call = _rivalCalls++;
        ReadOnlySpan<float> trace = Trace(call);
        ColumnVectors columns = new(ConstantsOf(call), Shape.Columns);
        for (int i = 0; i < Shape.Rows; i++)
        {
            if (trace[i] != 0f)
            {
                Law.TensorRow(State(0).Slice(i * Shape.Columns, Shape.Columns), trace[i], columns, _scratch, _moreScratch);
            }
        }
    }

    private void Twin()
    {
        int call = _rivalCalls++;
        TLaw.Twin(ref State(0)[0], Active(call), Layout.PaddedColumns, in ConstantsOf(call)[0]);
    }

    private Span<float> ConstantsOf(int call)
    {
        int length = ColumnVectors.Count * Layout.PaddedColumns;
        return Operands.Span(Constants).Slice(Sign(call) * length, length);
    }
}
