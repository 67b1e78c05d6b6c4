using System.Runtime.CompilerServices;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Simd;
using RramSnn.Model.Crossbars;
using RramSnn.Model.Devices;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>A rule that reads the state is one more type: here the inversion of soft bounds, which makes any update exact.</summary>
public sealed class ReadingRuleTests
{
    private const double Up = 3.06 / 64;
    private const double Down = 35.3 / 64;

    [Theory, InlineData(PulseMode.Continuous), InlineData(PulseMode.Pulsed)]
    public void Inversion_moves_every_device_by_the_wish_and_its_reads_are_counted(PulseMode mode)
    {
        float[] state = Numbers.Between(0.3f, 0.7f, 20 * 128, 1);
        float[] before = (float[])state.Clone();
        float[] wish = Numbers.Between(-0.1f, 0.1f, 128, 2);
        wish[5] = 0f;
        float[] trace = Numbers.Between(0.1f, 1f, 32, 3);
        trace.AsSpan(20).Clear();
        trace[7] = 0f;
        float[] pulses = new float[128];
        float[] writes = new float[128];
        float[] reads = new float[128];
        ActiveRows active = ActiveRows.FromTrace(trace, 20, new int[32], new float[32]);
        ArrayProgrammer programmer = PulseRule.Of(default(Inversion)).CreateProgrammer(DeviceModels.SoftBounds.Create(Up, Down), mode, DeviceVariability.None);
        programmer.Program(new ArrayCells { States = state }, active, wish, default, 0, new PulseCounters(pulses, writes, reads));

        for (int column = 0; column < 128; column++)
        {
            Assert.Equal(column == 5 ? 0 : 19, reads[column]);
            Assert.True(writes[column] <= reads[column]);
            Assert.True(mode == PulseMode.Continuous || float.IsInteger(pulses[column]));
            for (int row = 0; row < 20 && mode == PulseMode.Continuous; row++)
            {
                Assert.Equal(before[(row * 128) + column] + (wish[column] * trace[row]), state[(row * 128) + column], 2e-6f);
            }
        }
    }

    private readonly struct Inversion : IPulseRule
    {
        public static bool ReadsState => true;

        public bool IsZero => false;

        /// <summary>n = -ln(1 - Δu/(1 - u))/a_P or ln(1 + Δu/u)/a_D; quotients as differences of logarithms.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Pulses<TLanes>(TLanes wish, TLanes state)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes next = state + wish;
            TLanes one = TLanes.Broadcast(1f);
            TLanes up = ElementaryLanes.Log(one - state) - ElementaryLanes.Log(one - next);
            TLanes down = ElementaryLanes.Log(next) - ElementaryLanes.Log(state);
            return TLanes.Select(
                TLanes.GreaterThan(TLanes.Broadcast(0f), wish),
                down * TLanes.Broadcast((float)(1 / Down)),
                up * TLanes.Broadcast((float)(1 / Up)));
        }
    }
}
