using System.Runtime.InteropServices;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
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
        Of("ideal linear, 64 levels", new IdealLinear(1 / 64.0)),
        Of("ideal linear, fine", new IdealLinear(1e-3)),
        Of("ideal linear, binary", new IdealLinear(1)),
    ];

    /// <summary>The names of all models, as theory data.</summary>
    internal static TheoryData<string> Names => [.. All.Select(static device => device.Name)];

    internal abstract string Name { get; }

    internal abstract IDeviceModel Model { get; }

    internal static DeviceCase Named(string name) => All.Single(device => device.Name == name);

    internal static DeviceCase Of<TDevice>(string name, TDevice device)
        where TDevice : struct, IDeviceModel => new Case<TDevice>(name, device);

    /// <summary>State after a real number of pulses; negative ones depress.</summary>
    internal float Pulse(float state, float pulses) => Pulse(state, pulses, 1f);

    /// <summary>State after <paramref name="count"/> times the driven <paramref name="pulses"/>.</summary>
    internal abstract float Pulse(float state, float pulses, float count);

    /// <summary>As <see cref="Pulse(float, float, float)"/> by the quicker form of the law; null where it does not hold.</summary>
    internal abstract float? PulseSmall(float state, float pulses, float count);

    /// <summary>The facade.</summary>
    internal abstract void Update(
        UpdateCase c, Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, int firstPanel, Span<float> pulses, Span<float> writes);

    /// <summary>The kernel at a given width.</summary>
    internal abstract void UpdateAt(int width, UpdateCase c, float[] state, ActiveRows active, float[] wish, float[] pulses, float[] writes);

    private sealed class Case<TDevice>(string name, TDevice device) : DeviceCase
        where TDevice : struct, IDeviceModel
    {
        internal override string Name => name;

        internal override IDeviceModel Model => device;

        internal override float Pulse(float state, float pulses, float count)
        {
            device.Drive(LanesScalar.Broadcast(pulses), out LanesScalar rate, out LanesScalar target);
            float result = 0f;
            LanesScalar.Store(device.Advance(LanesScalar.Broadcast(state), LanesScalar.Broadcast(count), rate, target), ref result, 0);
            return result;
        }

        internal override float? PulseSmall(float state, float pulses, float count)
        {
            device.Drive(LanesScalar.Broadcast(pulses), out LanesScalar rate, out LanesScalar target);
            float result = 0f;
            LanesScalar.Store(rate, ref result, 0);
            if (!(Math.Abs(result) * count <= TDevice.SmallLimit))
            {
                return null;
            }

            LanesScalar.Store(device.AdvanceSmall(LanesScalar.Broadcast(state), LanesScalar.Broadcast(count), rate, target), ref result, 0);
            return result;
        }

        internal override void Update(
            UpdateCase c, Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, int firstPanel, Span<float> pulses, Span<float> writes)
        {
            PulseCounters counters = new(pulses, writes, new float[pulses.Length]);
            if (c.IsStochastic)
            {
                ConductanceKernels.Update<TDevice, PolarityGain, StochasticPulses>(device, c.Rule, state, active, wish, c.Stream, firstPanel, counters);
            }
            else
            {
                ConductanceKernels.Update<TDevice, PolarityGain, ContinuousPulses>(device, c.Rule, state, active, wish, c.Stream, firstPanel, counters);
            }
        }

        internal override void UpdateAt(int width, UpdateCase c, float[] state, ActiveRows active, float[] wish, float[] pulses, float[] writes)
        {
            if (c.IsStochastic)
            {
                RunAt<StochasticPulses>(width, c, state, active, wish, pulses, writes);
            }
            else
            {
                RunAt<ContinuousPulses>(width, c, state, active, wish, pulses, writes);
            }
        }

        private void RunAt<TCounts>(int width, UpdateCase c, float[] state, ActiveRows active, float[] wish, float[] pulses, float[] writes)
            where TCounts : struct, IPulseCounts =>
            Widths.Run(width, new UpdateKernel<TDevice, PolarityGain, TCounts>
            {
                Device = device,
                Rule = c.Rule,
                State = ref state[0],
                Rows = ref MemoryMarshal.GetReference(active.Rows),
                Traces = ref MemoryMarshal.GetReference(active.Values),
                ActiveCount = (nuint)active.Count,
                TraceSum = active.ValueSum,
                PanelLength = (nuint)active.RowCount * CrossbarLayout.PanelWidth,
                Wish = ref wish[0],
                PaddedColumns = (nuint)wish.Length,
                Stream = c.Stream,
                Pulses = ref pulses[0],
                Writes = ref writes[0],
                Reads = ref (new float[writes.Length])[0],
            });
    }
}
