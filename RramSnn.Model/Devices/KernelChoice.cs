using System.Diagnostics.CodeAnalysis;

namespace RramSnn.Model.Devices;

/// <summary>Which kernels a program wants to carry.</summary>
internal static class KernelChoice
{
    private const string Name = "RramSnn.CompactKernels";

    /// <summary>
    /// Whether both kinds of noise share one kernel, that of devices that differ, and what is rarely asked for takes it even without noise: reads by
    /// inversions, coincident pulses, pulses counted elsewhere. The same bits, half of the native code, and more time for such writes. Native libraries ask for it when they are compiled.
    /// </summary>
    [FeatureSwitchDefinition(Name)]
    internal static bool IsCompact { get; } = AppContext.TryGetSwitch(Name, out bool isOn) && isOn;
}
