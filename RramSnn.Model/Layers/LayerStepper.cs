using System.Numerics;
using System.Numerics.Tensors;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Model.Layers;

/// <summary>Drives the crossbar and the neurons of one layer from another program's loop, operation by operation.</summary>
/// <remarks>
/// <para>
/// The loop owns the learning rule: it computes currents with one of the products, steps the neurons, and writes the devices with the outer
/// product of its traces and wishes, Δw_ij = trace_i · wish_j, which the network's update method turns into pulses. A program that needs no more than
/// one crossbar makes a network of one layer and one step.
/// </para>
/// <para>
/// After construction nothing is allocated, but for a batch larger than any before. Spans are copied: what the layer works on are its own fields
/// (<see cref="Network.Fields"/>). Currents are in units of the normalised state; times <see cref="WeightPerState"/> they are in units of the weight.
/// </para>
/// <para>To be used by one thread at a time, and not while a session shows samples to the network.</para>
/// </remarks>
public sealed partial class LayerStepper : IDisposable
{
    // Counts of one bit line are floats, exact up to 2²⁴; a pair counts two devices per visit.
    private const long MostVisits = 1 << 23;

    private readonly Layer _layer;
    private readonly WorkerScratch _scratch;
    private readonly CrossbarLayout _layout;
    private readonly float[] _input;
    private readonly float[] _inputValues;
    private readonly float[] _trace;
    private readonly ulong[] _spikes;
    private float[] _batch = [];
    private long _visits;

    /// <summary>Takes a layer of a network.</summary>
    /// <param name="network">The network; it stays the caller's.</param>
    /// <param name="layer">Index of the layer.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the network's arrays are not ideal: those are for whole samples.</exception>
    public LayerStepper(Network network, int layer = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.That(layer >= 0 && layer < network.Layers.Count, layer, $"0 to {network.Layers.Count - 1}", nameof(layer));
        if (network.Options.Periphery is { HasArrays: true } or { DacBits: not null } or { Sinh: not 0f })
        {
            throw new ArgumentException("the network has arrays, wires or converters; expected ideal ones for single operations.", nameof(network));
        }

        if (!network.Layers[layer].Crossbar.WritesAtOnce)
        {
            throw new ArgumentException($"the network's method is {network.Options.Method.Name}, which has work to do between samples; expected one that only writes.", nameof(network));
        }

        Network = network;
        _layer = network.Layers[layer];
        _layout = _layer.Crossbar.Layout;
        _scratch = network.CreateScratch();
        _input = new float[_layer.InputWords * Padding.Word];
        _inputValues = new float[_input.Length];
        _trace = new float[_input.Length];
        _spikes = new ulong[_layer.InputWords];
    }

    /// <summary>The layer's network.</summary>
    public Network Network { get; }

    /// <summary>Word lines.</summary>
    public int Inputs => _layout.Rows;

    /// <summary>Bit lines.</summary>
    public int Neurons => _layout.Columns;

    /// <summary>Words of 64 input spikes.</summary>
    public int InputWords => (Inputs + Padding.Word - 1) / Padding.Word;

    /// <summary>Words of 64 output spikes.</summary>
    public int NeuronWords => (Neurons + Padding.Word - 1) / Padding.Word;

    /// <summary>Weight of one unit of state.</summary>
    public float WeightPerState => _layer.Crossbar.WeightPerState;

    /// <summary>Number of the coming update: with the seed it names the random numbers of pulses and noise. Each update adds 1.</summary>
    public ulong Time { get; set; }

    /// <summary>Pulses applied so far, those that <see cref="Count"/> has not moved yet included.</summary>
    public double PulseTotal => _layer.PulseTotal + _layer.Pending.Pulses;

    /// <summary>Device writes so far, those that <see cref="Count"/> has not moved yet included.</summary>
    public long WriteTotal => _layer.WriteTotal + _layer.Pending.Writes;

    /// <summary>Conductance reads of the update method so far, those that <see cref="Count"/> has not moved yet included.</summary>
    public long ReadTotal => _layer.ReadTotal + _layer.Pending.Reads;

