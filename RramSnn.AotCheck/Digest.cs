using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;
using RramSnn.Model.Checkpoints;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Layers;
using RramSnn.Model.Learning;

namespace RramSnn.AotCheck;

/// <summary>One hash over small runs of everything that computes: training in every combination, and the kernels that training leaves out.</summary>
internal static class Digest
{
    private const int Samples = 3;

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    internal static string Sha256()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NetworkOptions options in Networks().Concat(ImperfectNetworks.OfSpikes(Pair)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Train(options, new StripedSpikes(Samples, options.Inputs, options.Classes))));
        }

        foreach (NetworkOptions options in ImperfectNetworks.OfAmplitudes(Pair))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Train(options, new StripedAmplitudes(Samples, options.Inputs, options.Classes))));
        }

        AppendFunctions(hash);
        AppendProducts(hash);
        UpdateDigest.AppendTo(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<NetworkOptions> Networks()
    {
        UpdateMethod naive = UpdateMethods.Get("naive");
        foreach (PulseMode pulses in Enum.GetValues<PulseMode>())
        {
            foreach (Device device in DevicePresets.All)
            {
                foreach (UpdateMethod method in UpdateMethods.All.Where(method => method.CanDrive(device)))
                {
                    yield return Network(device, method, SynapseCell.Pair, pulses);
                }

                if (naive.CanDrive(device))
                {
                    yield return Network(device, naive, SynapseCell.Reference, pulses);
                }
            }
        }
    }

    private static NetworkOptions Pair(Device device, UpdateMethod method, PulseMode pulses) => Network(device, method, SynapseCell.Pair, pulses);

    private static NetworkOptions Network(Device device, UpdateMethod method, SynapseCell cell, PulseMode pulses) => new()
    {
        Inputs = 70,
        Hidden = [140, 20],
        Classes = 4,
        Steps = 8,
        BurnIn = 2,
        Device = device,
        Method = method,
        Cell = cell,
        Pulses = pulses,
        WeightRange = 2f,
        Seed = 7,
    };

    private static string Train(NetworkOptions options, ISampleSource samples)
    {
        using Network network = new(options);
        using TrainingSession session = new(
            network, samples, new TrainingOptions { LearningRate = 0.05 }, new WorkerOptions { Threads = 2, AreExact = true });
        while (session.Advance(Samples) > 0)
        {
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Checkpoint.StateSha256(network)} {network.PulseTotal:R} {network.WriteTotal} {session.CorrectProbesInEpoch} {session.Evaluate(samples):R}\n");
    }

    /// <summary>exp and log over floats from all of their range, special ones included.</summary>
    private static void AppendFunctions(IncrementalHash hash)
    {
        float[] x = new float[1 << 16];
        float[] y = new float[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = BitConverter.UInt32BitsToSingle((uint)i << 16 | (uint)(i * 40503 & 0xFFFF));
        }

        ElementaryKernels.Exp(x, y);
        Append(hash, y);
        ElementaryKernels.Log(x, y);
        Append(hash, y);
    }

    private static void AppendProducts(IncrementalHash hash)
    {
        const int Rows = 37;
        CrossbarLayout layout = new(Rows, 200);
        float[] plus = Uniform(layout.Length, step: 1);
        float[] minus = Uniform(layout.Length, step: 2);
        float[] input = Uniform(Rows, step: 3);
        float[] current = new float[layout.PaddedColumns];
        CrossbarKernels.Accumulate(plus, minus, input, current);
        Append(hash, current);
        CrossbarKernels.Accumulate(plus, 0.5f, input, current);
        Append(hash, current);
        const int Batch = 8;
        float[] batchCurrent = new float[Batch * layout.PaddedColumns];
        CrossbarKernels.AccumulateBatch(plus, minus, Rows, Uniform(Batch * Rows, step: 4), Rows, Batch, batchCurrent);
        Append(hash, batchCurrent);
        float[] output = new float[Rows];
        CrossbarKernels.AccumulateTransposed(plus, minus, Rows, current, 0, output);
        Append(hash, output);
        float[] normal = new float[1024];
        RandomKernels.Normal<InverseCdfNormal>(normal, new RandomStream(seed: 3, purpose: 202));
        Append(hash, normal);
    }

    internal static float[] Uniform(int count, ulong step)
    {
        float[] values = new float[(count + RandomKernels.BlockLength - 1) / RandomKernels.BlockLength * RandomKernels.BlockLength];
        RandomKernels.Uniform(values, new RandomStream(seed: 3, purpose: 201, step));
        return values[..count];
    }

    internal static void Append(IncrementalHash hash, float[] values)
    {
        // Which NaN comes out is not part of the result.
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = float.IsNaN(values[i]) ? float.NaN : values[i];
        }

        hash.AppendData(MemoryMarshal.AsBytes<float>(values));
    }
}
