using RramSnn.Kernels.Conductance;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>What an update method decides once for a crossbar: law, pulses per unit wish for each device, start state.</summary>
/// <param name="Law">The law that the pulses obey.</param>
/// <param name="Plus">Gain of the device that counts positively (the only device of a reference cell).</param>
/// <param name="Minus">Gain of the device that counts negatively; zero for a reference cell.</param>
/// <param name="ReadsPerWrite">Reads of a device's conductance that one write needs.</param>
public sealed record SynapseProgram(DeviceLaw Law, PolarityGain Plus, PolarityGain Minus, int ReadsPerWrite);
