namespace RramSnn.Model.Devices;

/// <summary>Numbers by which devices are compared, worked out from the law alone.</summary>
/// <remarks>
/// <para>
/// The ramps are those of N nominal pulses from the ends of the range, normalised to their own end points: up(n) = u(n)/u(N) from
/// u = 0, down(n) = (1 - u(n))/(1 - u(N)) from u = 1. PANL = up(N/2) - 1/2 and DANL = down(N/2) - 1/2 lie between -1/2 and 1/2:
/// 0 is linear, positive are steps that shrink. They are null for a direction in which the device does not move.
/// </para>
/// <para>Source of PANL, DANL, ANL: Woo and Yu, IEEE Nanotechnology Magazine 2018, as used in arXiv 1909.01771.</para>
/// </remarks>
public sealed record FiguresOfMerit
{
    /// <summary>Gmax/Gmin.</summary>
    public required double OnOffRatio { get; init; }

    /// <summary>Number of states that a device can hold, or else the number of pulses over its range.</summary>
    public required double States { get; init; }

    /// <summary>PANL, the nonlinearity of potentiation at half the pulses; ½·tanh(a_P N/4) for soft bounds.</summary>
    public required double? PotentiationNonlinearity { get; init; }

    /// <summary>DANL, the nonlinearity of depression at half the pulses; ½·tanh(a_D N/4) for soft bounds.</summary>
    public required double? DepressionNonlinearity { get; init; }

    /// <summary>ANL = PANL + DANL: 0 also for a nonlinear device whose depression retraces its potentiation.</summary>
    public double? AsymmetricNonlinearity => PotentiationNonlinearity + DepressionNonlinearity;

    /// <summary>NeuroSim's label of a curve that is as far from the straight line as the potentiation ramp; positive if steps shrink.</summary>
    public required double? PotentiationLabel { get; init; }

    /// <summary>The same of the depression ramp, with NeuroSim's sign: negative if steps shrink.</summary>
    public required double? DepressionLabel { get; init; }

    /// <summary>The state u* where an up step and a down step cancel; null if they cancel everywhere or nowhere.</summary>
    public required double? SymmetryPoint { get; init; }

    /// <summary>(s_P - s_D)/(s_P + s_D) with the steps of one pulse at u = 1/2: 0 if they are equal, 1 if there is no depression, -1 if there is no potentiation.</summary>
    public required double MidRangeAsymmetry { get; init; }

    /// <summary>σ of the cycle-to-cycle noise of one pulse at u = 1/2, as a share of the range.</summary>
    public required double CycleNoise { get; init; }

    /// <summary>The figures of a device.</summary>
    public static FiguresOfMerit Of(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        Ramp up = new(device.Law, device.PulsesPerRange, isPotentiation: true);
        Ramp down = new(device.Law, device.PulsesPerRange, isPotentiation: false);
        double upStep = Step(device.Law.PotentiationSlope(0.5));
        double downStep = Step(device.Law.DepressionSlope(0.5));
        DeviceVariability variability = device.Variability;
        return new FiguresOfMerit
        {
            OnOffRatio = device.MaximumSiemens / device.MinimumSiemens,
            States = variability.States > 0 ? variability.States : device.PulsesPerRange,
            PotentiationNonlinearity = up.Nonlinearity,
            DepressionNonlinearity = down.Nonlinearity,
            PotentiationLabel = up.Label,
            DepressionLabel = -down.Label,
            SymmetryPoint = device.Law.SymmetryPoint(),
            MidRangeAsymmetry = upStep + downStep > 0 ? (upStep - downStep) / (upStep + downStep) : 0,
            CycleNoise = device.Law.StepDeviation(0.5) + variability.PulseNoise + (variability.StepNoise * (upStep + downStep) / 2),
        };

        // One pulse moves a device by no more than its range, however steep its law.
        static double Step(double slope) => Math.Min(slope, 1);
    }
}
