using System.Security.Cryptography;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.AotCheck;

/// <summary>The updates that training leaves out: every device with noise, fused with a product, and in batches.</summary>
internal static class UpdateDigest
{
    private const int Rows = 37;
    private const int Batch = 5;

    private static readonly CrossbarLayout Layout = new(Rows, 200);

    internal static void AppendTo(IncrementalHash hash)
    {
        AppendDevice(hash, new SoftBounds(3.06 / 64, 35.3 / 64));
        AppendDevice(hash, new ConstantStep(1 / 64.0));
        AppendDevice(hash, new Exponential(0.01, 3, 0.02, 5));
        AppendDevice(hash, new LinearStep(0.02, 0.9, 0.01, -3));
        AppendDevice(hash, new Logistic(2, 1 / 64.0));
        AppendDevice(hash, new PowerStep(0.02, 2, 0.01, 0.5));
        AppendDevice(hash, new ExponentialStep(0.01, 0.01, -1.184, -0.0814, 5, 5, -0.5, -0.5));
        AppendDevice(hash, new StepTable(Steps(0.01, 0.002), Steps(0.03, -0.001)));
    }

    private static double[] Steps(double first, double rise) => [.. Enumerable.Range(0, StepTable.NodeCount).Select(i => first + (rise * i))];

    private static void AppendDevice<TDevice>(IncrementalHash hash, TDevice device)
        where TDevice : struct, IDeviceModel
    {
        // Wishes of three sizes take the three forms of a law.
        foreach (float size in (ReadOnlySpan<float>)[0.01f, 3f, 300f])
        {
            Append<TDevice, ContinuousPulses, StepNoise<InverseCdfNormal>>(hash, device, new(0.3), size);
            Append<TDevice, StochasticPulses, PulseNoise<ByteSumNormal>>(hash, device, new(0.01), size);
        }
    }

    private static void Append<TDevice, TCounts, TNoise>(IncrementalHash hash, TDevice device, TNoise noise, float size)
        where TDevice : struct, IDeviceModel
        where TCounts : struct, IPulseCounts
        where TNoise : struct, ICycleNoise
    {
        float[] state = Digest.Uniform(Layout.Length, step: 11);
        float[] trace = new float[48];
        Digest.Uniform(Rows, step: 12).CopyTo(trace, 0);
        float[] input = new float[48];
        Digest.Uniform(Rows, step: 13).CopyTo(input, 0);
        float[] wishes = [.. Digest.Uniform(Batch * Layout.PaddedColumns, step: 14).Select(value => ((2f * value) - 1f) * size)];
        float[] counters = new float[3 * Layout.PaddedColumns];
        float[] current = new float[Layout.PaddedColumns];
        RandomStream stream = new(seed: 5, purpose: 203);
        PolarityGain rule = new(1, 0.5);
        ActiveRows active = ActiveRows.FromTraceAndInput(trace, input, Rows, new int[48], new float[48], new float[48]);
        ReadOnlySpan<float> wish = wishes.AsSpan(0, Layout.PaddedColumns);
        ConductanceKernels.Update<TDevice, PolarityGain, TCounts, TNoise>(device, rule, noise, state, active, wish, stream, 0, Counters(counters));
        ConductanceKernels.UpdateAndAccumulate<TDevice, PolarityGain, TCounts, NoNoise>(
            device, rule, default, state, active, wish, stream, 0, Counters(counters), reference: 0.5f, current);
        ConductanceKernels.UpdateBatch<TDevice, PolarityGain, TCounts, TNoise>(
            device, rule, noise, state, Rows, Digest.Uniform(Batch * Rows, step: 15), Rows, Batch, wishes, stream, 0, Counters(counters));
        Digest.Append(hash, state);
        Digest.Append(hash, counters);
        Digest.Append(hash, current);
    }

    private static PulseCounters Counters(float[] counters)
    {
        int columns = Layout.PaddedColumns;
        return new(counters.AsSpan(0, columns), counters.AsSpan(columns, columns), counters.AsSpan(2 * columns, columns));
    }
}
