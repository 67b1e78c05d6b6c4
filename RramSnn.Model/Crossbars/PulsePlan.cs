using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>What an update method decides once for a crossbar: the law that pulses obey and the pulse rule of each device.</summary>
/// <param name="Law">The law that the pulses obey.</param>
/// <param name="Plus">Rule of the device that counts positively (the only device of a reference cell).</param>
/// <param name="Minus">Rule of the device that counts negatively; <see cref="PulseRule.Never"/> for a reference cell.</param>
public sealed record PulsePlan(DeviceLaw Law, PulseRule Plus, PulseRule Minus);
