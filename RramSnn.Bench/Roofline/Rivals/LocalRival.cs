namespace RramSnn.Bench.Roofline.Rivals;

/// <summary>A rival that runs in this process.</summary>
internal sealed class LocalRival : Rival
{
    /// <summary>Name of <see cref="Scalar"/>.</summary>
    internal const string ScalarName = "scalar";

    /// <summary>Name of <see cref="TensorPrimitives"/>.</summary>
    internal const string TensorPrimitivesName = "tensor-primitives";

    private readonly TimedCall _timed;
    private readonly double _share;
    private readonly bool _pins;

    /// <summary>A rival of a kernel on one thread.</summary>
    /// <param name="name">Name.</param>
    /// <param name="call">What is timed.</param>
    /// <param name="share">Share of its time that counts, where it does more than the kernel and is compared per cell.</param>
    internal LocalRival(string name, Action call, double share = 1)
        : this(name, call, new TimedCall(call), share, pins: false)
    {
    }

    private LocalRival(string name, Action call, TimedCall timed, double share, bool pins)
        : base(name)
    {
        Call = call;
        _timed = timed;
        _share = share;
        _pins = pins;
    }

    /// <summary>What is timed.</summary>
    internal Action Call { get; }

    /// <summary>The work of several threads on the calling one: timed as theirs is, and as firmly bound to a processor.</summary>
    internal static LocalRival OnOneThread(string name, Action call) => new(name, call, TimedCall.OfSeveralThreads(call), share: 1, pins: true);

    /// <summary>A plain C# loop, as one would write the rule down.</summary>
    internal static LocalRival Scalar(Action call) => new(ScalarName, call);

    /// <summary>The best composition of System.Numerics.Tensors.</summary>
    internal static LocalRival TensorPrimitives(Action call) => new(TensorPrimitivesName, call);

    internal override double Batch()
    {
        using PinnedThread? pin = _pins ? PinnedThread.Start() : null;
        return _share * _timed.Batch();
    }
}
