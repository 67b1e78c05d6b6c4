namespace RramSnn.Model.Learning;

/// <summary>When a layer writes its devices.</summary>
public enum UpdateTiming
{
    /// <summary>At every step: Δw = e(t)·P(t), the errors of the neurons times the traces of the inputs.</summary>
    Step,

    /// <summary>
    /// Once, behind every sample: Δw = (Σ e(t))·(Σ P(t))/K over the K steps that were learned. Each neuron and each word line adds up one number;
    /// errors of changing sign cancel there instead of becoming pulses to and fro. What it leaves out of Σ e(t)·P(t) is how the
    /// two vary together within the sample.
    /// </summary>
    Sample,
}