    /// <summary>Spikes of the last step, <see cref="NeuronWords"/> words that hold one bit per neuron.</summary>
    public ReadOnlySpan<ulong> Spikes => _layer.Spikes[..NeuronWords];

    /// <summary>Currents of the last product.</summary>
    public ReadOnlySpan<float> Current => _layer.Current[..Neurons];

    /// <summary>Presynaptic traces P, which <see cref="Filter"/> moves.</summary>
    public ReadOnlySpan<float> Trace => _layer.Trace[..Inputs];

    /// <summary>Product with amplitudes: current_j = Σ_i input_i · (u⁺_ij - u⁻_ij), i ascending, one fused multiply-add each.</summary>
    /// <param name="input">One value per word line.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is not finite.</exception>
    public void Accumulate(ReadOnlySpan<float> input)
    {
        Check(input, Inputs, nameof(input));
        input.CopyTo(_input);
        _layer.ComputeCurrent(_input.AsSpan(0, Inputs), _input, Time, _scratch);
    }

    /// <summary>Product with spikes: current_j = Σ (u⁺_ij - u⁻_ij) over the inputs i that spiked, ascending.</summary>
    /// <param name="spikes">One bit per word line, <see cref="InputWords"/> words, lowest bit first; bits beyond the inputs are ignored.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void AccumulateSpikes(ReadOnlySpan<ulong> spikes)
    {
        TakeSpikes(spikes);
        _layer.ComputeCurrent(_spikes, Time, _scratch);
    }

    /// <summary>Products of several inputs: current_bj = Σ_i input_bi · (u⁺_ij - u⁻_ij), each with the bits of the single product, without read noise.</summary>
    /// <param name="inputs">Row-major [batch, inputs], the rows <paramref name="inputStride"/> apart.</param>
    /// <param name="inputStride">Distance between rows, at least the number of inputs.</param>
    /// <param name="batch">Number of rows, 1 or more.</param>
    /// <param name="currents">Row-major [batch, neurons].</param>
    /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
    public void AccumulateBatch(ReadOnlySpan<float> inputs, int inputStride, int batch, Span<float> currents)
    {
        long length = ((batch - 1L) * inputStride) + Inputs;
        if (batch < 1 || inputStride < Inputs || inputs.Length != length || currents.Length != (long)batch * Neurons)
        {
            Require.That(batch >= 1, batch, "1 or more", nameof(batch));
            Require.That(inputStride >= Inputs, inputStride, $"{Inputs} or more", "input_stride");
            Require.That(inputs.Length == length, inputs.Length, $"{length} values", nameof(inputs));
            Require.That(false, currents.Length, $"{(long)batch * Neurons} values", nameof(currents));
        }

        CheckFinite(inputs, nameof(inputs));
        int padded = checked(batch * _layout.PaddedColumns);
        if (_batch.Length < padded)
        {
            _batch = new float[padded];
        }

        Span<float> sums = _batch.AsSpan(0, padded);
        sums.Clear();
        _layer.ComputeCurrents(inputs, inputStride, batch, sums);
        new CrossbarLayout(batch, Neurons).ToRowMajor(sums, currents);
    }

    /// <summary>Writes the devices: the update method turns Δw_ij = trace_i · wish_j into pulses.</summary>
    /// <param name="trace">One value per word line, 0 or more; empty for <see cref="Trace"/>.</param>
    /// <param name="wish">Wished weight change per unit trace, one per bit line; empty for what the layer's field <c>wish</c> holds.</param>
    /// <exception cref="ArgumentException">A length does not fit, a value is not finite, or a trace is negative.</exception>
    public void Update(ReadOnlySpan<float> trace, ReadOnlySpan<float> wish)
    {
        Take(trace, wish);
        _layer.Write(TraceFor(trace), Time, _scratch);
        EndUpdate();
    }

