using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>
/// No form of an update looks beyond its memory, above all not for rows to come: behind its list there is none. A failure here ends the run: hence a class of
/// its own.
/// </summary>
public sealed class UpdateGuardTests
{
    /// <summary>Two panels that narrow vectors take side by side, and one that is left over.</summary>
    private const int Panels = 3;

    // Around bands of four rows, the distances of hints (8 and 16 rows) and blocks of rows that go through stages (16).
    private static readonly int[] Counts = Effort.IsReduced ? [5, 23] : [1, 3, 4, 8, 9, 12, 15, 16, 17, 19, 20, 21, 23, 33];

    // Steps that are all small; larger ones, with a panel of small ones between them.
    private static readonly int[] Seeds = [5, 12];

    private delegate void UpdateAt(FusedCase c, int width, UpdateOperands operands);

    /// <summary>A law that goes without stages, one that damps, and one with a form for medium steps.</summary>
    public static TheoryData<string, bool, NoiseKind> Cases
    {
        get
        {
            TheoryData<string, bool, NoiseKind> cases = [];
            foreach (string device in new[] { "soft bounds, TiOx on 64 levels", "exponential, Querlioz", "linear step, shrinking up and growing down" })
            {
                foreach (bool isStochastic in new[] { false, true })
                {
                    cases.Add(device, isStochastic, NoiseKind.None);
                    cases.Add(device, isStochastic, NoiseKind.Step);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Updates_never_leave_their_memory(string device, bool isStochastic, NoiseKind noise) =>
        Check(device, isStochastic, noise, isPair: false, static c => c.Array.Update(), static (c, width, operands) => c.Array.UpdateAt(width, operands));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Updates_with_a_product_never_leave_their_memory(string device, bool isStochastic, NoiseKind noise) =>
        Check(device, isStochastic, noise, isPair: false, static c => c.Fused(), static (c, width, operands) => c.FusedAt(width, operands));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Updates_of_pairs_never_leave_their_memory(string device, bool isStochastic, NoiseKind noise) =>
        Check(device, isStochastic, noise, isPair: true, static c => c.Fused(), static (c, width, operands) => c.FusedAt(width, operands));

    /// <summary>Lists with gaps and without, at every width, wherever the kernel takes its memory to be: the results are those in plain memory.</summary>
    private static void Check(string device, bool isStochastic, NoiseKind noise, bool isPair, Action<FusedCase> update, UpdateAt updateAt)
    {
        foreach (int count in Counts)
        {
            foreach (int step in new[] { 1, 2 })
            {
                foreach (int seed in Seeds)
                {
                    FusedCase c = Create();
                    FusedCase expected = Create();
                    update(expected);
                    Check(c, expected, guardAfter: true, updateAt);
                    Check(c, expected, guardAfter: false, updateAt);

                    FusedCase Create() => WithEvery(step, new(new UpdateCase(IndexOf(device), isStochastic, noise, step * count, Panels, seed), isPair));
                }
            }
        }
    }

    private static void Check(FusedCase c, FusedCase expected, bool guardAfter, UpdateAt updateAt)
    {
        using GuardedUpdate memory = new(c, guardAfter);
        UpdateOperands operands = memory.Close();
        foreach (int width in Widths.InBits)
        {
            for (int place = 0; place < 4; place++)
            {
                operands.Prefetches = (place & 1) != 0;
                operands.PrefetchesGaps = place != 0;
                operands.IsInMemory = (place & 2) != 0;
                operands.Descends = operands.Prefetches;
                memory.Restore();
                updateAt(c, width, operands);
                BitwiseAssert.Equal(expected.Result, memory.Result, $"{c}, {width} bits, place {place}");
            }
        }
    }

    /// <summary>Lists every row, or every second one; the last row is always among them.</summary>
    private static FusedCase WithEvery(int step, FusedCase c)
    {
        for (int row = 0; row < c.Array.Rows; row++)
        {
            bool isListed = row % step == step - 1;
            c.Array.Trace[row] = isListed ? 0.5f + (row % 7 / 7f) : 0f;
            c.Input[row] = isListed ? c.Input[row] : 0f;
        }

        return c;
    }

    private static int IndexOf(string device) => Array.FindIndex(DeviceCase.All, entry => entry.Name == device);
}
