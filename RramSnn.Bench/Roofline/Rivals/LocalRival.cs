namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>A rival that runs in this process.</summary>
/// <param name="name">Name.</param>
/// <param name="call">What is timed.</param>
/// <param name="share">Share of its time that counts, where it does more than the kernel and is compared per cell.</param>
internal sealed class LocalRival(string name, Action call, double share = 1) : Rival(name)
{
    /// <summary>Name of <see cref="Scalar"/>.</summary>
    internal const string ScalarName = "scalar";

    /// <summary>Name of <see cref="TensorPrimitives"/>.</summary>
    internal const string TensorPrimitivesName = "tensor-primitives";

    private readonly TimedCall _timed = new(call);

    /// <summary>What is timed.</summary>
    internal Action Call { get; } = call;

    /// <summary>A plain C# loop, as one would write the rule down.</summary>
    internal static LocalRival Scalar(Action call) => new(ScalarName, call);

    /// <summary>The best composition of System.Numerics.Tensors.</summary>
    internal static LocalRival TensorPrimitives(Action call) => new(TensorPrimitivesName, call);

    internal override double Batch() => share * _timed.Batch();
}
