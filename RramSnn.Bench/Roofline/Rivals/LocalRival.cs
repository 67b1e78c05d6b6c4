namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>A rival that runs in this process.</summary>
internal sealed class LocalRival(string name, Action call) : Rival(name)
{
    private readonly TimedCall _timed = new(call);

    /// <summary>A plain C# loop, as one would write the rule down.</summary>
    internal static LocalRival Scalar(Action call) => new("scalar", call);

    /// <summary>The best composition of System.Numerics.Tensors.</summary>
    internal static LocalRival TensorPrimitives(Action call) => new("tensor-primitives", call);

    internal override double Batch() => _timed.Batch();
}
