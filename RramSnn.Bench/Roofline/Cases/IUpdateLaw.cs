using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;

namespace RramSnn.Bench.Roofline.Cases;

/// <summary>The law of a device written down once more, in the forms that its rivals need.</summary>
/// <typeparam name="TDevice">Device model of the kernels.</typeparam>
internal interface IUpdateLaw<TDevice>
    where TDevice : struct, IDeviceModel
{
    /// <summary>Float operations per device, of the form for small steps.</summary>
    static abstract int Flops { get; }

    /// <summary>Calls the C++ twin.</summary>
    static abstract void Twin(ref float state, ActiveRows active, int columns, in float constants);

    /// <summary>The device.</summary>
    TDevice Device { get; }

    /// <summary>Pulses per unit of a wished decrease, relative to an increase: such that the states stay in the middle of their range.</summary>
    double Decrease { get; }

    /// <summary>The law as a plain loop has it: the state after some pulses, negative ones for depression.</summary>
    float Next(float state, float pulses);

    /// <summary>What depends on a column alone.</summary>
    /// <param name="pulses">Pulses per unit trace; the sign is the polarity.</param>
    ColumnConstants Column(double pulses);

    /// <summary>The best composition of System.Numerics.Tensors for a row of devices.</summary>
    void TensorRow(Span<float> row, float trace, ColumnVectors columns, Span<float> scratch, Span<float> moreScratch);
}

/// <summary>Constants of one column; their meaning is the law's business.</summary>
internal readonly record struct ColumnConstants(double Rate, double Target = 0, double Slope = 0, double Scale = 0);

/// <summary>Constants of many columns, one vector after the other, as the C++ twin takes them.</summary>
internal readonly ref struct ColumnVectors(Span<float> constants, int columns)
{
    /// <summary>Vectors.</summary>
    internal const int Count = 4;

    private readonly Span<float> _constants = constants;

    internal Span<float> Rate => Vector(0);

    internal Span<float> Target => Vector(1);

    internal Span<float> Slope => Vector(2);

    internal Span<float> Scale => Vector(3);

    internal void Set(int column, ColumnConstants values)
    {
        Rate[column] = (float)values.Rate;
        Target[column] = (float)values.Target;
        Slope[column] = (float)values.Slope;
        Scale[column] = (float)values.Scale;
    }

    private Span<float> Vector(int index) => _constants.Slice(index * (_constants.Length / Count), columns);
}
