using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

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
    }

    internal int ClassStride { get; }

    internal CrossbarFields Crossbar { get; }

    internal Field<float> Readout { get; }

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

    internal Field<double> PulseTotal { get; }

    internal Field<long> WriteTotal { get; }

    internal Field<long> ReadTotal { get; }
}
