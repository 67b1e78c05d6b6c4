using RramSnn.Model.Crossbars.Units;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;

namespace RramSnn.Model.Crossbars;

/// <summary>What an update method decides once for a crossbar: the law that pulses obey and the pulse rule of each device.</summary>
/// <param name="Law">The law that the pulses obey.</param>
/// <param name="Plus">Rule of the device that counts positively (the only device of a reference cell).</param>
/// <param name="Minus">Rule of the device that counts negatively; <see cref="PulseRule.Never"/> for a reference cell.</param>
/// <param name="Common">
/// Rule of pulses that both devices of a pair get at once, after their own and from the same random numbers; null if there are none.
/// </param>
/// <param name="Unit">What the method needs beside the devices of its synapses; null if it writes every step at once and needs nothing.</param>
/// <param name="Rest">State of a weight of zero: of both devices of a pair, or of the reference.</param>
/// <param name="Errors">How errors reach the devices, unless the network's options ask for events.</param>
public sealed record PulsePlan(
    DeviceLaw Law, PulseRule Plus, PulseRule Minus, PulseRule? Common = null, UnitPlan? Unit = null, double Rest = 0.5, ErrorCoding Errors = ErrorCoding.Analog);
