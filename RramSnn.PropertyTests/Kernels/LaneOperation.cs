using RramSnn.Kernels.Simd;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>An operation of <see cref="ILanes{TSelf}"/> on up to three operands.</summary>
internal interface ILaneOperation
{
    TLanes Invoke<TLanes>(TLanes a, TLanes b, TLanes c)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Applies an operation to arrays of bit patterns.</summary>
internal readonly struct LaneOperationKernel<TOperation>(TOperation operation, float[] a, float[] b, float[] c, float[] result) : IVectorKernel
    where TOperation : struct, ILaneOperation
{
    public void Run<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < (nuint)result.Length; i += (nuint)TLanes.Count)
        {
            TLanes lanes = operation.Invoke(TLanes.Load(in a[0], i), TLanes.Load(in b[0], i), TLanes.Load(in c[0], i));
            TLanes.Store(lanes, ref result[0], i);
        }
    }
}

internal readonly struct Add : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => a + b;
}

internal readonly struct Subtract : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => a - b;
}

internal readonly struct Multiply : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => a * b;
}

internal readonly struct FusedMultiplyAdd : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.FusedMultiplyAdd(a, b, c);
}

internal readonly struct AddFromMemory : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T>
    {
        float[] memory = new float[T.Count + 1];
        T.Store(b, ref memory[0], 1);
        return T.Add(a, in memory[0], 1);
    }
}

internal readonly struct SubtractFromMemory : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T>
    {
        float[] memory = new float[T.Count + 1];
        T.Store(b, ref memory[0], 1);
        return T.Subtract(a, in memory[0], 1);
    }
}

internal readonly struct FusedMultiplyAddFromMemory : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T>
    {
        float[] memory = new float[T.Count + 1];
        T.Store(b, ref memory[0], 1);
        return T.FusedMultiplyAdd(a, in memory[0], 1, c);
    }
}

internal readonly struct Min : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.Min(a, b);
}

internal readonly struct Max : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.Max(a, b);
}

internal readonly struct Abs : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.Abs(a);
}

internal readonly struct Floor : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.Floor(a);
}

internal readonly struct GreaterThan : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.GreaterThan(a, b);
}

internal readonly struct GreaterThanOrEqual : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.GreaterThanOrEqual(a, b);
}

internal readonly struct NotEqual : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.NotEqual(a, b);
}

internal readonly struct SelectByMask : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.Select(T.ShiftRightSigned(a, 31), b, c);
}

internal readonly struct SelectGreater : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.Select(T.GreaterThan(a, b), b, c);
}

internal readonly struct And : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => a & b;
}

internal readonly struct Or : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => a | b;
}

internal readonly struct ExclusiveOr : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => a ^ b;
}

internal readonly struct AddInteger : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.AddInteger(a, b);
}

internal readonly struct SubtractInteger : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.SubtractInteger(a, b);
}

internal readonly struct ShiftLeft(int count) : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.ShiftLeft(a, count);
}

internal readonly struct ShiftRight(int count) : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.ShiftRight(a, count);
}

internal readonly struct ShiftRightSigned(int count) : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.ShiftRightSigned(a, count);
}

internal readonly struct LessThanInteger : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.LessThanInteger(a, b);
}

internal readonly struct ConvertToSingle : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.ConvertToSingle(a);
}

internal readonly struct MultiplyWideHigh(uint factor) : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T>
    {
        T.MultiplyWide(a, factor, out T high, out _);
        return high;
    }
}

internal readonly struct MultiplyWideLow(uint factor) : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T>
    {
        T.MultiplyWide(a, factor, out _, out T low);
        return low;
    }
}

internal readonly struct BroadcastBits(uint bits) : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.BroadcastInteger(bits);
}

internal readonly struct BroadcastFloat(float value) : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.Broadcast(value);
}

internal readonly struct Divide : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => a / b;
}

internal readonly struct SquareRoot : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.SquareRoot(a);
}

internal readonly struct MultiplyInteger : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.MultiplyInteger(a, b);
}

internal readonly struct Lookup8(float[] table) : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.Lookup8(in table[0], a);
}

internal readonly struct Lookup16(float[] table) : ILaneOperation
{
    public T Invoke<T>(T a, T b, T c)
        where T : struct, ILanes<T> => T.Lookup16(in table[0], a);
}
