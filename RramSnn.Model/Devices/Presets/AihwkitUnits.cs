namespace RramSnn.Model.Devices.Presets;

/// <summary>A device in aihwkit's units: weights, and steps in weights.</summary>
/// <param name="Step">dw_min, the step of one pulse at w = 0.</param>
/// <param name="Low">w_min.</param>
/// <param name="High">w_max.</param>
internal sealed record AihwkitUnits(double Step, double Low, double High)
{
    private const double GenericMinimum = 1e-6;
    private const double GenericMaximum = 100e-6;

    /// <summary>gamma_up: an up step is dw_min (1 - gamma_up w/w_max).</summary>
    internal double GammaUp { get; init; }

    /// <summary>gamma_down: a down step is dw_min (1 - gamma_down w/w_min).</summary>
    internal double GammaDown { get; init; }

    /// <summary>up_down, 0 or more: by what share down steps are smaller.</summary>
    internal double UpDown { get; init; }

    /// <summary>dw_min_dtod.</summary>
    internal double StepSpread { get; init; }

    /// <summary>dw_min_dtod_log_normal.</summary>
    internal bool IsLogNormal { get; init; }

    /// <summary>gamma_up_dtod and gamma_down_dtod.</summary>
    internal double SlopeSpread { get; init; }

    /// <summary>w_min_dtod, relative to w_min.</summary>
    internal double LowSpread { get; init; }

    /// <summary>w_max_dtod, relative to w_max.</summary>
    internal double HighSpread { get; init; }

    /// <summary>dw_min_std, in steps.</summary>
    internal double Noise { get; init; }

    /// <summary>Whether noise does not shrink with the step: mult_noise = False.</summary>
    internal bool HasAdditiveNoise { get; init; }

    /// <summary>write_noise_std, in steps.</summary>
    internal double WriteNoise { get; init; }

    internal double Range => High - Low;

    internal double UpStep(double weight) => Step * (1 - (GammaUp * weight / High));

    internal double DownStep(double weight) => Step * (1 - UpDown) * (1 - (GammaDown == 0 ? 0 : GammaDown * weight / Low));

    /// <summary>The device with the generic range of conductances.</summary>
    internal Device Create(string name, string description, string source, string note, DeviceLaw law, IReadOnlyDictionary<string, double> spread) =>
        new(name, description, source, GenericMinimum, GenericMaximum, Range / Step, law)
        {
            Note = note,
            Variability = new DeviceVariability
            {
                StepNoise = HasAdditiveNoise ? 0 : Noise,
                PulseNoise = HasAdditiveNoise ? Noise * Step / Range : 0,
                Spread = spread,
                Distribution = IsLogNormal ? SpreadDistribution.LogNormal : SpreadDistribution.Gaussian,
                MinimumSpread = LowSpread * Math.Abs(Low) / Range,
                MaximumSpread = HighSpread * High / Range,
                ReadNoise = WriteNoise * Step / Range,
            },
        };
}