    /// <summary><see cref="Update"/>, then <see cref="Accumulate"/> of the coming input, where the law allows in one pass over memory; the same bits.</summary>
    /// <param name="trace">One value per word line, 0 or more; empty for <see cref="Trace"/>.</param>
    /// <param name="wish">Wished weight change per unit trace, one per bit line; empty for what the layer's field <c>wish</c> holds.</param>
    /// <param name="input">Input of the coming step, one value per word line.</param>
    /// <exception cref="ArgumentException">A length does not fit, a value is not finite, or a trace is negative.</exception>
    public void UpdateAndAccumulate(ReadOnlySpan<float> trace, ReadOnlySpan<float> wish, ReadOnlySpan<float> input)
    {
        Check(input, Inputs, nameof(input));
        Take(trace, wish);
        input.CopyTo(_input);
        if (!_layer.TryWriteAndAccumulate(TraceFor(trace), _input, Time, _scratch, _inputValues))
        {
            _layer.Write(TraceFor(trace), Time, _scratch);
            _layer.ComputeCurrent(_input.AsSpan(0, Inputs), _input, Time + 1, _scratch);
        }

        EndUpdate();
    }

    /// <summary>Moves the presynaptic traces by one step: P ← αP + (1 - α)·Q, then Q ← βQ + (1 - β)·gain·spike.</summary>
    /// <param name="spikes">One bit per word line, <see cref="InputWords"/> words.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void Filter(ReadOnlySpan<ulong> spikes)
    {
        TakeSpikes(spikes);
        _layer.TraceInputs(new LayerInput(_spikes), (0, _layer.InputWords));
    }

    /// <summary>One step of the neurons (leaky integrate-and-fire, docs/numerics.md, section 1) with the currents of the last product.</summary>
    /// <returns>How many neurons spiked; <see cref="Spikes"/> says which.</returns>
    public int Step()
    {
        _layer.StepNeurons(_layer.AllPanels);
        int count = 0;
        foreach (ulong word in Spikes)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>The same with other currents, in units of the state.</summary>
    /// <param name="current">One value per neuron.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a value is not finite.</exception>
    public int Step(ReadOnlySpan<float> current)
    {
        Check(current, Neurons, nameof(current));
        current.CopyTo(_layer.Current);
        return Step();
    }

    /// <summary>Forgets filters and traces, as at the start of a sample, and moves the counts of pulses, writes and reads to the totals.</summary>
    public void ResetState()
    {
        _layer.ResetState(_layer.AllPanels, (0, _layer.InputWords));
        Count();
    }

    /// <summary>Moves the counts of pulses, writes and reads to the totals, which are part of the lasting state. Done now and then by itself.</summary>
    /// <remarks>Fractions of pulses are rounded here: totals of two runs have the same bits if both made the same calls.</remarks>
    public void Count()
    {
        _layer.Count(_scratch);
        _visits = 0;
    }

    /// <summary>Copies all weights, row-major [inputs, neurons].</summary>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void GetWeights(Span<float> weights)
    {
        Require.That(weights.Length == (long)Inputs * Neurons, weights.Length, $"{(long)Inputs * Neurons} weights", nameof(weights));
        for (int row = 0; row < Inputs; row++)
        {
            for (int column = 0; column < Neurons; column++)
            {
                weights[(row * Neurons) + column] = _layer.Crossbar.Weight(row, column);
            }
        }
    }

    /// <summary>Programs all weights, row-major [inputs, neurons], as far as the devices allow; not counted as writes.</summary>
    /// <exception cref="ArgumentException">The length does not fit, or a weight is outside the weight range.</exception>
    public void SetWeights(ReadOnlySpan<float> weights)
    {
        Require.That(weights.Length == (long)Inputs * Neurons, weights.Length, $"{(long)Inputs * Neurons} weights", nameof(weights));
        float range = _layer.Crossbar.WeightRange;
        float largest = TensorPrimitives.MaxMagnitude(weights);
        Require.That(MathF.Abs(largest) <= range, largest, FormattableString.Invariant($"-{range} to {range}"), nameof(weights));

        _layer.Crossbar.Program(weights);
    }

    /// <summary>Frees the scratch memory.</summary>
    public void Dispose() => _scratch.Dispose();
}
