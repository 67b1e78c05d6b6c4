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
/// <param name="Refresh">The schedule by which pairs are taken apart and rewritten; null if they never are.</param>
/// <param name="Rest">State of a weight of zero: of both devices of a pair, or of the reference.</param>
/// <param name="Errors">How errors reach the devices, unless the network's options ask for events.</param>
public sealed record PulsePlan(
    DeviceLaw Law, PulseRule Plus, PulseRule Minus, PulseRule? Common = null, RefreshSchedule? Refresh = null, double Rest = 0.5, ErrorCoding Errors = ErrorCoding.Analog);

/// <summary>
/// Devices that only go up fill up. So from time to time both devices of every pair are read, and where one of them has passed a threshold
/// both are reset and their difference is written again.
/// </summary>
/// <remarks>Occasional RESET of Burr et al., IEEE TED 62(11):3498, 2015. A schedule needs no addressing, but every refresh reads every device.</remarks>
/// <param name="EverySamples">Samples from one refresh to the next, 1 or more.</param>
/// <param name="Threshold">State above which a pair is rewritten, 0 to 1.</param>
public sealed record RefreshSchedule(int EverySamples, double Threshold);
