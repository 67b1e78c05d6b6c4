using MathNet.Numerics.Distributions;

namespace RramSnn.Model.Devices.Fitting;

/// <summary>What a fit leaves over, and what that says about its numbers.</summary>
internal sealed class FitResiduals
{
    /// <summary>Ramps with their predictions.</summary>
    internal required IReadOnlyList<FittedRamp> Ramps { get; init; }

    /// <summary>Root mean square as a share of the measured range.</summary>
    internal required double RootMeanSquare { get; init; }

    /// <summary>Share of the readings' variance that is explained.</summary>
    internal required double Determination { get; init; }

    /// <summary>Correlation of neighbouring residuals within ramps, with scattering writes allowed for.</summary>
    internal required double Correlation { get; init; }

    internal static FitResiduals Of(FitSpace space, PopulationFit population)
    {
        List<FittedRamp> ramps = [];
        List<double> observed = [];
        double squares = 0;
        foreach (DevicePoint device in population.Devices)
        {
            // Without looking at readings on the way: what the device alone would do.
            RampSimulation simulation = new(space, device.Ramps, isRelative: false);
            double[] predicted = new double[simulation.Observed.Length];
            simulation.Predict(device.Point, predicted);
            squares += simulation.Observed.Zip(predicted, static (reading, value) => (reading - value) * (reading - value)).Sum();
            observed.AddRange(simulation.Observed);
            int offset = 0;
            foreach (MeasuredRamp ramp in device.Ramps)
            {
                double[] siemens = [.. predicted.Skip(offset).Take(ramp.Count).Select(value => value * space.Scale)];
                ramps.Add(new(ramp.Trace.Device, ramp.Trace.Name, StartOf(ramp), ramp.Pulses, ramp.Siemens, siemens));
                offset += ramp.Count;
            }
        }

        double mean = observed.Average();
        return new()
        {
            Ramps = ramps,
            RootMeanSquare = Math.Sqrt(squares / observed.Count),
            Determination = 1 - (squares / observed.Sum(value => (value - mean) * (value - mean))),
            Correlation = CorrelationOf(population),
        };
    }

    /// <summary>Correlation of neighbouring residuals as they were fitted.</summary>
    private static double CorrelationOf(PopulationFit population)
    {
        double squares = 0;
        double products = 0;
        int count = 0;
        int pairs = 0;
        foreach (DevicePoint device in population.Devices)
        {
            RampSimulation simulation = device.Squares.Simulation;
            double[] predicted = new double[simulation.Observed.Length];
            simulation.Predict(device.Point, predicted);
            count += predicted.Length;
            int at = 0;
            foreach (MeasuredRamp ramp in device.Ramps)
            {
                double before = 0;
                for (int i = 0; i < ramp.Count; i++, at++)
                {
                    double residual = Math.Sqrt(simulation.Weights[at]) * (simulation.Observed[at] - predicted[at]);
                    squares += residual * residual;
                    products += i > 0 ? residual * before : 0;
                    pairs += i > 0 ? 1 : 0;
                    before = residual;
                }
            }
        }

        return squares > 0 && pairs > 0 ? Math.Clamp(products / pairs / (squares / count), -0.95, 0.95) : 0;
    }

    private static double StartOf(MeasuredRamp ramp) => Enumerable.Range(1, ramp.First).Sum(i => Math.Abs(RampSplitter.PulsesBefore(ramp.Trace, i)));

    /// <summary>The mean device's numbers with standard errors and 95 % intervals; n readings with correlation r count as n (1 - r)/(1 + r).</summary>
    internal IReadOnlyList<FittedParameter> Describe(FitSpace space, PopulationFit population, int readings)
    {
        // Over several devices the errors come from how their numbers differ, which holds whatever their residuals do.
        double inflation = Correlation > 0 && population.Devices.Count == 1 ? Math.Sqrt((1 + Correlation) / (1 - Correlation)) : 1;
        double quantile = StudentT.InvCDF(0, 1, Math.Max(1, readings - population.Fitted), 0.975);
        List<FittedParameter> parameters = [];
        for (int i = 0; i < space.Dimension; i++)
        {
            double unit = i < space.Parameters.Length ? 1 : space.Scale;
            double coordinate = population.Point[i];
            double error = population.IsFixed[i] || !double.IsFinite(population.Errors[i]) ? double.NaN : inflation * population.Errors[i];
            parameters.Add(new(
                space.Key(i),
                unit * space.ToValue(i, coordinate),
                unit * error * space.Derivative(i, coordinate),
                double.IsNaN(error) ? double.NaN : unit * space.ToValue(i, Math.Max(coordinate - (quantile * error), space.Lower[i])),
                double.IsNaN(error) ? double.NaN : unit * space.ToValue(i, Math.Min(coordinate + (quantile * error), space.Upper[i])),
                !population.IsFixed[i] && space.IsAtBound(i, coordinate),
                !population.IsFixed[i]));
        }

        return parameters;
    }
}
