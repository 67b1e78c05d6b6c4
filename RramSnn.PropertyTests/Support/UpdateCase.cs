using FsCheck;
using FsCheck.Fluent;
using RramSnn.Kernels.Conductance;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Random;

namespace RramSnn.PropertyTests.Support;

/// <summary>An array of devices with traces and wishes, drawn from a seed.</summary>
public sealed record UpdateCase(int DeviceIndex, bool IsStochastic, NoiseKind Noise, int Rows, int Panels, int Seed)
{
    internal static StepNoise<InverseCdfNormal> StepNoise => new(0.4);

    internal static PulseNoise<ByteSumNormal> PulseNoise => new(0.02);

    internal DeviceCase Device { get; } = DeviceCase.All[DeviceIndex];

    internal CrossbarLayout Layout { get; } = new(Rows, Panels * CrossbarLayout.PanelWidth);

    /// <summary>
    /// Asymmetric, and inverted for every other seed, like the two devices of a pair. Of several sizes, so that the pulses of a row
    /// take every form of the laws.
    /// </summary>
    internal (float ForIncrease, float ForDecrease) Gain { get; } =
        (Seed & 1) == 0 ? (40f * Scale(Seed), 25f * Scale(Seed)) : (-25f * Scale(Seed), -40f * Scale(Seed));

    internal PolarityGain Rule => new(Gain.ForIncrease, Gain.ForDecrease);

    internal RandomStream Stream { get; } = new((ulong)Seed, 9, 3, 1);

    internal float[] State { get; } = Numbers.Sparse(0f, 1f, 0.1, Rows * Panels * CrossbarLayout.PanelWidth, Seed);

    // Every other panel wishes a hundredth, for some seeds: panels beside each other then take different forms of the laws.
    internal float[] Wish { get; } =
    [
        .. Numbers.Sparse(-0.2f, 0.2f, 0.2, Panels * CrossbarLayout.PanelWidth, Seed + 1)
            .Select((wish, column) => Seed % 4 == 0 && column / CrossbarLayout.PanelWidth % 2 == 1 ? wish / 100 : wish),
    ];

    // Every row, for some seeds: lists without gaps take other ways through memory.
    internal float[] Trace { get; } = Numbers.Sparse(0f, 1.5f, Seed % 5 == 0 ? 0 : 0.4, (Rows + 15) / 16 * 16, Seed + 2);

    internal float[] Pulses { get; } = Numbers.Between(0f, 9f, Panels * CrossbarLayout.PanelWidth, Seed + 3).Select(MathF.Floor).ToArray();

    internal float[] Writes { get; } = Numbers.Between(0f, 9f, Panels * CrossbarLayout.PanelWidth, Seed + 4).Select(MathF.Floor).ToArray();

    internal PulseCounters Counters => new(Pulses, Writes, new float[Writes.Length]);

    private CellHashReference Rounding => field ??= CellHashReference.Rounding(Stream);

    private CellHashReference NoiseWords => field ??= CellHashReference.Noise(Stream);

    internal ActiveRows Active => ActiveRows.FromTrace(Trace, Rows, new int[Trace.Length], new float[Trace.Length]);

    /// <summary>All that an update writes, in one array.</summary>
    internal float[] Result => [.. State, .. Pulses, .. Writes];

    /// <summary>The same array, in memory of its own.</summary>
    internal UpdateCase Again() => new(DeviceIndex, IsStochastic, Noise, Rows, Panels, Seed);

    internal UpdateCase Update() => Update(State, Active, Wish, 0, Counters);

    /// <summary>The facade on other memory than the case's own.</summary>
    internal UpdateCase Update(Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, int firstPanel, PulseCounters counters) =>
        Update(state, active, wish, firstPanel, counters, Rule, Stream);

    /// <summary>The facade with another rule and other random numbers.</summary>
    internal UpdateCase Update(
        Span<float> state, ActiveRows active, ReadOnlySpan<float> wish, int firstPanel, PulseCounters counters, PolarityGain rule, RandomStream stream)
    {
        UpdateFacade call = new()
        {
            State = state,
            Active = active,
            Wish = wish,
            FirstPanel = firstPanel,
            Counters = counters,
            Rule = rule,
            Stream = stream,
        };
        Device.Run(call, IsStochastic, Noise);
        return this;
    }

