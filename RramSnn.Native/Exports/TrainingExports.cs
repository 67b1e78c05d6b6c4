using System.Runtime.InteropServices;
using RramSnn.Model.Layers;
using RramSnn.Native.Boundary;
using RramSnn.Native.Hosts;

namespace RramSnn.Native.Exports;

/// <summary>Functions <c>rramsnn_network_*</c> that show samples; documented in rramsnn.h.</summary>
internal static unsafe class TrainingExports
{
    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_show_spikes")]
    internal static int ShowSpikes(nuint network, ulong* raster, nuint words, int label, double learningRate, long position, int* decision)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            int shown = lease.Target.Show(Foreign.Span(raster, words, nameof(raster)), label, learningRate, position);
            if (decision is not null)
            {
                *decision = shown;
            }
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_show_pixels")]
    internal static int ShowPixels(nuint network, byte* pixels, nuint length, uint number, int label, double learningRate, long position, int* decision)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            int shown = lease.Target.Show(Foreign.Span(pixels, length, nameof(pixels)), number, label, learningRate, position);
            if (decision is not null)
            {
                *decision = shown;
            }
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_begin")]
    internal static int Begin(nuint network, double learningRate, long position)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            lease.Target.Online.Begin(learningRate, position);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_step")]
    internal static int Step(nuint network, ulong* spikes, nuint words, int label, ulong* output, nuint outputWords)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            Layer last = lease.Target.Network.Layers[^1];
            int expected = (last.Neurons + 63) / 64;
            Span<ulong> result = Foreign.Optional(output, outputWords, nameof(output));
            if (output is not null && result.Length != expected)
            {
                throw new ArgumentException($"output has {outputWords} words; expected {expected} for {last.Neurons} neurons.");
            }

            lease.Target.Online.Advance(Foreign.Span(spikes, words, nameof(spikes)), label);
            if (output is not null)
            {
                last.Spikes[..expected].CopyTo(result);
            }
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_end")]
    internal static int End(nuint network, int* decision)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            int shown = lease.Target.Online.End();
            if (decision is not null)
            {
                *decision = shown;
            }
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_scores")]
    internal static int Scores(nuint network, float* scores, nuint length)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            ReadOnlySpan<float> sums = lease.Target.Online.Scores;
            Span<float> result = Foreign.Span(scores, length, nameof(scores));
            if (result.Length != sums.Length)
            {
                throw new ArgumentException($"scores has {length} values; expected {sums.Length}, one per class.");
            }

            sums.CopyTo(result);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_load_samples")]
    internal static int LoadSamples(nuint network, byte* pixels, nuint length, byte* labels, nuint count)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            lease.Target.LoadSamples(Foreign.Span(pixels, length, nameof(pixels)), Foreign.Span(labels, count, nameof(labels)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_train")]
    internal static int Train(nuint network, long maximumSamples, long* shown)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            long samples = lease.Target.Train(maximumSamples);
            if (shown is not null)
            {
                *shown = samples;
            }
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_restore_position")]
    internal static int RestorePosition(nuint network, long position)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            lease.Target.Restore(position, 0);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_network_evaluate")]
    internal static int Evaluate(nuint network, byte* pixels, nuint length, byte* labels, nuint count, double* accuracy)
    {
        try
        {
            using Lease<TrainedNetwork> lease = HandleTable.Take<TrainedNetwork>(network);

            ref double result = ref Foreign.Result(accuracy, nameof(accuracy));
            result = lease.Target.Evaluate(Foreign.Span(pixels, length, nameof(pixels)), Foreign.Span(labels, count, nameof(labels)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }
}
