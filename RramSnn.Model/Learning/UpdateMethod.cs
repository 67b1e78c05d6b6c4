using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Learning;

/// <summary>How a wished weight change becomes pulses. A new method is one class and one line in <see cref="UpdateMethods"/>; a rule that depends on the state is one <see cref="Kernels.Conductance.IPulseRule"/> more.</summary>
public abstract class UpdateMethod
{
    /// <summary>Short name used on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One line for people.</summary>
    public abstract string Description { get; }

    /// <summary>Settings that did best on held-out training images; docs/results.md says how they were found.</summary>
    /// <param name="pulses">Whole pulses are coarse steps, which ask for another weight range than real ones.</param>
    public abstract MethodTuning TuningFor(PulseMode pulses);

    /// <summary>Whether a weight must be a pair of devices.</summary>
    public virtual bool NeedsPair => false;

    /// <summary>Whether the method reads conductances while it learns.</summary>
    public virtual bool NeedsReads => false;

    /// <summary>Whether devices must be depressed by pulses; those whose law is <see cref="DeviceLaw.IsUnidirectional"/> are refused then.</summary>
    public virtual bool NeedsDepression => true;

    /// <summary>Whether the device's pulses are enough for the method.</summary>
    public bool CanDrive(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return ObjectionTo(device) is null;
    }

    /// <summary>The device as the method programs it: itself, unless the method chooses other voltages and with them another range and law.</summary>
    public virtual Device Setting(Device device) => device;

    /// <summary>Why the method cannot drive a device, as one sentence; null if it can.</summary>
    protected virtual string? ObjectionTo(Device device) => NeedsDepression && device.Law.IsUnidirectional
        ? $"device {device.Name} is unidirectional; the method {Name} expects both polarities."
        : null;

    /// <summary>Works out the constants for a crossbar.</summary>
    /// <param name="device">The device.</param>
    /// <param name="cell">How devices make a weight.</param>
    /// <param name="weightRange">W, above 0.</param>
    /// <exception cref="ArgumentException">The method cannot drive this cell or device.</exception>
    public PulsePlan Plan(Device device, SynapseCell cell, double weightRange)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (NeedsPair && cell != SynapseCell.Pair)
        {
            throw new ArgumentException($"cell is reference; the method {Name} expects cell pair.", nameof(cell));
        }

        if (ObjectionTo(device) is { } objection)
        {
            throw new ArgumentException(objection, nameof(device));
        }

        return PlanFor(device, cell, weightRange);
    }

    /// <summary>Change of the driven device's state per unit of weight, if it is the only one that is driven.</summary>
    protected static double StatePerWeight(SynapseCell cell, double weightRange) => cell == SynapseCell.Pair ? 1 / weightRange : 1 / (2 * weightRange);

    /// <summary>Works out the constants for a cell that the method can drive.</summary>
    protected abstract PulsePlan PlanFor(Device device, SynapseCell cell, double weightRange);
}
