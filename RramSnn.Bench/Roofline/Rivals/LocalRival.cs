namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>A rival that runs in this process.</summary>
/// <param name="name">Name.</param>
/// <param name="call">What is timed.</param>
/// <param name="share">Share of its time that counts, where it does more than the kernel and is compared per cell.</param>
internal sealed class LocalRival(string name, Action call, double share = 1) : Rival(name)
{
    private readonly TimedCall _timed = new(call);

    /// <summary>A plain C# loop, as one would write the rule down.</summary>
    internal static LocalRival Scalar(Action call) => new("scalar", call);

    /// <summary>The best composition of System.Numerics.Tensors.</summary>
    internal static LocalRival TensorPrimitives(Action call) => new("tensor-primitives", call);

    internal override double Batch() => share * _timed.Batch();
}
