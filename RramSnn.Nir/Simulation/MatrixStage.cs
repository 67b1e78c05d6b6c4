using RramSnn.Kernels.Crossbar;

namespace RramSnn.Nir.Simulation;

/// <summary>Linear and Affine: y = W x + b, with the kernels' crossbar product over the inputs that are not zero.</summary>
internal sealed class MatrixStage : NirStage
{
    private readonly CrossbarLayout _layout;
    private readonly float[] _weights;
    private readonly float[] _current;
    private readonly float[]? _bias;
    private readonly int[] _rows;
    private readonly float[] _values;

    /// <summary>A product.</summary>
    /// <param name="weight">W, row-major [outputs, inputs].</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="bias">b; null for none.</param>
    internal MatrixStage(ReadOnlySpan<float> weight, int inputs, float[]? bias)
    {
        int outputs = weight.Length / inputs;
        _layout = new CrossbarLayout(inputs, outputs);
        _weights = new float[_layout.Length];
        for (int i = 0; i < inputs; i++)
        {
            for (int j = 0; j < outputs; j++)
            {
                _weights[_layout.IndexOf(i, j)] = weight[(j * inputs) + i];
            }
        }

        _bias = bias;
        _current = new float[_layout.PaddedColumns];
        _rows = new int[NirNetwork.Padded(inputs)];
        _values = new float[_rows.Length];
    }

    internal override bool IsInstant => true;

    internal override void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        Array.Clear(_current);
        _bias?.CopyTo(_current, 0);
        ActiveRows active = ActiveRows.FromTrace(input, _layout.Rows, _rows, _values);
        CrossbarKernels.AccumulateActive(_weights, reference: 0f, active, _current);
        _current.AsSpan(0, output.Length).CopyTo(output);
    }
}
