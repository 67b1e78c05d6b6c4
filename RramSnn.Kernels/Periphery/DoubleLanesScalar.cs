using System.Runtime.CompilerServices;

namespace RramSnn.Kernels.Periphery;

/// <summary>One lane: the scalar rule that every width must reproduce bit for bit.</summary>
internal readonly struct DoubleLanesScalar : IDoubleLanes<DoubleLanesScalar>
{
    private readonly double _value;

    private DoubleLanesScalar(double value) => _value = value;

    public static int Count => 1;

    public static DoubleLanesScalar Load(ref readonly double source, nuint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    public static void Store(DoubleLanesScalar lanes, ref double destination, nuint offset) => Unsafe.Add(ref destination, offset) = lanes._value;

    public static DoubleLanesScalar Broadcast(double value) => new(value);

    public static DoubleLanesScalar operator *(DoubleLanesScalar a, DoubleLanesScalar b) => new(a._value * b._value);

    public static DoubleLanesScalar FusedMultiplyAdd(DoubleLanesScalar a, DoubleLanesScalar b, DoubleLanesScalar c) =>
        new(Math.FusedMultiplyAdd(a._value, b._value, c._value));
}
