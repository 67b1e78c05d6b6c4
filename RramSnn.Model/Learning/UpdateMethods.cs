namespace RramSnn.Model.Learning;

/// <summary>Update methods that come with RramSnn.</summary>
public static class UpdateMethods
{
    /// <summary>The method used unless another is asked for.</summary>
    public static UpdateMethod Default { get; } = new BalancedPairMethod();

    /// <summary>All methods.</summary>
    public static IReadOnlyList<UpdateMethod> All { get; } =
    [
        new IdealMethod(),
        new ExactInversionMethod(),
        new LinearizedInversionMethod(),
        new NaiveMethod(),
        new PolarityScaledMethod(),
        new PushPullMethod(),
        Default,
        new TandemPairMethod(),
        new SymmetryPointMethod(),
        new DynamicsMatchedMethod(),
        new VoltagePairedMethod(),
        new SignMethod(),
        new ErrorTriggeredMethod(),
        new OneSidedResetMethod(),
        new StochasticPulseMethod(),
        new MixedPrecisionMethod(),
        .. TikiTakaMethod.All,
    ];

    /// <summary>The method of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static UpdateMethod Get(string name) => Catalogue.Get(All, static method => method.Name, name, "method");
}
