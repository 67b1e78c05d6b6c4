namespace RramSnn.Model.Learning;

/// <summary>Settings of a run that depend on the update method.</summary>
/// <param name="LearningRate">η at the start of the run.</param>
/// <param name="WeightRange">W: weights lie in [-W, W].</param>
public readonly record struct MethodTuning(double LearningRate, double WeightRange);
