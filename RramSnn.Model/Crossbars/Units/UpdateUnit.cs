using RramSnn.Kernels.Crossbar;

namespace RramSnn.Model.Crossbars.Units;

/// <summary>Turns the wishes of every step into pulses, and does what is to be done between samples. This one writes every step at once, and that is all.</summary>
/// <remarks>
/// Workers own runs of column panels, and call each method for their panels alone. So whatever a unit changes must belong to a panel; what
/// belongs to word lines must be a function of the number of samples.
/// </remarks>
/// <param name="crossbar">The crossbar that is driven.</param>
internal class UpdateUnit(Crossbar crossbar)
{
    /// <summary>The crossbar that is driven.</summary>
    protected Crossbar Crossbar { get; } = crossbar;

    /// <summary>Draws the unit's own devices and brings them to their start.</summary>
    internal virtual void Initialise(ulong seed, int layer)
    {
    }

    /// <summary>Phase 2 of a step: wishes become pulses, or are remembered.</summary>
    internal virtual void Learn(in LearningStep step) =>
        Crossbar.Write(step.Active(Crossbar.Layout.Rows), step.Panels, step.Wish, step.Streams, step.Counters);

    /// <summary>Work behind a sample that was learned.</summary>
    internal virtual void AfterSample(in SampleEnd end)
    {
    }

    /// <summary>Adds what the unit's own devices contribute to the currents of a run of panels, in units of the state; inputs are spikes, or values that the devices feel.</summary>
    internal virtual void Accumulate(ActiveRows active, PanelRange panels, Span<float> current)
    {
    }

    /// <summary>What the unit's own devices contribute to the weight of a stored cell, in units of the state.</summary>
    internal virtual float StateOf(int cell) => 0f;

    /// <summary>Variance that the unit's own devices add to the read noise of a current, in variances of one device.</summary>
    internal virtual float ReadNoisePower => 0f;

    /// <summary>Multiplies the states of the unit's own devices by a factor.</summary>
    internal virtual void Scale(float factor)
    {
    }
}
