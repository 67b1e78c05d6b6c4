using System.Diagnostics.CodeAnalysis;

namespace RramSnn.Model.Devices;

/// <summary>Which kernels a program wants to carry.</summary>
internal static class KernelChoice
{
    private const string Name = "RramSnn.CompactKernels";

    /// <summary>
    /// Whether both kinds of noise share one kernel, and writes with noise, rules that read devices, and coincident pulses that of devices that differ: the
    /// same bits, half of the native code, and more time for such writes. Native libraries ask for it when they are compiled.
    /// </summary>
    [FeatureSwitchDefinition(Name)]
    internal static bool IsCompact { get; } = AppContext.TryGetSwitch(Name, out bool isOn) && isOn;
}
