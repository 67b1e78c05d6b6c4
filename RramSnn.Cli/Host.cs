namespace RramSnn.Cli;

/// <summary>What the program has around it: a process gives it the console and signals, a test strings and its own token.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress and errors.</param>
/// <param name="Interrupt">Asks a run to save and end.</param>
internal sealed record Host(TextWriter Output, TextWriter Error, CancellationToken Interrupt)
{
    /// <summary>Told the position in the run after every chunk of samples.</summary>
    internal Action<long>? ChunkDone { get; init; }

    /// <summary>Told by a study or sweep how many runs have finished, after every one.</summary>
    internal Action<int>? RunDone { get; init; }

    /// <summary>Time between two checkpoints within an epoch: what a run that is killed may lose.</summary>
    internal TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);
}
