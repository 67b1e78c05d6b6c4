using System.Runtime.InteropServices;
using RramSnn.Bench;
using RramSnn.Bench.Roofline.Rivals;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using Xunit;

namespace RramSnn.PropertyTests.Bench;

/// <summary>A rival that computed something else would prove nothing.</summary>
public sealed class CppTwinTests
{
    private const int Rows = 11;
    private const int Columns = 2 * CrossbarLayout.PanelWidth;
    private const float Tolerance = 1e-6f;

    // Bands of four and single rows, not all of them active.
    private static readonly int[] Active = [0, 2, 3, 5, 6, 8, 10];

    [Fact]
    public void The_twin_computes_the_kernels_equations()
    {
        using CppTwin? twin = CppTwin.Build(out string? problem);
        Assert.SkipWhen(twin is null, problem ?? "");
        using Operands operands = new();
        CrossbarLayout layout = new(Rows, Columns);
        Field<float> state = operands.Reserve<float>("state", layout.Length);
        Field<float> traces = operands.Reserve<float>("traces", Rows);
        Field<float> first = operands.Reserve<float>("first", Columns);
        Field<float> second = operands.Reserve<float>("second", Columns);
        Field<float> third = operands.Reserve<float>("third", Columns);
        operands.Allocate();
        operands.Fill(traces, 0.1f, 1f, 1);
        operands.Fill(first, -0.4f, 0.4f, 2);
        operands.Fill(second, -3f, 0f, 3);
        operands.Fill(third, -1f, 1f, 4);
        ref float a = ref MemoryMarshal.GetReference(operands.Span(first));
        ref float b = ref MemoryMarshal.GetReference(operands.Span(second));
        ref float c = ref MemoryMarshal.GetReference(operands.Span(third));
        ref float g = ref MemoryMarshal.GetReference(operands.Span(state));
        ref float trace = ref MemoryMarshal.GetReference(operands.Span(traces));

        float[] before = Refill(operands, state);
        twin.Get<CppTwin.LinearUpdate>("twin_linear")(ref g, in Active[0], in trace, Active.Length, Rows, Columns, in a);
        Check(before, (u, t, j) => Math.Clamp(u + (operands.Span(first)[j] * t), 0, 1));

        before = Refill(operands, state);
        twin.Get<CppTwin.ExponentialUpdate>("twin_exponential")(ref g, in Active[0], in trace, Active.Length, Rows, Columns, in a, in b, in c);
        Check(before, (u, t, j) => Math.Clamp(u + (operands.Span(first)[j] * t * Math.Pow(2, (u * operands.Span(second)[j]) + operands.Span(third)[j])), 0, 1));

        // Rates are never negative there.
        operands.Fill(first, 0f, 0.5f, 2);
        before = Refill(operands, state);
        twin.Get<CppTwin.SoftBoundsUpdate>("twin_soft_bounds")(ref g, in Active[0], in trace, Active.Length, Rows, Columns, in a, in c);
        Check(before, (u, t, j) => u + ((operands.Span(third)[j] - u) * (1 - Math.Pow(2, -(double)operands.Span(first)[j] * t))));

        operands.Span(first).Clear();
        twin.Get<CppTwin.DenseProduct>("twin_dense")(in g, in trace, ref a, Rows, Columns);
        for (int j = 0; j < Columns; j++)
        {
            double sum = Enumerable.Range(0, Rows).Sum(i => (double)operands.Span(traces)[i] * operands.Span(state)[layout.IndexOf(i, j)]);
            Assert.Equal(sum, operands.Span(first)[j], 10 * Tolerance);
        }

        void Check(float[] old, Func<double, double, int, double> rule)
        {
            for (int i = 0; i < Rows; i++)
            {
                int position = Array.IndexOf(Active, i);
                for (int j = 0; j < Columns; j++)
                {
                    int cell = layout.IndexOf(i, j);
                    double expected = position < 0 ? old[cell] : rule(old[cell], operands.Span(traces)[position], j);
                    Assert.Equal(expected, operands.Span(state)[cell], Tolerance);
                }
            }
        }
    }

    private static float[] Refill(Operands operands, Field<float> state)
    {
        operands.Fill(state, 0f, 1f, 9);
        return operands.Span(state).ToArray();
    }
}
