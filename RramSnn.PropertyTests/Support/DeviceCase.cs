using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Random;
using RramSnn.Kernels.Simd;
using Xunit;

namespace RramSnn.PropertyTests.Support;

/// <summary>A device model with parameters: the laws are tested for every entry of <see cref="All"/>.</summary>
internal abstract class DeviceCase
{
    /// <summary>The models under test: a new one is one line here.</summary>
    internal static DeviceCase[] All { get; } =
    [
        Of("soft bounds, slow", new SoftBounds(0.003, 0.03)),
        Of("soft bounds, TiOx on 64 levels", new SoftBounds(3.06 / 64, 35.3 / 64)),
        Of("soft bounds, symmetric and fine", new SoftBounds(1e-4, 1e-4)),
        Of("soft bounds, abrupt", new SoftBounds(2.5, 100)),
        Of("ideal linear, 64 levels", new ConstantStep(1 / 64.0)),
        Of("ideal linear, fine", new ConstantStep(1e-3)),
        Of("ideal linear, binary", new ConstantStep(1)),
        Of("exponential, Querlioz", new Exponential(0.01, 3, 0.005, 3)),
        Of("exponential, fine", new Exponential(1e-4, 5, 2e-4, 1.5)),
        Of("exponential, steep", new Exponential(0.5, 20, 0.02, 12)),
        Of("exponential, abrupt", new Exponential(1, 0.7, 1, 20)),
        Of("exponential, nearly linear", new Exponential(1 / 64.0, 1e-3, 1 / 128.0, 0.05)),
        Of("constant step, fast down", new ConstantStep(1e-3, 0.04)),
        Of("linear step, shrinking up and growing down", new LinearStep(0.02, 0.9, 0.01, -3)),
        Of("linear step, constant", new LinearStep(1 / 1200.0, 0, 1 / 300.0, 0)),
        Of("linear step, soft bounds", new LinearStep(1 / 64.0, 1, 0.4, 1)),
        Of("linear step, abrupt", new LinearStep(1, 1, 0.5, -1)),
        Of("NeuroSim, Ag:a-Si", LinearStep.FromCurves(2.00, 1 / 97.0, 4.99, 1 / 100.0)),
        Of("NeuroSim, HZO", LinearStep.FromCurves(1.42, 1 / 32.0, -1.18, 1 / 32.0)),
        Of("logistic, 64 levels", new Logistic(2, 1 / 64.0)),
        Of("logistic, steep", new Logistic(8, 0.002)),
        Of("logistic, nearly linear", new Logistic(1e-3, 0.3)),
        Of("power step, square and root", new PowerStep(0.02, 2, 0.01, 0.5)),
        Of("power step, soft bounds and constant", new PowerStep(1e-3, 1, 0.05, 0)),
        Of("power step, near to soft bounds", new PowerStep(1, 1.001, 0.3, 0.97)),
        Of("exponential step, aihwkit", ExponentialStep(1 / 1200.0, 0.00081, 0.36833, 12.44625, 12.78785, 0.244, 0.2425)),
        Of("exponential step, HfO2", ExponentialStep(0.01, -1.184, -0.0814, 5, 5, -0.5, -0.5)),
        Of("exponential step, saturating", ExponentialStep(0.05, 0.3, 0.2, 3, 2, 0.5, 0.1)),
        Of("step table, one hump", StepTable(static u => 0.01 + (0.03 * u * (1 - u)), static u => 0.02 * u)),
        Of("step table, noisy", StepTable(static u => 0.002 + (0.001 * Math.Sin(40 * u)), static u => 0.1 + (0.05 * Math.Cos(25 * u)))),
    ];

    /// <summary>The names of all models, as theory data.</summary>
    internal static TheoryData<string> Names => [.. All.Select(static device => device.Name)];

    /// <summary>The names of those for which any number of pulses is one formula.</summary>
    internal static TheoryData<string> ClosedFormNames => [.. All.Where(static device => device.HasClosedForm).Select(static device => device.Name)];

    internal abstract string Name { get; }

    internal abstract IDeviceModel Model { get; }

    /// <summary>How far a change of the state may be off, as a share of the change, beside half an ulp of the state.</summary>
    internal abstract double Accuracy { get; }

    /// <summary>The largest factor by which pulses of one polarity carry two states apart; 1 for laws that only bring them together.</summary>
    internal abstract double Expansion { get; }

