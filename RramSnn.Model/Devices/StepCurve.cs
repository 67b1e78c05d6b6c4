using RramSnn.Kernels.Conductance;

namespace RramSnn.Model.Devices;

/// <summary>Brings measured steps onto the nodes of a <see cref="StepTable"/>.</summary>
public static class StepCurve
{
    // A curvature penalty this small bends nothing that was measured; it only carries the curve on where nothing was.
    private const double Smoothness = 1e-6;

    /// <summary>The 16 node values whose straight pieces come closest to the measured steps.</summary>
    /// <remarks>
    /// Least squares, Σ (curve(stateᵢ) - stepᵢ)², and as a tie-break the sum of squared second differences of the nodes times 10⁻⁶ of the number of
    /// measurements: nodes without data lie on the straight line that goes on from their neighbours. Steps below 0 become 0: a pulse does not move
    /// a device of the table against its direction.
    /// </remarks>
    /// <param name="states">Normalised states before the pulse, 0 to 1; at least two different ones.</param>
    /// <param name="steps">Change of the state by that pulse along its direction: positive falls for depression. At most 1 in size.</param>
    /// <returns>Steps at u = 0, 1/15, ..., 1.</returns>
    /// <exception cref="ArgumentException">The lists differ in length, a number is out of range, or the states do not differ.</exception>
    public static double[] Resample(ReadOnlySpan<double> states, ReadOnlySpan<double> steps)
    {
        const int Count = StepTable.NodeCount;
        if (steps.Length != states.Length)
        {
            throw new ArgumentException($"steps has length {steps.Length}; expected one for each of the {states.Length} states.", nameof(steps));
        }

        double[,] matrix = new double[Count, Count];
        double[] values = new double[Count];
        double smallest = double.PositiveInfinity;
        double largest = double.NegativeInfinity;
        for (int i = 0; i < states.Length; i++)
        {
            Require.That(states[i] is >= 0 and <= 1, states[i], "0 to 1", nameof(states));
            Require.That(Math.Abs(steps[i]) <= 1, steps[i], "-1 to 1", nameof(steps));
            smallest = Math.Min(smallest, states[i]);
            largest = Math.Max(largest, states[i]);
            double position = states[i] * (Count - 1);
            int node = Math.Min((int)position, Count - 2);
            double right = position - node;
            Add(matrix, node, [1 - right, right]);
            values[node] += (1 - right) * steps[i];
            values[node + 1] += right * steps[i];
        }

        Require.That(largest > smallest, largest, "at least two different states, to tell how steps change", nameof(states));
        double weight = Math.Sqrt(Smoothness * states.Length);
        for (int node = 0; node < Count - 2; node++)
        {
            Add(matrix, node, [weight, -2 * weight, weight]);
        }

        Solve(matrix, values);
        return [.. values.Select(static step => Math.Clamp(step, 0, 1))];
    }

    /// <summary>Adds the outer product of a row with itself.</summary>
    private static void Add(double[,] matrix, int first, ReadOnlySpan<double> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                matrix[first + i, first + j] += row[i] * row[j];
            }
        }
    }

    /// <summary>Gaussian elimination; the matrix is symmetric and positive definite, so it needs no exchange of rows.</summary>
    private static void Solve(double[,] matrix, double[] values)
    {
        for (int pivot = 0; pivot < values.Length; pivot++)
        {
            for (int row = pivot + 1; row < values.Length; row++)
            {
                double factor = matrix[row, pivot] / matrix[pivot, pivot];
                for (int column = pivot; column < values.Length; column++)
                {
                    matrix[row, column] -= factor * matrix[pivot, column];
                }

                values[row] -= factor * values[pivot];
            }
        }

        for (int row = values.Length - 1; row >= 0; row--)
        {
            for (int column = row + 1; column < values.Length; column++)
            {
                values[row] -= matrix[row, column] * values[column];
            }

            values[row] /= matrix[row, row];
        }
    }
}
