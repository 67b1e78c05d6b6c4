using RramSnn.Kernels.Conductance;

namespace RramSnn.Model.Devices;

/// <summary>Phase-change memory by the statistics of its pulses: <see cref="PhaseChange"/>.</summary>
internal sealed class PhaseChangeModel() : DeviceModel(
    "phase-change",
    "unidirectional phase-change memory: SET pulses scatter, and make larger steps soon after RESET",
    "one SET pulse: p <- delta p; u <- clamp(u + m_0 + m_1 u + m_2 p + (s_0 + s_1 u + s_2 p) xi, 0, 1); RESET: u <- s_R |xi|, p <- 1; xi normal; down pulses do nothing",
    "Nandakumar et al., Journal of Applied Physics 124:152135, 2018",
    [
        new("memory_decay", "delta", "share of the memory of RESET that one pulse leaves", 0, 1, IsMinimumAllowed: true),
        new("mean_step", "m_0", "mean step at Gmin without memory, as a share of the range", 0, 1, IsPerPulse: true),
        new("mean_step_per_state", "m_1", "what the state adds to the mean step; negative if steps shrink", -1, 1, IsPerPulse: true),
        new("mean_step_per_memory", "m_2", "what the memory adds to the mean step", 0, 10, IsMinimumAllowed: true, IsPerPulse: true),
        new("step_deviation", "s_0", "standard deviation of a step at Gmin without memory, as a share of the range", 0, 10, IsMinimumAllowed: true),
        new("step_deviation_per_state", "s_1", "what the state adds to the standard deviation", 0, 10, IsMinimumAllowed: true),
        new("step_deviation_per_memory", "s_2", "what the memory adds to the standard deviation", 0, 10, IsMinimumAllowed: true),
        new("reset_deviation", "s_R", "standard deviation of a reset device, before its sign is dropped, as a share of the range", 0, 1, IsMinimumAllowed: true),
    ])
{
    /// <summary>The formula is that of the mean climb.</summary>
    public override bool HasClosedForm => true;

    public override bool IsStatistical => true;

    internal override int ConstantCount => 0;

    internal override DeviceConstants ConstantsOf(ReadOnlySpan<double> values) => default;

    private protected override DeviceLaw CreateLaw(double[] values) => new Law(this, values);

    /// <summary>
    /// The law of the mean. The memory fades by pulses alone, never by time, so in the mean a device's state tells how many pulses it has had
    /// since its RESET, and so its memory, too: pulses walk on along <see cref="ResetCurve"/>.
    /// </summary>
    private sealed class Law(PhaseChangeModel model, double[] values) : DeviceLaw(model, values)
    {
        private readonly PhaseChange _device = new(values[0], (values[1], values[2], values[3]), (values[4], values[5], values[6]), values[7]);
        private readonly ResetCurve _curve = new(values[0], values[1], values[2], values[3]);

        public override bool HasMemory => true;

        /// <summary>0 from the top of the climb on.</summary>
        public override double PotentiationSlope(double state) => state < _curve.Top ? Math.Max(_curve.SlopeAt(_curve.PulsesTo(state)), 0) : 0;

        public override double DepressionSlope(double state) => 0;

        public override double StepDeviation(double state) => Deviation(state, MemoryAt(state) * Values[0]);

        public override double After(double state, double pulses) =>
            pulses <= 0 || state >= _curve.Top ? state : Math.Max(state, _curve.At(_curve.PulsesTo(state) + pulses));

        public override double PulsesBetween(double from, double to)
        {
            if (to == from)
            {
                return 0;
            }

            return to < from ? double.NegativeInfinity : to > _curve.Top ? double.PositiveInfinity : _curve.PulsesTo(to) - _curve.PulsesTo(from);
        }

        /// <summary>The same climb with other pulses; the variances of pulses add up, and so do those of the memory's share.</summary>
        public override DeviceLaw WithPulseSize(double size)
        {
            if (size == 1)
            {
                return this;
            }

            double decay = Math.Pow(Values[0], size);
            double growth = 1 + Values[2];
            double grown = Math.Pow(growth, size);
            double perState = grown - 1;
            double perMemory = growth == Values[0] ? size : Values[0] / decay * (grown - decay) / (growth - Values[0]);
            double memoryVariance = Values[0] == 1 ? size : Values[0] * Values[0] / (1 - (Values[0] * Values[0])) / (decay * decay / (1 - (decay * decay)));
            return Model.Create(
                decay,
                Values[2] == 0 ? Values[1] * size : Values[1] * perState / Values[2],
                perState,
                decay == 0 ? 0 : Values[3] * perMemory,
                Values[4] * Math.Sqrt(size),
                Values[5] * Math.Sqrt(size),
                decay == 0 ? 0 : Values[6] * Math.Sqrt(memoryVariance),
                Values[7]);
        }

        internal override double MemoryAt(double state) => state < _curve.Top ? Math.Pow(Values[0], _curve.PulsesTo(state)) : 0;

        internal override double AfterPulse(double state, int direction, double normal, ref double memory)
        {
            if (direction < 0)
            {
                return state;
            }

            memory *= Values[0];
            double mean = Values[1] + (Values[2] * state) + (Values[3] * memory);
            return Math.Clamp(state + mean + (Deviation(state, memory) * normal), 0, 1);
        }

        internal override ArrayProgrammer CreateProgrammer<TRule>(TRule rule, PulseMode mode, DeviceVariability variability) =>
            new SetProgrammer<TRule>(_device, this, _curve, rule);

        internal override ArrayProgrammer CreateCoincidentProgrammer(PolarityGain rule, int streamLength, DeviceVariability variability) =>
            throw Refused("pulses by coincidence of bit streams");

        internal override PulseApplier CreateApplier(PulseMode mode, DeviceVariability variability) => throw Refused("pulses that are counted outside the array");

        /// <summary>Methods refuse the device before it comes to this.</summary>
        private static NotSupportedException Refused(string pulses) => new($"device model is phase-change; {pulses} expect a model of both polarities.");

        private double Deviation(double state, double memory) => Values[4] + (Values[5] * state) + (Values[6] * memory);
    }
}
