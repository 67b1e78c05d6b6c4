namespace RramSnn.Kernels.Conductance;

/// <summary>
/// Pulses that one device of a synapse gets per unit of wished weight change: the whole of an update method that reads
/// nothing. A positive result potentiates, a negative one depresses.
/// </summary>
/// <param name="forIncrease">Pulses per unit of a wished increase; positive potentiates this device.</param>
/// <param name="forDecrease">Pulses per unit of a wished decrease, counted on the signed wish: positive depresses this device.</param>
/// <remarks>pulses = wish · (wish ≥ 0 ? forIncrease : forDecrease).</remarks>
public readonly struct PolarityGain(float forIncrease, float forDecrease)
{
    /// <summary>Factor for wishes ≥ 0.</summary>
    public float ForIncrease { get; } = forIncrease;

    /// <summary>Factor for wishes &lt; 0.</summary>
    public float ForDecrease { get; } = forDecrease;

    /// <summary>Whether the device is never written.</summary>
    public bool IsZero => ForIncrease == 0f && ForDecrease == 0f;
}
