using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars.Units;

/// <summary>A digital number χ per synapse gathers the wished changes; behind every sample the whole pulses in it are given to the devices, unread.</summary>
/// <param name="Steps">What a pulse is worth, and who gets it.</param>
public sealed record AccumulatorPlan(WholePulses Steps) : UnitPlan
{
    /// <inheritdoc/>
    public override int DigitalWords => 1;

    internal override Func<Arena, Crossbar, UpdateUnit> AddTo(ArenaLayout arena, string prefix, CrossbarLayout layout, Device device)
    {
        Field<float> sum = layout.AddTo(arena, $"{prefix}.gathered", FieldRole.Persistent);
        Field<float> pulses = layout.AddTo(arena, $"{prefix}.gathered_pulses", FieldRole.Transient);
        return (memory, crossbar) => new AccumulatorUnit(crossbar, memory, sum, pulses, Steps);
    }
}

/// <summary>Gathers wishes at every step and writes behind every sample.</summary>
internal sealed class AccumulatorUnit(Crossbar crossbar, Arena arena, Field<float> sum, Field<float> pulses, WholePulses steps) : UpdateUnit(crossbar)
{
    private readonly WholePulseWriter _writer = new(crossbar, steps);

    internal override void Learn(in LearningStep step) =>
        AccumulatorKernels.AddOuterProduct(
            step.Panels.Cells(arena.Span(sum), Crossbar.Layout), step.Active(Crossbar.Layout.Rows), step.Panels.Columns(step.Wish));

    internal override void AfterSample(in SampleEnd end)
    {
        if (end.Panels.Count > 0)
        {
            CellRun run = CellRun.OfPanels(end.Panels, Crossbar.Layout);
            _writer.Write(run, run.Of(arena.Span(sum)), run.Of(arena.Span(pulses)), end.Streams, end.CountersOf(end.Panels));
        }
    }
}
