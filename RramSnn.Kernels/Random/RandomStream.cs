namespace RramSnn.Kernels.Random;

/// <summary>
/// Names a stream of random numbers: every draw is a pure function of (seed, purpose, step, row, element), never of the
/// order in which draws are made.
/// </summary>
/// <param name="seed">The user's seed; becomes the Philox key.</param>
/// <param name="purpose">What the numbers are for; separates streams that share all else.</param>
/// <param name="step">Position in time, 0 to 2⁵⁶ - 1.</param>
/// <param name="row">Row, sample or device index.</param>
public readonly struct RandomStream(ulong seed, byte purpose, ulong step = 0, uint row = 0)
{
    /// <summary>First half of the key.</summary>
    public uint KeyLow => (uint)Seed;

    /// <summary>Second half of the key.</summary>
    public uint KeyHigh => (uint)(Seed >> 32);

    /// <summary>Counter word 1.</summary>
    public uint Row { get; } = row;

    /// <summary>Counter word 2: the low bits of the step.</summary>
    public uint StepLow => (uint)Step;

    /// <summary>Counter word 3: purpose (8 bits) and the high bits of the step (24 bits).</summary>
    public uint PurposeAndStepHigh => ((uint)Purpose << 24) | ((uint)(Step >> 32) & 0xFF_FFFFu);

    private ulong Seed { get; } = seed;

    private byte Purpose { get; } = purpose;

    private ulong Step { get; } = step;

    /// <summary>The same stream at another row.</summary>
    public RandomStream At(uint row) => new(Seed, Purpose, Step, row);
}
