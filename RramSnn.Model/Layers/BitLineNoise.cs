using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.Model.Layers;

/// <summary>Read noise of one step: the sum of the active devices' independent noises is one normal draw per bit line.</summary>
/// <param name="Deviation">σ of one read of one device at full input, as a share of the range; 0 for none.</param>
/// <param name="Stream">The layer's stream of the step.</param>
internal readonly record struct BitLineNoise(float Deviation, RandomStream Stream)
{
    internal bool IsNone => Deviation == 0f;

    /// <summary>Adds σ √power ξ to each current of a panel.</summary>
    /// <param name="power">Σ x² over the inputs.</param>
    /// <param name="draw">Which draw of the stream: no two panels or arrays share one.</param>
    /// <param name="panel">Currents of <see cref="CrossbarLayout.PanelWidth"/> bit lines.</param>
    internal void AddTo(float power, uint draw, Span<float> panel)
    {
        if (Deviation == 0f || power == 0f)
        {
            return;
        }

        float deviation = Deviation * MathF.Sqrt(power);
        Span<float> normal = stackalloc float[CrossbarLayout.PanelWidth];
        RandomKernels.Normal<InverseCdfNormal>(normal, Stream.At(draw));
        for (int j = 0; j < panel.Length; j++)
        {
            panel[j] = MathF.FusedMultiplyAdd(deviation, normal[j], panel[j]);
        }
    }

    /// <summary>Σ x² of the active word lines, ascending: their number for spikes.</summary>
    internal static float Power(ActiveRows active)
    {
        if (active.Values.IsEmpty)
        {
            return active.Count;
        }

        float power = 0f;
        foreach (float value in active.Values)
        {
            power = MathF.FusedMultiplyAdd(value, value, power);
        }

        return power;
    }
}
