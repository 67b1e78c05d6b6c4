using System.Runtime.InteropServices;
using RramSnn.Model.Layers;
using RramSnn.Native.Boundary;
using RramSnn.Native.Hosts;

namespace RramSnn.Native.Exports;

/// <summary>Functions <c>rramsnn_crossbar_*</c> that a loop calls; documented in rramsnn.h.</summary>
internal static unsafe class CrossbarStepExports
{
    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_accumulate")]
    internal static int Accumulate(nuint crossbar, float* input, nuint inputLength, float* current, nuint currentLength)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            LayerStepper stepper = lease.Target.Stepper;
            Span<float> result = Optional(current, currentLength, stepper.Neurons, nameof(current));
            stepper.Accumulate(Foreign.Span(input, inputLength, nameof(input)));
            CopyCurrent(stepper, result);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_accumulate_spikes")]
    internal static int AccumulateSpikes(nuint crossbar, ulong* spikes, nuint words, float* current, nuint currentLength)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            LayerStepper stepper = lease.Target.Stepper;
            Span<float> result = Optional(current, currentLength, stepper.Neurons, nameof(current));
            stepper.AccumulateSpikes(Foreign.Span(spikes, words, nameof(spikes)));
            CopyCurrent(stepper, result);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_accumulate_batch")]
    internal static int AccumulateBatch(nuint crossbar, float* inputs, nuint inputsLength, int inputStride, int batch, float* currents, nuint currentsLength)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            lease.Target.Stepper.AccumulateBatch(Foreign.Span(inputs, inputsLength, nameof(inputs)), inputStride, batch, Foreign.Span(currents, currentsLength, nameof(currents)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_update")]
    internal static int Update(nuint crossbar, float* trace, nuint traceLength, float* wish, nuint wishLength)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            LayerStepper stepper = lease.Target.Stepper;
            stepper.Update(Optional(trace, traceLength, stepper.Inputs, nameof(trace)), Optional(wish, wishLength, stepper.Neurons, nameof(wish)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_update_and_accumulate")]
    internal static int UpdateAndAccumulate(nuint crossbar, float* trace, nuint traceLength, float* wish, nuint wishLength, float* input, nuint inputLength, float* current, nuint currentLength)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            LayerStepper stepper = lease.Target.Stepper;
            Span<float> result = Optional(current, currentLength, stepper.Neurons, nameof(current));
            stepper.UpdateAndAccumulate(
                Optional(trace, traceLength, stepper.Inputs, nameof(trace)),
                Optional(wish, wishLength, stepper.Neurons, nameof(wish)),
                Foreign.Span(input, inputLength, nameof(input)));
            CopyCurrent(stepper, result);
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_filter_spikes")]
    internal static int FilterSpikes(nuint crossbar, ulong* spikes, nuint words)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            lease.Target.Stepper.Filter(Foreign.Span(spikes, words, nameof(spikes)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_step")]
    internal static int Step(nuint crossbar, float* current, nuint currentLength, ulong* spikes, nuint words)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            LayerStepper stepper = lease.Target.Stepper;
            Span<ulong> result = Foreign.Optional(spikes, words, nameof(spikes));
            if (spikes is not null && result.Length != stepper.NeuronWords)
            {
                throw new ArgumentException($"spikes has {words} words; expected {stepper.NeuronWords} for {stepper.Neurons} neurons.");
            }

            if (current is null)
            {
                stepper.Step();
            }
            else
            {
                stepper.Step(Foreign.Span(current, currentLength, nameof(current)));
            }

            if (spikes is not null)
            {
                stepper.Spikes.CopyTo(result);
            }
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_reset_state")]
    internal static int ResetState(nuint crossbar)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            lease.Target.Stepper.ResetState();
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_set_time")]
    internal static int SetTime(nuint crossbar, ulong time)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            lease.Target.Stepper.Time = time;
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_get_weights")]
    internal static int GetWeights(nuint crossbar, float* weights, nuint length)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            lease.Target.Stepper.GetWeights(Foreign.Span(weights, length, nameof(weights)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "rramsnn_crossbar_set_weights")]
    internal static int SetWeights(nuint crossbar, float* weights, nuint length)
    {
        try
        {
            using Lease<CrossbarOwner> lease = HandleTable.Take<CrossbarOwner>(crossbar);

            lease.Target.Stepper.SetWeights(Foreign.Span(weights, length, nameof(weights)));
            return (int)Status.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Set(exception);
        }
    }

    /// <summary>
    /// Values of the host; a null pointer stands for the crossbar's own field, but a length of 0 does not. Checked before anything is done.
    /// </summary>
    private static Span<float> Optional(float* values, nuint length, int expected, string name) =>
        values is null || length == (nuint)expected
            ? Foreign.Optional(values, length, name)
            : throw new ArgumentException($"{name} has {length} values; expected {expected}.");

    private static void CopyCurrent(LayerStepper stepper, Span<float> result)
    {
        if (!result.IsEmpty)
        {
            stepper.Current.CopyTo(result);
        }
    }
}