    internal abstract bool HasClosedForm { get; }

    /// <summary>How far one pulse may be off besides, where steps are differences of larger numbers.</summary>
    internal double PulseError { get; private init; }

    internal static DeviceCase Named(string name) => All.Single(device => device.Name == name);

    internal static DeviceCase Of<TDevice>(string name, TDevice device, double accuracy = ElementaryBounds.OneMinusExp2Negative, double expansion = 1)
        where TDevice : struct, IDeviceModel => new Case<TDevice>(name, device, accuracy, expansion);

    /// <summary>
    /// 2ˣ and log(1 + z) err; the exponent β v log₂e is off by two roundings, of its slope and of the multiply-add; six more are in αβ, the
    /// pulses, the count, two products and 1/β.
    /// </summary>
    internal static DeviceCase Of(string name, Exponential device) => Of(
        name,
        device,
        ElementaryBounds.Exp2 + ElementaryBounds.LogOnePlus
            + (Math.Max(device.PotentiationDamping, device.DepressionDamping) * Math.ScaleB(1, -23)) + (6 * Math.ScaleB(1, -24)));

    /// <summary>Ten roundings on the way to the step; steps that grow by a factor g have an exponent ln g, which is off by four.</summary>
    internal static DeviceCase Of(string name, LinearStep device)
    {
        double growth = Math.Max(1, Math.Max(
            device.PotentiationSlope(1) / device.PotentiationSlope(0), device.DepressionSlope(0) / device.DepressionSlope(1)));
        return Of(name, device, (10 + (4 * Math.Log(growth))) * Math.ScaleB(1, -24), growth);
    }

    /// <summary>A dozen roundings on the way to the step.</summary>
    internal static DeviceCase Of(string name, Logistic device) =>
        Of(name, device, 14 * Math.ScaleB(1, -24), device.PotentiationSlope(0.5) / device.PotentiationSlope(0));

    /// <summary>The exponent (γ - 1) log₂v is off by log₂ and a rounding, five in all; v is a float, so |log₂v| ≤ 149. Then 2ˣ, log(1 + z), 1 - 2⁻ʸ and ten roundings.</summary>
    internal static DeviceCase Of(string name, PowerStep device)
    {
        double excess = Math.Max(
            Math.Abs(Math.Log2(device.PotentiationSlope(0.5) / device.PotentiationSlope(0)) + 1), Math.Abs(Math.Log2(device.DepressionSlope(0.5) / device.DepressionSlope(1)) + 1));
        return Of(
            name,
            device,
            ElementaryBounds.Exp2 + ElementaryBounds.LogOnePlus + ElementaryBounds.OneMinusExp2Negative + ((10 + (excess * 5 * 149)) * Math.ScaleB(1, -24)));
    }

    /// <summary>
    /// The step 1 - A exp(γ z) is off by 2ˣ, and by the roundings of its exponent, as a share of A exp(γ z): at most of 1 where A is positive, else of
    /// the step itself.
    /// </summary>
    internal static DeviceCase Of(string name, ExponentialStep device) =>
        new Case<ExponentialStep>(name, device, 4e-6 + (6 * Math.ScaleB(1, -24)), 1) { PulseError = 4e-6 * Math.Max(LargestSlope(device), 0.05) };

    /// <summary>The place between two nodes is off by a rounding of 15 u.</summary>
    internal static DeviceCase Of(string name, StepTable device) =>
        new Case<StepTable>(name, device, 6 * Math.ScaleB(1, -24), 1) { PulseError = LargestSlope(device) * Math.ScaleB(1, -20) };

    /// <summary>State after a real number of pulses; negative ones depress.</summary>
    internal float Pulse(float state, float pulses) => Pulse(state, pulses, 1f);

    /// <summary>State after <paramref name="count"/> times the driven <paramref name="pulses"/>.</summary>
    internal float Pulse(float state, float pulses, float count) => Advance<AnySteps>(state, pulses, count);

    /// <summary>As <see cref="Pulse(float, float, float)"/> by the quickest form of the law; null where it does not hold.</summary>
    internal float? PulseSmall(float state, float pulses, float count) =>
        Math.Abs(Rate(pulses)) * count <= SmallLimit ? Advance<SmallSteps>(state, pulses, count) : null;

