using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Simd;
using RramSnn.PropertyTests.Support;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Runs an elementary function on arrays, and measures it.</summary>
internal static class ElementaryCase
{
    /// <summary>Distance of the sampled bit patterns: a prime, so that all exponents and mantissas get their share.</summary>
    internal static uint SampleStep => Effort.IsReduced ? 9_973u : 997u;

    /// <summary>Values at a width; the length is made a multiple of 16.</summary>
    internal static float[] Map<TFunction>(int width, float[] x)
        where TFunction : struct, ElementaryKernels.ILaneFunction
    {
        float[] padded = new float[(x.Length + 15) / 16 * 16];
        x.CopyTo(padded, 0);
        float[] y = new float[padded.Length];
        Widths.Run(width, new ElementaryKernels.MapKernel<TFunction> { X = ref padded[0], Y = ref y[0], Length = (nuint)y.Length });
        return y[..x.Length];
    }

    /// <summary>Value of one argument that fills all lanes.</summary>
    internal static float Map<TFunction>(float x)
        where TFunction : struct, ElementaryKernels.ILaneFunction => Map<TFunction>(VectorDispatch.WidthInBits, [.. Enumerable.Repeat(x, 16)])[0];

    /// <summary>Every SampleStep-th bit pattern between two floats of the same sign, both included.</summary>
    internal static IEnumerable<float[]> Samples(uint first, uint last)
    {
        List<float> chunk = [];
        for (ulong bits = first; bits <= last; bits += SampleStep)
        {
            chunk.Add(BitConverter.UInt32BitsToSingle((uint)bits));
            if (chunk.Count == 1 << 14)
            {
                yield return chunk.ToArray();
                chunk.Clear();
            }
        }

        chunk.Add(BitConverter.UInt32BitsToSingle(last));
        yield return chunk.ToArray();
    }

    /// <summary>The largest error in ulp over the samples, and where it is.</summary>
    internal static (double Error, float At) WorstUlp<TFunction>(uint first, uint last, Func<double, double> exact)
        where TFunction : struct, ElementaryKernels.ILaneFunction
    {
        (double Error, float At) worst = (0, 0);
        foreach (float[] x in Samples(first, last))
        {
            float[] y = Map<TFunction>(VectorDispatch.WidthInBits, x);
            for (int i = 0; i < x.Length; i++)
            {
                double error = UlpDistance.Error(y[i], exact(x[i]));
                worst = error > worst.Error ? (error, x[i]) : worst;
            }
        }

        return worst;
    }

    /// <summary>The largest relative error over the samples, and where it is.</summary>
    internal static (double Error, float At) WorstRelative<TFunction>(uint first, uint last, Func<double, double> exact)
        where TFunction : struct, ElementaryKernels.ILaneFunction
    {
        (double Error, float At) worst = (0, 0);
        foreach (float[] x in Samples(first, last))
        {
            float[] y = Map<TFunction>(VectorDispatch.WidthInBits, x);
            for (int i = 0; i < x.Length; i++)
            {
                double error = Math.Abs((y[i] / exact(x[i])) - 1);
                worst = error > worst.Error ? (error, x[i]) : worst;
            }
        }

        return worst;
    }

    /// <summary>1 - 2⁻ʸ as a function object for the map kernel.</summary>
    internal readonly struct ShareFunction<TSteps> : ElementaryKernels.ILaneFunction
        where TSteps : struct, IStepSize
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => ElementaryLanes.OneMinusExp2Negative<TLanes, TSteps>(x);
    }

    /// <summary>2ˣ.</summary>
    internal readonly struct Exp2Function : ElementaryKernels.ILaneFunction
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => ElementaryLanes.Exp2(x, new Exponential(1, 1, 1, 1).LawConstants<TLanes>());
    }

    /// <summary>log(1 + z).</summary>
    internal readonly struct LogOnePlusFunction<TSteps> : ElementaryKernels.ILaneFunction
        where TSteps : struct, IStepSize
    {
        public static TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> =>
            ElementaryLanes.AddScaledLogOnePlus<TLanes, TSteps>(
                TLanes.Broadcast(0f),
                x,
                rate: TLanes.Broadcast(1f),
                scale: TLanes.Broadcast(1f),
                linear: TLanes.Broadcast(ElementaryLanes.SmallLogLinear),
                square: TLanes.Broadcast(ElementaryLanes.SmallLogSquare));
    }
}
