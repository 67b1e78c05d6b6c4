namespace RramSnn.Model.Devices;

/// <summary>NeuroSim's nonlinearity label of a conductance curve, and the curvature that it stands for.</summary>
/// <remarks>
/// <para>
/// The normalised curve is u(x) = (1 - exp(-ν x))/(1 - exp(-ν)) for a share x of the ramp's pulses, with ν = 1/A for NeuroSim's A in units of
/// the ramp. The label is the curve's largest distance from the straight line, times a constant:
/// NL = 10.1015254 d(ν), d(ν) = 1/(1 - exp(-ν)) - 1/ν - ln(ν/(1 - exp(-ν)))/ν. This gives NeuroSim's table of 900 labels to all of its digits.
/// </para>
/// <para>The sign of a label is the sign of the curvature; a potentiation curve with a positive one starts fast and saturates.</para>
/// </remarks>
public static class NonlinearityLabel
{
    /// <summary>The largest label that has a curvature here, as in NeuroSim's table.</summary>
    public const double Largest = 9;

    internal const double LabelPerDistance = 10.1015254;

    /// <summary>ν of a label.</summary>
    /// <param name="label">Label, -9 to 9.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label is outside its range or not a number.</exception>
    public static double ToCurvature(double label)
    {
        Require.That(Math.Abs(label) <= Largest, label, FormattableString.Invariant($"-{Largest} to {Largest}"), nameof(label));
        double distance = Math.Abs(label) / LabelPerDistance;

        // The distance is a concave function of the curvature, so Newton's steps from 0 on come ever closer from below.
        double curvature = 8 * distance;
        for (double last = -1; curvature > last;)
        {
            last = curvature;
            curvature += (distance - DistanceOf(curvature)) / DerivativeOf(curvature);
        }

        return Math.CopySign(curvature, label);
    }

    /// <summary>The label of a curvature; -10.1015 to 10.1015.</summary>
    /// <param name="curvature">ν, any finite number.</param>
    public static double FromCurvature(double curvature) => Math.CopySign(LabelPerDistance * DistanceOf(Math.Abs(curvature)), curvature);

    private static double DistanceOf(double curvature)
    {
        // Below 0.01 the difference would cancel; the next term of the series is of order 1e-12.
        if (curvature < 0.01)
        {
            return curvature / 8 * (1 - (curvature * curvature / 72));
        }

        double scale = 1 / (1 - Math.Exp(-curvature));
        return scale - ((1 + Math.Log(curvature * scale)) / curvature);
    }

    private static double DerivativeOf(double curvature)
    {
        if (curvature < 0.01)
        {
            return (1 - (curvature * curvature / 24)) / 8;
        }

        double scale = 1 / (1 - Math.Exp(-curvature));
        double decay = Math.Exp(-curvature) * scale;
        return ((Math.Log(curvature * scale) / curvature) + decay) / curvature - (decay * scale);
    }
}