    /// <summary>As <see cref="Pulse(float, float, float)"/> by the middle form of the law; null where it does not hold.</summary>
    internal float? PulseMedium(float state, float pulses, float count) =>
        Math.Abs(Rate(pulses)) * count <= MediumLimit ? Advance<MediumSteps>(state, pulses, count) : null;

    internal abstract float SmallLimit { get; }

    internal abstract float MediumLimit { get; }

    /// <summary>The rate of a drive: what the kernels compare with the limits.</summary>
    internal abstract float Rate(float pulses);

    /// <summary>The factor by which the state damps pulses of one polarity; 1 for laws that have none.</summary>
    internal abstract float Damping(float state, float pulses);

    internal abstract float Advance<TSteps>(float state, float pulses, float count)
        where TSteps : struct, IStepSize;

    /// <summary>Runs a call with this device, and with the counts and the noise of a case.</summary>
    internal abstract void Run<TCall>(TCall call, bool isStochastic, NoiseKind noise)
        where TCall : struct, IUpdateCall, allows ref struct;

    private static double LargestSlope<TDevice>(TDevice device)
        where TDevice : struct, IDeviceModel =>
        Enumerable.Range(0, 101).Max(i => Math.Max(device.PotentiationSlope(i / 100.0), device.DepressionSlope(i / 100.0)));

    private static ExponentialStep ExponentialStep(double step, double up, double down, double upExponent, double downExponent, double scale, double offset) =>
        new(step, step, up, down, upExponent, downExponent, scale, offset);

    private static StepTable StepTable(Func<double, double> up, Func<double, double> down)
    {
        double[] nodes = [.. Enumerable.Range(0, 16).Select(static i => i / 15.0)];
        return new([.. nodes.Select(up)], [.. nodes.Select(down)]);
    }

    private sealed class Case<TDevice>(string name, TDevice device, double accuracy, double expansion) : DeviceCase
        where TDevice : struct, IDeviceModel
    {
        internal override string Name => name;

        internal override IDeviceModel Model => device;

        internal override double Accuracy => accuracy;

        internal override double Expansion => expansion;

        internal override bool HasClosedForm => TDevice.HasClosedForm;

        internal override float SmallLimit => TDevice.SmallLimit;

        internal override float MediumLimit => TDevice.MediumLimit;

        internal override float Rate(float pulses)
        {
            float result = 0f;
            LanesScalar.Store(TDevice.Drive(LanesScalar.Broadcast(pulses), device.Constants).Rate, ref result, 0);
            return result;
        }

        internal override float Damping(float state, float pulses)
        {
            float result = 0f;
            LanesScalar.Store(
                TDevice.Damping(
                    LanesScalar.Broadcast(state), TDevice.Drive(LanesScalar.Broadcast(pulses), device.Constants), device.LawConstants<LanesScalar>()),
                ref result,
                0);
            return result;
        }

        internal override float Advance<TSteps>(float state, float pulses, float count)
        {
            float result = 0f;
            LanesScalar.Store(
                device.DampAndAdvance<TDevice, LanesScalar, TSteps>(
                    LanesScalar.Broadcast(state),
                    LanesScalar.Broadcast(count),
                    TDevice.Drive(LanesScalar.Broadcast(pulses), device.Constants),
                    device.LawConstants<LanesScalar>()),
                ref result,
                0);
            return result;
        }

        internal override void Run<TCall>(TCall call, bool isStochastic, NoiseKind noise)
        {
            if (isStochastic)
            {
                Run<TCall, StochasticPulses>(call, noise);
            }
            else
            {
                Run<TCall, ContinuousPulses>(call, noise);
            }
        }

        private void Run<TCall, TCounts>(TCall call, NoiseKind noise)
            where TCall : struct, IUpdateCall, allows ref struct
            where TCounts : struct, IPulseCounts
        {
            switch (noise)
            {
                case NoiseKind.Step:
                    call.Run<TDevice, TCounts, StepNoise<InverseCdfNormal>>(device, UpdateCase.StepNoise);
                    break;
                case NoiseKind.Pulse:
                    call.Run<TDevice, TCounts, PulseNoise<ByteSumNormal>>(device, UpdateCase.PulseNoise);
                    break;
                default:
                    call.Run<TDevice, TCounts, NoNoise>(device, default);
                    break;
            }
        }
    }
}
