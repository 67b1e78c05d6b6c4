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
        Assert.SkipWhen(CppTwin.Get(out string? problem) is null, problem ?? "");
        using Operands operands = new();
        CrossbarLayout layout = new(Rows, Columns);
        Field<float> state = operands.Reserve<float>("state", layout.Length);
        Field<float> traces = operands.Reserve<float>("traces", Rows);
        Field<float> constants = operands.Reserve<float>("constants", 4 * Columns);
        Field<float> sums = operands.Reserve<float>("sums", Columns);
        operands.Allocate();
        operands.Fill(traces, 0.1f, 1f, 1);
        ref float c = ref MemoryMarshal.GetReference(operands.Span(constants));
        ref float g = ref MemoryMarshal.GetReference(operands.Span(state));
        ref float trace = ref MemoryMarshal.GetReference(operands.Span(traces));

        float[] before = Refill(-0.4f, 0.4f, 0f, 0f);
        CppTwin.UpdateIdealLinear(ref g, in Active[0], in trace, Active.Length, Rows, Columns, in c);
        Check(before, (u, t, j) => Math.Clamp(u + (Constant(0, j) * t), 0, 1));

        before = Refill(0f, 1f / 256, -3f, 0f);
        CppTwin.UpdateExponential(ref g, in Active[0], in trace, Active.Length, Rows, Columns, in c);
        Check(before, (u, t, j) => Math.Clamp(
            u + (Constant(3, j) * Math.Log(1 + (Constant(0, j) * t * Math.Pow(2, (u * Constant(2, j)) + Constant(1, j))))), 0, 1));

        before = Refill(0f, 1f / 32, -1f, 1f);
        CppTwin.UpdateSoftBounds(ref g, in Active[0], in trace, Active.Length, Rows, Columns, in c);
        Check(before, (u, t, j) => u + ((Constant(1, j) - u) * (1 - Math.Pow(2, -Constant(0, j) * t))));

        CppTwin.Accumulate(in g, in trace, ref MemoryMarshal.GetReference(operands.Span(sums)), Rows, Columns);
        for (int j = 0; j < Columns; j++)
        {
            double sum = Enumerable.Range(0, Rows).Sum(i => (double)operands.Span(traces)[i] * operands.Span(state)[layout.IndexOf(i, j)]);
            Assert.Equal(sum, operands.Span(sums)[j], 10 * Tolerance);
        }

        double Constant(int index, int column) => operands.Span(constants)[(index * Columns) + column];

        // Rates have a range of their own: the forms hold for small steps.
        float[] Refill(float lowRate, float highRate, float low, float high)
        {
            operands.Fill(constants, low, high, 3);
            Span<float> rates = operands.Span(constants)[..Columns];
            for (int j = 0; j < Columns; j++)
            {
                rates[j] = lowRate + ((highRate - lowRate) * j / Columns);
            }

            operands.Fill(state, 0f, 1f, 9);
            return operands.Span(state).ToArray();
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
}
