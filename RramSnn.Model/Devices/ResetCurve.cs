namespace RramSnn.Model.Devices;

/// <summary>The mean state of a phase-change device over the pulses since its RESET: g(n) of g ← g + m₀ + m₁ g + m₂ p, p ← δ p first, from g = 0, p = 1.</summary>
/// <remarks>
/// g(n) = m₀ (aⁿ - 1)/(a - 1) + m₂ δ (aⁿ - δⁿ)/(a - δ) with a = 1 + m₁ holds for whole n and carries the curve on between them. It rises from 0
/// and turns at most once; what comes after the turn, or after g = 1, is no part of the curve.
/// </remarks>
internal sealed class ResetCurve
{
    // Nearer to a, δ would cost the difference aⁿ - δⁿ its digits; so far away it changes no curve that anyone could tell from it.
    private const double LeastDistance = 1e-6;
    private const double LeastDecay = 1e-12;
    private const int Halvings = 100;

    private readonly double _constant;
    private readonly double _perState;
    private readonly double _logGrowth;
    private readonly double _memoryGain;
    private readonly double _logDecay;

    /// <summary>A curve.</summary>
    /// <param name="decay">δ, 0 to 1.</param>
    /// <param name="constant">m₀, above 0.</param>
    /// <param name="perState">m₁, above -1.</param>
    /// <param name="perMemory">m₂, 0 or more.</param>
    internal ResetCurve(double decay, double constant, double perState, double perMemory)
    {
        double growth = 1 + perState;
        double fading = Math.Max(decay, LeastDecay);
        fading = Math.Abs(growth - fading) < LeastDistance * growth ? growth * (1 - LeastDistance) : fading;
        _constant = constant;
        _perState = perState;

        // log(1 + m₁) without loss of digits for small m₁.
        _logGrowth = 2 * Math.Atanh(perState / (2 + perState));
        _logDecay = Math.Log(fading);
        _memoryGain = perMemory * fading / (growth - fading);
        double low = 0;
        double high = 1;
        while (Rises(high))
        {
            (low, high) = (high, 2 * high);
        }

        End = Halve(low, high, Rises);
        Top = At(End);
    }

    /// <summary>Pulses after which the mean state rises no more.</summary>
    internal double End { get; }

    /// <summary>The mean state there, at most 1: no pulses lead higher in the mean.</summary>
    internal double Top { get; }

    /// <summary>The mean state after so many pulses, whole or not; that of <see cref="End"/> beyond it.</summary>
    internal double At(double pulses) => Math.Min(Unbounded(Math.Min(pulses, End)), 1);

    /// <summary>Its derivative: the mean step of a pulse, as a share of the range.</summary>
    internal double SlopeAt(double pulses)
    {
        double growth = Math.Exp(pulses * _logGrowth);
        double fading = Math.Exp(pulses * _logDecay);
        double steady = _perState == 0 ? 1 : growth * _logGrowth / _perState;
        return (_constant * steady) + (_memoryGain * ((growth * _logGrowth) - (fading * _logDecay)));
    }

    /// <summary>Pulses since RESET after which the mean state is this one; <see cref="End"/> for states from <see cref="Top"/> on.</summary>
    internal double PulsesTo(double state)
    {
        if (state <= 0 || state >= Top)
        {
            return state <= 0 ? 0 : End;
        }

        double high = Math.Min(1, End);
        while (high < End && At(high) < state)
        {
            high = Math.Min(2 * high, End);
        }

        return Halve(0, high, pulses => At(pulses) < state);
    }

    private static double Halve(double low, double high, Func<double, bool> isBefore)
    {
        for (int i = 0; i < Halvings && low < high; i++)
        {
            double middle = low + ((high - low) / 2);
            (low, high) = isBefore(middle) ? (middle, high) : (low, middle);
        }

        return low + ((high - low) / 2);
    }

    private bool Rises(double pulses) => SlopeAt(pulses) > 0 && Unbounded(pulses) < 1;

    private double Unbounded(double pulses)
    {
        double exponent = pulses * _logGrowth;
        double growth = Math.Exp(exponent);

        // exp(x) - 1 = 2 exp(x/2) sinh(x/2) keeps its digits for small x.
        double excess = Math.Abs(exponent) < 1 ? 2 * Math.Exp(exponent / 2) * Math.Sinh(exponent / 2) : growth - 1;
        double steady = _perState == 0 ? pulses : excess / _perState;
        return (_constant * steady) + (_memoryGain * (growth - Math.Exp(pulses * _logDecay)));
    }
}
