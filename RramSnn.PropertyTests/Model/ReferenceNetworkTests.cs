using RramSnn.Kernels.Neurons;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>The whole learning step against the textbook equations in double precision, written neuron by neuron.</summary>
public class ReferenceNetworkTests
{
    [Theory, InlineData("ideal"), InlineData("balanced-pair"), InlineData("naive")]
    public void A_training_sample_follows_the_equations(string method)
    {
        NetworkOptions options = TinyRuns.Options(method: method, hidden: [40]);
        const double LearningRate = 0.02;
        using Network network = new(options);
        Layer layer = network.Layers[0];
        double[,] plus = States(layer, layer.Crossbar.Plus);
        double[,] minus = States(layer, layer.Crossbar.Minus);
        float[] readout = layer.Readout.ToArray();

        SyntheticSpikes samples = TinyRuns.Samples(1);
        using TrainingSession session = new(network, samples, new TrainingOptions { LearningRate = LearningRate, Schedule = LearningRateSchedule.Constant }, threads: 1);
        session.Advance(1);
        double changed = Simulate(options, samples, layer, readout, plus, minus, LearningRate);

        Assert.True(changed > 1e-3, "the reference learned nothing");
        for (int i = 0; i < TinyRuns.Inputs; i++)
        {
            for (int j = 0; j < 40; j++)
            {
                int index = layer.Crossbar.Layout.IndexOf(i, j);
                Assert.Equal(plus[i, j], layer.Crossbar.Plus[index], 2e-6);
                Assert.Equal(minus[i, j], layer.Crossbar.Minus[index], 2e-6);
            }
        }
    }

    private static double Simulate(NetworkOptions options, SyntheticSpikes samples, Layer layer, float[] readout, double[,] plus, double[,] minus, double learningRate)
    {
        int neurons = options.Hidden[0];
        NeuronConstants k = options.Neuron;
        double alpha = k.MembraneDecay, beta = k.SynapseDecay, rho = k.ResetDecay;
        double[] p = new double[options.Inputs], q = new double[options.Inputs];
        double[] v = new double[neurons], x = new double[neurons], r = new double[neurons];
        double largest = 0;
        int words = (options.Inputs + 63) / 64;
        ulong[] raster = new ulong[options.Steps * words];
        samples.Encode(0, 0, options.Steps, raster, words);
        for (int step = 0; step < options.Steps; step++)
        {
            bool[] spikes = new bool[neurons];
            double[] u = new double[neurons];
            for (int j = 0; j < neurons; j++)
            {
                double current = 0;
                for (int i = 0; i < options.Inputs; i++)
                {
                    current += Spikes(i) ? options.WeightRange * (plus[i, j] - minus[i, j]) : 0;
                }

                v[j] = (alpha * v[j]) + ((1 - alpha) * x[j]);
                x[j] = (beta * x[j]) + ((1 - beta) * k.Gain * current);
                u[j] = v[j] + r[j];
                spikes[j] = u[j] > k.Threshold;
                r[j] = (rho * r[j]) - (spikes[j] ? (1 - rho) * k.ResetStrength : 0);
            }

            for (int i = 0; i < options.Inputs; i++)
            {
                p[i] = (alpha * p[i]) + ((1 - alpha) * q[i]);
                q[i] = (beta * q[i]) + (Spikes(i) ? (1 - beta) * k.Gain : 0);
            }

            if (step >= options.BurnIn)
            {
                double[] delta = new double[options.Classes];
                for (int c = 0; c < options.Classes; c++)
                {
                    double score = 0;
                    for (int j = 0; j < neurons; j++)
                    {
                        score += spikes[j] ? readout[(j * layer.ClassStride) + c] : 0;
                    }

                    delta[c] = Math.Clamp(score - (c == samples.Label(0) ? 1 : 0), -1, 1);
                }

                for (int j = 0; j < neurons; j++)
                {
                    double error = Enumerable.Range(0, options.Classes).Sum(c => delta[c] * readout[(j * layer.ClassStride) + c]);
                    double wish = Math.Abs(u[j] - k.Threshold) < options.SurrogateHalfWidth ? -learningRate * error : 0;
                    for (int i = 0; i < options.Inputs; i++)
                    {
                        largest = Math.Max(largest, Math.Abs(wish * p[i]));
                        Write(options, wish * p[i], ref plus[i, j], ref minus[i, j]);
                    }
                }
            }

            bool Spikes(int i) => (raster[(step * words) + (i / 64)] >> (i % 64) & 1) != 0;
        }

        return largest;
    }

    /// <summary>The methods' definitions, from docs/device-models.md, for TiOx with N = 64.</summary>
    private static void Write(NetworkOptions options, double wish, ref double plus, ref double minus)
    {
        const double Up = 3.06 / 64;
        const double Down = 35.3 / 64;
        double range = options.WeightRange;
        switch (options.Method.Name)
        {
            case "ideal":
                plus = Math.Clamp(plus + (wish / (2 * range)), 0, 1);
                minus = Math.Clamp(minus - (wish / (2 * range)), 0, 1);
                break;
            case "naive":
                Pulse(ref plus, wish * 64 / range, Up, Down);
                break;
            default:
                Pulse(ref plus, wish / range / (wish >= 0 ? Up : Down), Up, Down);
                Pulse(ref minus, -wish / range / (wish >= 0 ? Down : Up), Up, Down);
                break;
        }
    }

    private static void Pulse(ref double state, double pulses, double up, double down) =>
        state = pulses >= 0 ? 1 - ((1 - state) * Math.Exp(-up * pulses)) : state * Math.Exp(down * pulses);

    private static double[,] States(Layer layer, ReadOnlySpan<float> stored)
    {
        double[,] states = new double[layer.Crossbar.Layout.Rows, layer.Neurons];
        for (int i = 0; i < layer.Crossbar.Layout.Rows; i++)
        {
            for (int j = 0; j < layer.Neurons; j++)
            {
                states[i, j] = stored[layer.Crossbar.Layout.IndexOf(i, j)];
            }
        }

        return states;
    }
}
