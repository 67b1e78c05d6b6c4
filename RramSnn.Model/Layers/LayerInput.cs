namespace RramSnn.Model.Layers;

/// <summary>What a layer gets in one step: spikes, or amplitudes.</summary>
internal readonly ref struct LayerInput
{
    internal LayerInput(ReadOnlySpan<ulong> spikes) => Spikes = spikes;

    internal LayerInput(ReadOnlySpan<float> amplitudes, ReadOnlySpan<float> driven)
    {
        Amplitudes = amplitudes;
        Driven = driven;
    }

    /// <summary>One bit per word line; empty for amplitudes.</summary>
    internal ReadOnlySpan<ulong> Spikes { get; }

    /// <summary>Amplitudes as the source gives them, which the presynaptic traces follow; empty for spikes.</summary>
    internal ReadOnlySpan<float> Amplitudes { get; }

    /// <summary>Those amplitudes as the devices feel them, behind converters and by their current-voltage law.</summary>
    internal ReadOnlySpan<float> Driven { get; }

    internal bool HasAmplitudes => !Amplitudes.IsEmpty;
}

/// <summary>One step of a sample.</summary>
/// <param name="Time">Number of the step within the run.</param>
/// <param name="Learns">Whether the sample is learned.</param>
/// <param name="Measures">Whether the sample belongs to a measurement and not to the training.</param>
internal readonly record struct StepContext(ulong Time, bool Learns, bool Measures);
