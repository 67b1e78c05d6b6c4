using System.Globalization;

namespace RramSnn.Nir.Simulation;

/// <summary>How a step of the time solves tau x' = target - x, with the target held over the step.</summary>
public enum NirDiscretisation
{
    /// <summary>x ← x + (dt/tau)(target - x): forward Euler, as snnTorch, Norse and others do.</summary>
    ForwardEuler,

    /// <summary>x ← target + (x - target) exp(-dt/tau): exact for a target that is constant over the step.</summary>
    Exponential,
}

/// <summary>Which current of CubaLI and CubaLIF the membrane sees.</summary>
public enum NirCurrentOrder
{
    /// <summary>The current after this step's input, as in snnTorch and Norse.</summary>
    SynapseFirst,

    /// <summary>The current before it: forward Euler of both equations at once, as in RramSnn's own layers. Spikes come one step later per layer.</summary>
    MembraneFirst,
}

/// <summary>What a spike does to the membrane.</summary>
public enum NirReset
{
    /// <summary>v ← v_reset, as NIR defines it.</summary>
    ToValue,

    /// <summary>v ← v - v_threshold, as in snnTorch and Norse where they are told so: what is above the threshold is kept, and v_reset has no part.</summary>
    BySubtraction,
}

/// <summary>How the continuous equations of NIR become steps.</summary>
public sealed record NirSimulationOptions
{
    // A decay of 0 is a tau of dt, which single precision may round down.
    private const double Slack = 1e-6;

    /// <summary>dt in seconds, above 0.</summary>
    public double StepSeconds { get; init; } = 1e-3;

    /// <summary>How a step is made.</summary>
    public NirDiscretisation Discretisation { get; init; } = NirDiscretisation.ForwardEuler;

    /// <summary>Which current the membrane sees.</summary>
    public NirCurrentOrder CurrentOrder { get; init; } = NirCurrentOrder.SynapseFirst;

    /// <summary>What a spike does.</summary>
    public NirReset Reset { get; init; } = NirReset.ToValue;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public void Validate()
    {
        if (!(StepSeconds > 0 && StepSeconds <= 1e6))
        {
            throw new ArgumentOutOfRangeException("dt", string.Create(CultureInfo.InvariantCulture, $"dt is {StepSeconds}; expected more than 0 and at most 1e6 seconds."));
        }
    }

    /// <summary>Whether forward Euler can make the step: dt is no longer than tau, but for rounding.</summary>
    internal bool Resolves(double tau) => StepSeconds <= tau * (1 + Slack);

    /// <summary>The share of the way to its target that a quantity of time constant tau goes in a step.</summary>
    internal double Approach(double tau) =>
        Discretisation == NirDiscretisation.Exponential ? -Math.Exp(-StepSeconds / tau) + 1 : Math.Min(StepSeconds / tau, 1);
}
