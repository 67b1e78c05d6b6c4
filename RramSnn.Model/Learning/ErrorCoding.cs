namespace RramSnn.Model.Learning;

/// <summary>How a neuron's error reaches its devices.</summary>
public enum ErrorCoding
{
    /// <summary>As the number that it is.</summary>
    Analog,

    /// <summary>Its sign alone: every error counts as one readout weight's bound, readout scale/√neurons.</summary>
    Sign,

    /// <summary>
    /// As an event of size ±θ where |error| &gt; θ, else not at all. θ is the layer's own and follows a target share of events: after each
    /// sample θ ← θ·exp(k (share - target)).
    /// </summary>
    Events,
}
