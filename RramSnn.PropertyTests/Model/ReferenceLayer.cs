using RramSnn.Kernels.Neurons;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Layers;
using Xunit;

namespace RramSnn.PropertyTests.Model;

/// <summary>One layer by its equations (docs/numerics.md, sections 1 and 3), in double precision, for TiOx with N = 64.</summary>
internal sealed class ReferenceLayer
{
    private const double Up = 3.06 / 64;
    private const double Down = 35.3 / 64;

    private readonly NetworkOptions _options;
    private readonly NeuronConstants _k;
    private readonly int _inputs;
    private readonly int _neurons;
    private readonly double[,] _plus;
    private readonly double[,] _minus;
    private readonly double[,] _readout;
    private readonly double[] _p;
    private readonly double[] _q;
    private readonly double[] _v;
    private readonly double[] _x;
    private readonly double[] _r;

    internal ReferenceLayer(Layer layer, NetworkOptions options)
    {
        _options = options;
        _k = options.Neuron;
        _inputs = layer.Crossbar.Layout.Rows;
        _neurons = layer.Neurons;
        _plus = States(layer, layer.Crossbar.Plus);
        _minus = States(layer, layer.Crossbar.Minus);
        _readout = new double[_neurons, options.Classes];
        for (int j = 0; j < _neurons; j++)
        {
            for (int c = 0; c < options.Classes; c++)
            {
                _readout[j, c] = layer.Readout[(j * layer.ClassStride) + c];
            }
        }

        (_p, _q) = (new double[_inputs], new double[_inputs]);
        (_v, _x, _r) = (new double[_neurons], new double[_neurons], new double[_neurons]);
    }

    /// <summary>The largest change that was wished of a weight in one step.</summary>
    internal double LargestWish { get; private set; }

    private double WeightPerState => _options.Cell == SynapseCell.Pair ? _options.WeightRange : 2 * _options.WeightRange;

    /// <summary>One time step; learns if there is a label.</summary>
    internal bool[] Step(bool[] input, int? label, double learningRate)
    {
        bool[] spikes = new bool[_neurons];
        double[] u = new double[_neurons];
        for (int j = 0; j < _neurons; j++)
        {
            double current = 0;
            for (int i = 0; i < _inputs; i++)
            {
                current += input[i] ? WeightPerState * (_plus[i, j] - _minus[i, j]) : 0;
            }

            _v[j] = (_k.MembraneDecay * _v[j]) + ((1.0 - _k.MembraneDecay) * _x[j]);
            _x[j] = (_k.SynapseDecay * _x[j]) + ((1.0 - _k.SynapseDecay) * _k.Gain * current);
            u[j] = _v[j] + _r[j];
            spikes[j] = u[j] > _k.Threshold;
            _r[j] = (_k.ResetDecay * _r[j]) - (spikes[j] ? (1.0 - _k.ResetDecay) * _k.ResetStrength : 0);
        }

        for (int i = 0; i < _inputs; i++)
        {
            _p[i] = (_k.MembraneDecay * _p[i]) + ((1.0 - _k.MembraneDecay) * _q[i]);
            _q[i] = (_k.SynapseDecay * _q[i]) + (input[i] ? (1.0 - _k.SynapseDecay) * _k.Gain : 0);
        }

        if (label is { } right)
        {
            Learn(spikes, u, right, learningRate);
        }

        return spikes;
    }

    internal void AssertEquals(Layer layer)
    {
        for (int i = 0; i < _inputs; i++)
        {
            for (int j = 0; j < _neurons; j++)
            {
                int index = layer.Crossbar.Layout.IndexOf(i, j);
                Assert.Equal(_plus[i, j], layer.Crossbar.Plus[index], 2e-6);
                if (_options.Cell == SynapseCell.Pair)
                {
                    Assert.Equal(_minus[i, j], layer.Crossbar.Minus[index], 2e-6);
                }
            }
        }
    }

    private void Learn(bool[] spikes, double[] u, int label, double learningRate)
    {
        double[] delta = new double[_options.Classes];
        for (int c = 0; c < delta.Length; c++)
        {
            double score = Enumerable.Range(0, _neurons).Sum(j => spikes[j] ? _readout[j, c] : 0);
            delta[c] = Math.Clamp(score - (c == label ? 1 : 0), -1, 1);
        }

        for (int j = 0; j < _neurons; j++)
        {
            double error = Enumerable.Range(0, delta.Length).Sum(c => delta[c] * _readout[j, c]);
            double wish = Math.Abs(u[j] - _k.Threshold) < _options.SurrogateHalfWidth ? -learningRate * error : 0;
            for (int i = 0; i < _inputs; i++)
            {
                LargestWish = Math.Max(LargestWish, Math.Abs(wish * _p[i]));
                Write(wish * _p[i], ref _plus[i, j], ref _minus[i, j]);
            }
        }
    }

    /// <summary>The methods' definitions (docs/device-models.md, section 4).</summary>
    private void Write(double wish, ref double plus, ref double minus)
    {
        double range = _options.WeightRange;
        bool isPair = _options.Cell == SynapseCell.Pair;
        switch (_options.Method.Name)
        {
            case "ideal":
                plus = Math.Clamp(plus + (wish / (2 * range)), 0, 1);
                minus = isPair ? Math.Clamp(minus - (wish / (2 * range)), 0, 1) : minus;
                break;
            case "naive":
                Pulse(ref plus, 64 * wish / (isPair ? range : 2 * range));
                break;
            default:
                Pulse(ref plus, wish / range / (wish >= 0 ? Up : Down));
                Pulse(ref minus, -wish / range / (wish >= 0 ? Down : Up));
                break;
        }
    }

    private static void Pulse(ref double state, double pulses) =>
        state = pulses >= 0 ? 1 - ((1 - state) * Math.Exp(-Up * pulses)) : state * Math.Exp(Down * pulses);

    /// <summary>The states of an array; those of an absent second array are the fixed reference.</summary>
    private static double[,] States(Layer layer, ReadOnlySpan<float> stored)
    {
        double[,] states = new double[layer.Crossbar.Layout.Rows, layer.Neurons];
        for (int i = 0; i < layer.Crossbar.Layout.Rows; i++)
        {
            for (int j = 0; j < layer.Neurons; j++)
            {
                states[i, j] = stored.IsEmpty ? 0.5 : stored[layer.Crossbar.Layout.IndexOf(i, j)];
            }
        }

        return states;
    }
}
