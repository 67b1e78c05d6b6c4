namespace RramSnn.Nir.Simulation;

/// <summary>A node at work.</summary>
internal abstract class NirStage
{
    /// <summary>Whether the output depends on this step's input alone, and is defined before the first step as well.</summary>
    internal virtual bool IsInstant => false;

    /// <summary>One step.</summary>
    /// <param name="input">What comes in, padded with zeros to whole panels.</param>
    /// <param name="output">Receives what goes out; beyond it the buffer stays zero.</param>
    internal abstract void Step(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Forgets all earlier steps.</summary>
    internal virtual void Reset()
    {
    }

    /// <summary>What goes out before the first step, but for nodes that are <see cref="IsInstant"/>.</summary>
    internal virtual void Rest(Span<float> output) => output.Clear();
}

/// <summary>Input, Output and Flatten: hands on.</summary>
internal sealed class PassStage : NirStage
{
    internal override bool IsInstant => true;

    internal override void Step(ReadOnlySpan<float> input, Span<float> output) => input[..output.Length].CopyTo(output);
}

/// <summary>Scale: y = s x.</summary>
internal sealed class ScaleStage(float[] scale) : NirStage
{
    internal override bool IsInstant => true;

    internal override void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = scale[i] * input[i];
        }
    }
}

/// <summary>Threshold: 1 where x > threshold, else 0. It spikes, so before the first step it is silent.</summary>
internal sealed class ThresholdStage(float[] threshold) : NirStage
{
    internal override void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = input[i] > threshold[i] ? 1f : 0f;
        }
    }
}

/// <summary>Delay: y(t) = x(t - d), with d in whole steps.</summary>
internal sealed class DelayStage : NirStage
{
    private readonly int[] _steps;
    private readonly float[][] _history;
    private int _now;

    internal DelayStage(int[] steps)
    {
        _steps = steps;
        _history = [.. Enumerable.Range(0, steps.Max() + 1).Select(_ => new float[steps.Length])];
    }

    internal override void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        input[..output.Length].CopyTo(_history[_now]);
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = _history[(_now + _history.Length - _steps[i]) % _history.Length][i];
        }

        _now = (_now + 1) % _history.Length;
    }

    internal override void Reset()
    {
        _now = 0;
        Array.ForEach(_history, Array.Clear);
    }
}
