using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;

namespace RramSnn.Model.Layers;

/// <summary>The layout table's rows of one layer.</summary>
internal sealed class LayerFields
{
    internal LayerFields(ArenaLayout arena, string prefix, CrossbarLayout layout, NetworkOptions options, PulsePlan plan, Device device)
    {
        int inputs = Padding.RoundUp(layout.Rows, Padding.Word);
        int neurons = layout.PaddedColumns;
        ClassStride = Padding.RoundUp(options.Classes, Padding.Line);
        Crossbar = CrossbarFields.AddTo(arena, prefix, layout, options.Cell, plan, device);
        Readout = arena.AddPadded<float>($"{prefix}.readout", FieldRole.Persistent, [layout.Columns, ClassStride], [layout.Columns, options.Classes]);
        PulseTotal = arena.Add<double>($"{prefix}.pulse_total", FieldRole.Persistent, layout.PanelCount);
        WriteTotal = arena.Add<long>($"{prefix}.write_total", FieldRole.Persistent, layout.PanelCount);
        ReadTotal = arena.Add<long>($"{prefix}.read_total", FieldRole.Persistent, layout.PanelCount);
        AddPeriphery(arena, prefix, layout, options);

        ErrorThreshold = arena.Add<float>($"{prefix}.error_threshold", options.CodingOf(plan) == ErrorCoding.Events ? FieldRole.Persistent : FieldRole.Transient, 1);
        EventCounts = arena.Add<long>($"{prefix}.event_counts", FieldRole.Transient, layout.PanelCount, 2);
        Feedback = arena.Add<float>($"{prefix}.feedback", FieldRole.Transient, options.Classes, neurons);
        InputSynapseTrace = arena.Add<float>($"{prefix}.input_synapse_trace", FieldRole.Transient, inputs);
        InputMembraneTrace = arena.Add<float>($"{prefix}.input_membrane_trace", FieldRole.Transient, inputs);
        Current = arena.Add<float>($"{prefix}.current", FieldRole.Transient, neurons);
        SynapseFilter = arena.Add<float>($"{prefix}.synapse_filter", FieldRole.Transient, neurons);
        MembraneFilter = arena.Add<float>($"{prefix}.membrane_filter", FieldRole.Transient, neurons);
        ResetTrace = arena.Add<float>($"{prefix}.reset_trace", FieldRole.Transient, neurons);
        Wish = arena.Add<float>($"{prefix}.wish", FieldRole.Transient, neurons);
        Pulses = arena.Add<float>($"{prefix}.sample_pulses", FieldRole.Transient, neurons);
        Writes = arena.Add<float>($"{prefix}.sample_writes", FieldRole.Transient, neurons);
        Reads = arena.Add<float>($"{prefix}.sample_reads", FieldRole.Transient, neurons);
        Spikes = arena.Add<ulong>($"{prefix}.spikes", FieldRole.Transient, neurons / Padding.Word);
        Surrogate = arena.Add<ulong>($"{prefix}.surrogate", FieldRole.Transient, neurons / Padding.Word);
        if (options.Updates == UpdateTiming.Sample)
        {
            SampleSums = new SampleSumFields(
                arena.Add<float>($"{prefix}.wish_sum", FieldRole.Transient, neurons),
                arena.Add<float>($"{prefix}.trace_sum", FieldRole.Transient, inputs),
                arena.Add<ulong>($"{prefix}.surrogate_seen", FieldRole.Transient, neurons / Padding.Word));
        }
    }

    internal int ClassStride { get; }

    internal CrossbarFields Crossbar { get; }

    internal Field<float> Readout { get; }

    /// <summary>θ of error events.</summary>
    internal Field<float> ErrorThreshold { get; }

    /// <summary>Events and errors of the present sample, per panel.</summary>
    internal Field<long> EventCounts { get; }

    internal Field<float> Feedback { get; }

    internal Field<float> InputSynapseTrace { get; }

    internal Field<float> InputMembraneTrace { get; }

    internal Field<float> Current { get; }

    internal Field<float> SynapseFilter { get; }

    internal Field<float> MembraneFilter { get; }

    internal Field<float> ResetTrace { get; }

    internal Field<float> Wish { get; }

    internal Field<float> Pulses { get; }

    internal Field<float> Writes { get; }

    internal Field<float> Reads { get; }

    internal Field<ulong> Spikes { get; }

    internal Field<ulong> Surrogate { get; }

    /// <summary>Null unless devices are written behind samples.</summary>
    internal SampleSumFields? SampleSums { get; }

    internal Field<double> PulseTotal { get; }

    internal Field<long> WriteTotal { get; }

    internal Field<long> ReadTotal { get; }

    /// <summary>Currents that the converters made; of length 0 without converters.</summary>
    internal Field<long> Conversions { get; private set; }

    /// <summary>How many of them were saturated; of length 0 without converters.</summary>
    internal Field<long> SaturatedConversions { get; private set; }

    /// <summary>Shares that wires leave of the devices while training; of length 0 without wires, as are the next three.</summary>
    internal Field<float> AttenuationPlus { get; private set; }

    internal Field<float> AttenuationMinus { get; private set; }

    /// <summary>The same while measuring.</summary>
    internal Field<float> MeasuredPlus { get; private set; }

    internal Field<float> MeasuredMinus { get; private set; }

    private void AddPeriphery(ArenaLayout arena, string prefix, CrossbarLayout layout, NetworkOptions options)
    {
        if (options.Periphery.AdcBits is not null)
        {
            Conversions = arena.Add<long>($"{prefix}.adc_conversions", FieldRole.Persistent, layout.PanelCount);
            SaturatedConversions = arena.Add<long>($"{prefix}.adc_saturated", FieldRole.Persistent, layout.PanelCount);
        }

        if (options.Periphery.HasWires)
        {
            bool isPair = options.Cell == SynapseCell.Pair;
            AttenuationPlus = layout.AddTo(arena, $"{prefix}.attenuation_plus", FieldRole.Persistent);
            AttenuationMinus = isPair ? layout.AddTo(arena, $"{prefix}.attenuation_minus", FieldRole.Persistent) : default;
            MeasuredPlus = layout.AddTo(arena, $"{prefix}.measured_plus", FieldRole.Transient);
            MeasuredMinus = isPair ? layout.AddTo(arena, $"{prefix}.measured_minus", FieldRole.Transient) : default;
        }
    }
}
