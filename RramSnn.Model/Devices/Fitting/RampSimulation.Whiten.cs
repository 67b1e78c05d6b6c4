namespace RramSnn.Model.Devices.Fitting;

/// <content>Gains and weights for scattering writes.</content>
internal sealed partial class RampSimulation
{
    /// <summary>Sum of the logarithms of the variances of the residuals, in units of the reads' variance.</summary>
    internal double LogVariances { get; private set; }

    /// <summary>Sets gains and weights for scattering writes, from the device that a point describes.</summary>
    internal void Whiten(ErrorModel errors, ReadOnlySpan<double> point)
    {
        Predict(point, _before);
        DeviceLaw law = _space.LawOf(point);
        double low = point[_space.MinimumIndex];
        double range = point[_space.MaximumIndex] - low;
        LogVariances = 0;
        int offset = 0;
        for (int r = 0; r < _ramps.Count; r++)
        {
            // Variances in units of the reads'; the start state is fitted, not guessed.
            double variance = 0;
            double state = StartStates[r];
            for (int i = 1; i < _ramps[r].Count; i++)
            {
                double pulses = _ramps[r].Pulses[i];
                double next = law.After(state, pulses);
                double slope = law.SlopeOfAfter(state, pulses);
                double write = ((errors.Step * Math.Abs(next - state) * range) + (errors.Pulse * Math.Sqrt(Math.Abs(pulses)))) / errors.Read;
                variance = (slope * slope * variance) + (write * write);
                double total = variance + 1;
                double gain = variance / total;
                int at = offset + i;
                _gains[at] = gain;
                Weights[at] = _ownWeights[at] / total;
                LogVariances += Math.Log(total);
                state = Math.Clamp(next + (gain * (((Observed[at] - low) / range) - next)), 0, 1);
                variance *= 1 - gain;
            }

            offset += _ramps[r].Count;
        }
    }
}
