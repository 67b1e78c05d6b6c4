using RramSnn.Kernels.Conductance;
using RramSnn.Model.Devices;

namespace RramSnn.Model.Crossbars;

/// <summary>How many pulses one device of a synapse gets for a wished weight change.</summary>
public abstract class PulseRule
{
    private protected PulseRule()
    {
    }

    /// <summary>The device is never written.</summary>
    public static PulseRule Never { get; } = Constant(0, 0);

    /// <summary>Wraps a rule of the kernels.</summary>
    /// <typeparam name="TRule">Pulse rule of the kernels.</typeparam>
    public static PulseRule Of<TRule>(TRule rule)
        where TRule : struct, IPulseRule => new Rule<TRule>(rule);

    /// <summary>Constants per polarity, in pulses per unit of the wished weight change (<see cref="PolarityGain"/>).</summary>
    /// <param name="forIncrease">Factor for a wished increase: positive potentiates.</param>
    /// <param name="forDecrease">Factor for a wished decrease, applied to the signed wish: positive depresses.</param>
    public static PulseRule Constant(double forIncrease, double forDecrease) => Of(new PolarityGain(forIncrease, forDecrease));

    /// <summary>As <see cref="Constant"/>, with whole pulses where random bit streams of word line and bit line coincide, whatever the pulse mode.</summary>
    /// <param name="forIncrease">Factor for a wished increase: positive potentiates.</param>
    /// <param name="forDecrease">Factor for a wished decrease, applied to the signed wish: positive depresses.</param>
    /// <param name="streamLength">Bits of a stream, 1 to <see cref="ConductanceKernels.LongestBitStream"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is outside its range.</exception>
    public static PulseRule Coincident(double forIncrease, double forDecrease, int streamLength)
    {
        Require.That(streamLength is >= 1 and <= ConductanceKernels.LongestBitStream, streamLength, $"1 to {ConductanceKernels.LongestBitStream}", nameof(streamLength));
        return new CoincidentRule(new PolarityGain(forIncrease, forDecrease), streamLength);
    }

    /// <summary>Wraps a rule that knows one device model and drives no other: native code then holds no kernel for a pair that never meets.</summary>
    /// <typeparam name="TDevice">The device model.</typeparam>
    /// <typeparam name="TRule">Pulse rule of the kernels.</typeparam>
    internal static PulseRule For<TDevice, TRule>(TRule rule)
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule => new OwnRule<TDevice, TRule>(rule);

    /// <summary>Chooses the specialised kernel once, so that a step costs one virtual call per array.</summary>
    internal abstract ArrayProgrammer CreateProgrammer(DeviceLaw law, PulseMode mode, DeviceVariability variability);

    private sealed class Rule<TRule>(TRule rule) : PulseRule
        where TRule : struct, IPulseRule
    {
        internal override ArrayProgrammer CreateProgrammer(DeviceLaw law, PulseMode mode, DeviceVariability variability) => law.CreateProgrammer(rule, mode, variability);
    }

    private sealed class CoincidentRule(PolarityGain rule, int streamLength) : PulseRule
    {
        internal override ArrayProgrammer CreateProgrammer(DeviceLaw law, PulseMode mode, DeviceVariability variability) =>
            law.CreateCoincidentProgrammer(rule, streamLength, variability);
    }

    private sealed class OwnRule<TDevice, TRule>(TRule rule) : PulseRule
        where TDevice : struct, IDeviceModel
        where TRule : struct, IPulseRule
    {
        internal override ArrayProgrammer CreateProgrammer(DeviceLaw law, PulseMode mode, DeviceVariability variability) => law is DeviceLaw<TDevice> own
            ? own.Create(rule, mode, variability)
            : throw new ArgumentException($"law is {law.Model.Name}; expected the law that the rule was made for.", nameof(law));
    }
}
