namespace RramSnn.PropertyTests.Support;

/// <summary>The kinds of cycle noise that whole updates are tested with.</summary>
public enum NoiseKind
{
    /// <summary>No noise.</summary>
    None,

    /// <summary>Noise in proportion to the step, by the inverse of the distribution function.</summary>
    Step,

    /// <summary>Noise per pulse, by sums of bytes.</summary>
    Pulse,
}
