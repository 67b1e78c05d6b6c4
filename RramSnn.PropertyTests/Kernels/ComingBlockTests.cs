using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using RramSnn.Kernels.Crossbar;
using RramSnn.Kernels.Memory;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>What a batched product asks for ahead: no result depends on it, so only this shows whether it is the right thing.</summary>
[Properties(MaxTest = 300)]
public sealed class ComingBlockTests
{
    private const int Start = 10_000;

    [Property]
    public Property All_hints_lie_within_what_follows() => Prop.ForAll(
        Shapes(),
        static shape => Hints(shape).All(hint => hint.Array < shape.Arrays && hint.At >= Start && hint.At < Start + (shape.Rows * 128)));

    [Property]
    public Property Every_line_is_asked_for_if_there_are_steps_enough() => Prop.ForAll(
        Shapes(),
        static shape =>
        {
            int lines = shape.Arrays * shape.Rows * 128 / (int)Prefetch.LineFloats;
            int asked = Hints(shape).Select(static hint => (hint.Array, hint.At / (int)Prefetch.LineFloats)).Distinct().Count();
            bool canAskForAll = shape.Tiles % shape.Arrays == 0 && shape.Tiles * shape.Steps >= lines && shape.Rows * 128 >= (int)Prefetch.LineFloats * shape.Steps;
            return asked <= lines && (!canAskForAll || asked == lines);
        });

    [Property]
    public Property Tiles_stop_asking_when_all_is_asked_for() => Prop.ForAll(
        Shapes(),
        static shape =>
        {
            ComingBlock coming = shape.Coming;
            nuint stride = coming.Stride;
            int asking = 0;
            for (; coming.Stride != 0; asking++)
            {
                coming.Advance((nuint)shape.Steps);
            }

            // The last share may overlap the one before.
            return stride == 0 ? asking == 0 : (asking / shape.Arrays) <= (shape.Rows * 128 / ((int)stride * shape.Steps)) + 1;
        });

    [Fact]
    public void Behind_the_end_there_is_nothing_to_ask_for() => Assert.Equal(0u, ComingBlock.After(Start, 0, 2, 8, 256).Stride);

    private static List<(int Array, int At)> Hints(Shape shape)
    {
        List<(int, int)> hints = [];
        ComingBlock coming = shape.Coming;
        for (int tile = 0; tile < shape.Tiles && coming.Stride != 0; tile++)
        {
            for (int step = 0; step < shape.Steps; step++)
            {
                hints.Add((coming.Array, (int)(coming.Position + ((nuint)step * coming.Stride))));
            }

            coming.Advance((nuint)shape.Steps);
        }

        return hints;
    }

    /// <summary>Word lines that follow, full and short ones; tiles of 8, 16 or 64 bit lines for batches of 1 to 256.</summary>
    private static Arbitrary<Shape> Shapes() => Arb.From(
        from rows in Gen.OneOf(Gen.Choose(1, 300), Gen.Elements(1, 64, 256))
        from steps in Gen.OneOf(Gen.Choose(1, 256), Gen.Elements(1, 64, 256))
        from groups in Gen.Elements(2, 8, 16)
        from sixes in Gen.Choose(1, 43)
        from arrays in Gen.Choose(1, 2)
        select new Shape(rows, arrays, groups * sixes, steps));

    private sealed record Shape(int Rows, int Arrays, int Tiles, int Steps)
    {
        internal ComingBlock Coming => ComingBlock.After(Start, (nuint)(Rows * 128), Arrays, (nuint)Tiles, (nuint)Steps);
    }
}
