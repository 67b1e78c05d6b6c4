using RramSnn.Kernels.Periphery;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Periphery;

/// <summary>The kernel behind the elimination.</summary>
public sealed class NodalKernelTests
{
    private const double Resistance = 0.8;

    public static TheoryData<int, int, int> Shapes => new() { { 1, 0, 1 }, { 3, 0, 5 }, { 16, 16, 1 }, { 17, 17, 40 }, { 50, 0, 3 }, { 31, 4, 0 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_width_gives_the_bits_of_the_scalar_rule(int nodes, int optionalRows, int sources)
    {
        double[] expected = Run<DoubleLanesScalar>(nodes, optionalRows, sources);
        foreach (double[] actual in new[]
        {
            Run<DoubleLanes512>(nodes, optionalRows, sources),
            Run<DoubleLanes256>(nodes, optionalRows, sources),
            Run<DoubleLanes128>(nodes, optionalRows, sources),
            RunFacade(nodes, optionalRows, sources),
        })
        {
            ForEachUsed(nodes, optionalRows, sources, index => Assert.Equal(BitConverter.DoubleToInt64Bits(expected[index]), BitConverter.DoubleToInt64Bits(actual[index])));
        }
    }

    /// <summary>(I + r Y) Y' = Y, (I + r Y) J' = J, K' (I + r Y) = K and L' = L - r K J': the definitions, multiplied out.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_comes_out_fulfils_its_equations(int nodes, int optionalRows, int sources)
    {
        Network before = new(Start(nodes, optionalRows, sources), nodes, sources);
        Network after = new(RunFacade(nodes, optionalRows, sources), nodes, sources);
        for (int i = 0; i < nodes; i++)
        {
            for (int j = 0; j < nodes; j++)
            {
                double sum = after.Admittance(i, j) + (Resistance * Enumerable.Range(0, nodes).Sum(k => before.Admittance(i, k) * after.Admittance(k, j)));
                Assert.Equal(before.Admittance(i, j), sum, 1e-12);
            }

            for (int s = 0; s < sources; s++)
            {
                double sum = after.Source(i, s) + (Resistance * Enumerable.Range(0, nodes).Sum(k => before.Admittance(i, k) * after.Source(k, s)));
                Assert.Equal(before.Source(i, s), sum, 1e-12);
            }
        }

        int first = NodalKernels.PaddedRows(nodes);
        for (int row = first; row < first + optionalRows; row++)
        {
            for (int j = 0; j < nodes; j++)
            {
                double sum = after.At(row, j) + (Resistance * Enumerable.Range(0, nodes).Sum(k => after.At(row, k) * before.Admittance(k, j)));
                Assert.Equal(before.At(row, j), sum, 1e-12);
            }

            for (int s = 0; s < sources; s++)
            {
                double sum = before.Source(row, s) - (Resistance * Enumerable.Range(0, nodes).Sum(k => before.At(row, k) * after.Source(k, s)));
                Assert.Equal(sum, after.Source(row, s), 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernel_never_leaves_its_spans(bool guardAfter)
    {
        foreach ((int nodes, int optionalRows, int sources) in new[] { (1, 0, 0), (15, 3, 9), (33, 33, 64), (16, 0, 16) })
        {
            int stride = NodalKernels.Stride(nodes, sources);
            using GuardedBuffer<double> matrix = new(Start(nodes, optionalRows, sources), guardAfter);
            using GuardedBuffer<double> scratch = new(NodalKernels.ScratchLength(optionalRows, stride), guardAfter);
            NodalKernels.InsertSeries(matrix.Span, nodes, optionalRows, sources, stride, Resistance, scratch.Span);
            double[] expected = RunFacade(nodes, optionalRows, sources);
            BitwiseAssert.Equal<double>(expected, matrix.Span, $"{nodes} nodes");
        }
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        double[] matrix = new double[4 * 32];
        double[] scratch = new double[NodalKernels.ScratchLength(0, 32)];
        Rejected.OutOfRange("nodes", 0, () => NodalKernels.InsertSeries(matrix, 0, 0, 1, 32, 1, scratch));
        Rejected.OutOfRange("optionalRows", -1, () => NodalKernels.InsertSeries(matrix, 1, -1, 1, 32, 1, scratch));
        Rejected.OutOfRange("sources", -1, () => NodalKernels.InsertSeries(matrix, 1, 0, -1, 32, 1, scratch));
        Rejected.OutOfRange("stride", 32, () => NodalKernels.InsertSeries(matrix, 1, 0, 25, 32, 1, scratch));
        Rejected.OutOfRange("resistance", 0.0, () => NodalKernels.InsertSeries(matrix, 1, 0, 1, 32, 0, scratch));
        Rejected.OutOfRange("resistance", double.NaN, () => NodalKernels.InsertSeries(matrix, 1, 0, 1, 32, double.NaN, scratch));
        Rejected.Length("matrix", 127, 128, () => NodalKernels.InsertSeries(matrix.AsSpan(1), 1, 0, 1, 32, 1, scratch));
        Rejected.Length("scratch", 0, scratch.Length, () => NodalKernels.InsertSeries(matrix, 1, 0, 1, 32, 1, []));
        Rejected.Overlap("scratch", () => NodalKernels.InsertSeries(scratch.AsSpan(0, 128), 1, 0, 1, 32, 1, scratch));
    }

    private static double[] Start(int nodes, int optionalRows, int sources)
    {
        // Off-diagonals of a grounded network are negative and smaller together than the diagonal.
        int stride = NodalKernels.Stride(nodes, sources);
        double[] matrix = new double[(NodalKernels.PaddedRows(nodes) + NodalKernels.PaddedRows(optionalRows)) * stride];
        Random random = new(nodes + sources);
        for (int row = 0; row < nodes; row++)
        {
            for (int column = row; column < nodes; column++)
            {
                matrix[(row * stride) + column] = column == row ? 1 + random.NextDouble() : -random.NextDouble() / nodes;
            }
        }

        int firstOptional = NodalKernels.PaddedRows(nodes);
        for (int row = 0; row < nodes + optionalRows; row++)
        {
            int start = (row < nodes ? row : firstOptional + row - nodes) * stride;
            for (int k = 0; k < nodes && row >= nodes; k++)
            {
                matrix[start + k] = random.NextDouble();
            }

            for (int s = 0; s < sources; s++)
            {
                matrix[start + NodalKernels.FirstSource(nodes) + s] = random.NextDouble();
            }
        }

        return matrix;
    }

    private static double[] RunFacade(int nodes, int optionalRows, int sources)
    {
        double[] matrix = Start(nodes, optionalRows, sources);
        int stride = NodalKernels.Stride(nodes, sources);
        NodalKernels.InsertSeries(matrix, nodes, optionalRows, sources, stride, Resistance, new double[NodalKernels.ScratchLength(optionalRows, stride)]);
        return matrix;
    }

    private static double[] Run<TLanes>(int nodes, int optionalRows, int sources)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        double[] matrix = Start(nodes, optionalRows, sources);
        int stride = NodalKernels.Stride(nodes, sources);
        double[][] scratch = [.. Enumerable.Range(0, 5).Select(_ => new double[NodalKernels.ScratchLength(optionalRows, stride)])];
        new SeriesKernel
        {
            Matrix = ref matrix[0],
            Nodes = nodes,
            OptionalRows = optionalRows,
            Columns = NodalKernels.FirstSource(nodes) + sources,
            Stride = stride,
            Resistance = Resistance,
            Old = ref scratch[0][0],
            New = ref scratch[1][0],
            Inverse = ref scratch[2][0],
            Corner = ref scratch[3][0],
            OptionalColumns = ref scratch[4][0],
        }.Run<TLanes>();
        return matrix;
    }

    /// <summary>What lies left of the diagonal is undefined.</summary>
    private static void ForEachUsed(int nodes, int optionalRows, int sources, Action<int> check)
    {
        int stride = NodalKernels.Stride(nodes, sources);
        int firstOptional = NodalKernels.PaddedRows(nodes);
        for (int row = 0; row < nodes + optionalRows; row++)
        {
            int stored = row < nodes ? row : firstOptional + row - nodes;
            for (int column = row < nodes ? row : 0; column < stride; column++)
            {
                check((stored * stride) + column);
            }
        }
    }

    private sealed class Network(double[] matrix, int nodes, int sources)
    {
        private readonly int _stride = NodalKernels.Stride(nodes, sources);

        internal double Admittance(int i, int j) => At(Math.Min(i, j), Math.Max(i, j));

        internal double Source(int row, int source) => At(row, NodalKernels.FirstSource(nodes) + source);

        internal double At(int row, int column) => matrix[(row * _stride) + column];
    }
}
