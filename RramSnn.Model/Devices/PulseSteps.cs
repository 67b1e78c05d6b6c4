namespace RramSnn.Model.Devices;

/// <summary>Steps that pulses of a finite size make.</summary>
internal static class PulseSteps
{
    /// <summary>How far so many potentiation pulses raise a state.</summary>
    internal static double Up(this DeviceLaw law, double state, double pulses = 1) => law.After(state, pulses) - state;

    /// <summary>How far so many depression pulses lower a state.</summary>
    internal static double Down(this DeviceLaw law, double state, double pulses = 1) => state - law.After(state, -pulses);

    /// <summary>
    /// The state where that many pulses up and that many pulses down are steps of one size; the middle of the states where they are so, if there are
    /// many. For pulses of nearly no size it is <see cref="DeviceLaw.SymmetryPoint"/>.
    /// </summary>
    internal static double SymmetryPointOf(this DeviceLaw law, double pulses)
    {
        return (LastState(upIsLarger: true) + LastState(upIsLarger: false)) / 2;

        // Up steps are the larger ones at the bottom of the range, down steps at its top.
        double LastState(bool upIsLarger)
        {
            double low = 0;
            double high = 1;
            for (int i = 0; i < 50; i++)
            {
                double middle = (low + high) / 2;
                double up = law.Up(middle, pulses);
                double down = law.Down(middle, pulses);
                double difference = up - down;
                double rounding = 1e-9 * (up + down);
                (low, high) = (upIsLarger ? difference > rounding : difference >= -rounding) ? (middle, high) : (low, middle);
            }

            return (low + high) / 2;
        }
    }
}
