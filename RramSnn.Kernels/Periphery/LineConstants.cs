namespace RramSnn.Kernels.Periphery;

/// <summary>Wires of one line of devices, in ohm.</summary>
/// <param name="Segment">Wire from device to device, 0 or more.</param>
/// <param name="Lead">From an end's device to the circuit there: segment and circuit together. 0 is allowed for a segment of 0 alone and makes every drop 0.</param>
/// <param name="IsBothEnded">Whether there is a lead at the far end too.</param>
public readonly record struct LineConstants(float Segment, float Lead, bool IsBothEnded);
