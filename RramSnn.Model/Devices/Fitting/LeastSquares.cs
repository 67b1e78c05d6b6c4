using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace RramSnn.Model.Devices.Fitting;

/// <summary>Weighted nonlinear least squares on ramps: Levenberg and Marquardt's method from one start, and what the minimum says.</summary>
internal sealed class LeastSquares
{
    private const int MaximumIterations = 60;

    // Distance from the bounds, as a share of the range, at which a search may start: on the bound itself every derivative vanishes.
    private const double Margin = 1e-3;

    private readonly FitSpace _space;
    private readonly CancellationToken _cancellation;

    internal LeastSquares(FitSpace space, IReadOnlyList<MeasuredRamp> ramps, bool isRelative, CancellationToken cancellation)
    {
        _space = space;
        _cancellation = cancellation;
        Simulation = new RampSimulation(space, ramps, isRelative);
    }

    internal RampSimulation Simulation { get; }

    /// <summary>Weighted sum of squares at a point.</summary>
    internal double Evaluate(ReadOnlySpan<double> point)
    {
        _cancellation.ThrowIfCancellationRequested();
        double sum = Simulation.Predict(point, new double[Simulation.Observed.Length]);
        return double.IsNaN(sum) ? double.PositiveInfinity : sum;
    }

    /// <summary>The best point that the search meets.</summary>
    internal (double[] Point, double Sum) Minimise(double[] start, bool[] isFixed)
    {
        double[] best = [.. start];
        for (int i = 0; i < best.Length; i++)
        {
            double margin = isFixed[i] ? 0 : Margin * (_space.Upper[i] - _space.Lower[i]);
            best[i] = Math.Clamp(best[i], _space.Lower[i] + margin, _space.Upper[i] - margin);
        }

        double bestSum = Evaluate(best);
        if (isFixed.All(static item => item))
        {
            return (best, bestSum);
        }

        // The library's search may end at a point that it rejected, so the best one is kept here.
        Vector<double> Function(Vector<double> point, Vector<double> x)
        {
            _cancellation.ThrowIfCancellationRequested();
            double[] coordinates = Inside(point);
            double[] predicted = new double[x.Count];
            double sum = Simulation.Predict(coordinates, predicted);
            if (sum < bestSum)
            {
                (best, bestSum) = (coordinates, sum);
            }

            return Vector<double>.Build.Dense(predicted);
        }

        Matrix<double> Derivative(Vector<double> point, Vector<double> x)
        {
            double[,] derivatives = new double[x.Count, point.Count];
            Simulation.Differentiate(Inside(point), isFixed, derivatives);
            return Matrix<double>.Build.DenseOfArray(derivatives);
        }

        Vector<double> observed = Vector<double>.Build.DenseOfArray(Simulation.Observed);
        IObjectiveModel objective = ObjectiveFunction.NonlinearModel(Function, Derivative, observed, observed, Vector<double>.Build.DenseOfArray(Simulation.Weights));
        LevenbergMarquardtMinimizer minimizer = new(initialMu: 1e-3, gradientTolerance: 1e-12, stepTolerance: 1e-6, functionTolerance: 1e-24, MaximumIterations);
        try
        {
            minimizer.FindMinimum(objective, [.. best], _space.Lower, _space.Upper, isFixed: isFixed);
        }
        catch (ArgumentException)
        {
            // A singular system made the next point infinite: the search ends with the best point so far.
        }

        return (best, bestSum);

        double[] Inside(Vector<double> point) => [.. point.Select((coordinate, i) => isFixed[i] ? start[i] : Math.Clamp(coordinate, _space.Lower[i], _space.Upper[i]))];
    }

    /// <summary>Standard errors of the coordinates from the Jacobian at the minimum; infinite where the data do not determine one, 0 for fixed ones.</summary>
    internal double[] StandardErrors(double[] point, bool[] isFixed, double variance)
    {
        double[,] derivatives = new double[Simulation.Observed.Length, point.Length];
        Simulation.Differentiate(point, isFixed, derivatives);
        int[] free = [.. Enumerable.Range(0, point.Length).Where(i => !isFixed[i])];
        double[] errors = new double[point.Length];
        if (free.Length == 0)
        {
            return errors;
        }

        Matrix<double> jacobian = Matrix<double>.Build.Dense(
            Simulation.Observed.Length, free.Length, (row, column) => derivatives[row, free[column]] * Math.Sqrt(Simulation.Weights[row]));

        // Columns of length 1, so that the singular values compare.
        Vector<double> norms = jacobian.ColumnNorms(2);
        for (int column = 0; column < free.Length; column++)
        {
            if (norms[column] > 0)
            {
                jacobian.SetColumn(column, jacobian.Column(column) / norms[column]);
            }
        }

        MathNet.Numerics.LinearAlgebra.Factorization.Svd<double> svd = (jacobian.Transpose() * jacobian).Svd();
        for (int column = 0; column < free.Length; column++)
        {
            double sum = 0;
            for (int k = 0; k < free.Length; k++)
            {
                // Singular values of JᵀJ: below this one direction in parameter space changes no reading beyond rounding.
                double component = svd.VT[k, column];
                sum += svd.S[k] > 1e-9 * svd.S[0] ? component * component / svd.S[k] : component * component > 1e-6 ? double.PositiveInfinity : 0;
            }

            errors[free[column]] = norms[column] > 0 ? Math.Sqrt(variance * sum) / norms[column] : double.PositiveInfinity;
        }

        return errors;
    }
}
