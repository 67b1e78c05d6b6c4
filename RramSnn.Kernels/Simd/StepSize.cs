namespace RramSnn.Kernels.Simd;

/// <summary>How large an argument may be, as a type argument: decides which form of a function is exact enough.</summary>
/// <remarks>Code tests it with <c>typeof(TSteps) == typeof(SmallSteps)</c>, which the JIT decides before it inlines anything.</remarks>
public interface IStepSize;

/// <summary>Learning's usual write: thousandths of the range.</summary>
public readonly struct SmallSteps : IStepSize;

/// <summary>A noticeable part of the range.</summary>
public readonly struct MediumSteps : IStepSize;

/// <summary>Anything.</summary>
public readonly struct AnySteps : IStepSize;