    /// <summary>The case's own memory, as if it were too large for the caches, or the step an odd one, for some seeds.</summary>
    internal UpdateOperands Operands => new()
    {
        State = State,
        Active = Active,
        Wish = Wish,
        Counters = Counters,
        Prefetches = Seed % 2 == 1,
        PrefetchesGaps = Seed % 4 != 0,
        IsInMemory = Seed % 4 < 2,
        Descends = Seed % 3 == 1,
    };

    /// <summary>The kernel at a width.</summary>
    internal UpdateCase UpdateAt(int width) => UpdateAt(width, Operands);

    /// <summary>The kernel at a width, on other memory than the case's own.</summary>
    internal UpdateCase UpdateAt(int width, UpdateOperands operands)
    {
        if (operands.Active.Count > 0)
        {
            UpdateAtWidth<PolarityGain, NoProduct> call = new() { Case = this, Width = width, Operands = operands, Rule = Rule, Product = default };
            Device.Run(call, IsStochastic, Noise);
        }

        return this;
    }

    /// <summary>The whole update, one device at a time, with random numbers of the reference generator.</summary>
    internal UpdateCase UpdateByReference()
    {
        ActiveRows active = Active;
        for (int column = 0; column < Wish.Length; column++)
        {
            float wished = Wish[column] * (Wish[column] < 0 ? Gain.ForDecrease : Gain.ForIncrease);
            float magnitude = Math.Abs(wished);
            if (!IsStochastic && active.Count > 0)
            {
                Pulses[column] += magnitude * active.ValueSum;
                Writes[column] += wished != 0 ? active.Count : 0;
            }

            for (int k = 0; k < active.Count; k++)
            {
                int row = active.Rows[k];
                if (IsStochastic)
                {
                    WriteByReference(row, column, wished, active.Values[k]);
                    continue;
                }

                ref float state = ref State[Layout.IndexOf(row, column)];
                float next = Device.Pulse(state, wished, active.Values[k]);
                state = Disturb(row, column, state, next, active.Values[k] * magnitude);
            }
        }

        return this;
    }

    /// <summary>One device with its own number of pulses, factor · wished: rounded if this case rounds, counted, applied and disturbed.</summary>
    internal void WriteByReference(int row, int column, float wished, float factor)
    {
        float count = factor * Math.Abs(wished);
        float pulses = wished * factor;
        float repeats = 1f;
        if (IsStochastic)
        {
            count = WholePulses(row, column, factor, wished);
            (pulses, repeats) = (wished < 0 ? -1f : 1f, count);
        }

        ref float state = ref State[Layout.IndexOf(row, column)];
        state = Disturb(row, column, state, Device.Pulse(state, pulses, repeats), count);
        Pulses[column] += count;
        Writes[column] += count > 0 ? 1 : 0;
    }

    /// <summary>Stochastic rounding of factor · |wished|.</summary>
    internal float WholePulses(int row, int column, float factor, float wished) =>
        MathF.Floor(MathF.FusedMultiplyAdd(factor, Math.Abs(wished), UnitInterval(Rounding.Word(row, column))));

    /// <summary>Random bits to a number on [0, 1).</summary>
    internal static float UnitInterval(uint bits) => (bits >> 8) / 16777216f;

    /// <summary>The generator FsCheck uses for this type.</summary>
    public static Arbitrary<UpdateCase> Generator()
    {
        Gen<UpdateCase> cases =
            from device in Gen.Choose(0, DeviceCase.All.Length - 1)
            from isStochastic in Gen.Elements(true, false)
            from noise in Gen.Elements(NoiseKind.None, NoiseKind.None, NoiseKind.Step, NoiseKind.Pulse)
            from rows in Gen.Choose(1, 24)
            from panels in Gen.Choose(1, 3)
            from seed in Gen.Choose(0, 1 << 20)
            select new UpdateCase(device, isStochastic, noise, rows, panels, seed);
        return Arb.From(cases);
    }

    internal float Disturb(int row, int column, float state, float next, float pulses) => Noise == NoiseKind.None
        ? next
        : ScalarNoise.Disturb(Noise, state, next, pulses, NoiseWords.Word(row, column));

    private static float Scale(int seed) => (seed % 3) switch { 0 => 1f, 1 => 0.1f, _ => 0.005f };
}
