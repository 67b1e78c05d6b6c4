using FsCheck.Xunit;
using RramSnn.Kernels.Memory;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ArenaLayoutTests
{
    [Property(MaxTest = 100)]
    public bool Fields_are_aligned_ordered_and_do_not_overlap(ushort[] lengths)
    {
        ArenaLayout layout = Layout(lengths);
        long end = 0;
        foreach (ArenaField field in layout.Fields)
        {
            if (field.ByteOffset < end || field.ByteOffset % ArenaLayout.Alignment != 0)
            {
                return false;
            }

            end = field.ByteOffset + field.ByteLength;
        }

        return layout.ByteLength >= end && layout.ByteLength % ArenaLayout.Alignment == 0;
    }

    [Property(MaxTest = 100)]
    public bool Neighbouring_fields_start_five_lines_apart_within_a_page(ushort[] lengths)
    {
        IReadOnlyList<ArenaField> fields = Layout(lengths).Fields;
        return Enumerable.Range(1, Math.Max(0, fields.Count - 1))
            .All(i => (fields[i].ByteOffset - fields[i - 1].ByteOffset - (5 * 64)) % 4096 == 0);
    }

    [Property(MaxTest = 100)]
    public bool Gaps_are_shorter_than_a_page(ushort[] lengths)
    {
        IReadOnlyList<ArenaField> fields = Layout(lengths).Fields;
        return Enumerable.Range(1, Math.Max(0, fields.Count - 1))
            .All(i => fields[i].ByteOffset - (fields[i - 1].ByteOffset + fields[i - 1].ByteLength) < 4096 + 64);
    }

    [Fact]
    public void The_table_says_what_was_added()
    {
        ArenaLayout layout = new();
        int[] shape = [2, 3, 5];
        Assert.Equal(30, layout.Add<float>("weights", FieldRole.Persistent, shape).Length);
        Assert.Equal(1, layout.Add<ulong>("clock", FieldRole.Transient).Length);
        Assert.Equal(("weights", typeof(float), 120L, FieldRole.Persistent), Describe(layout.Fields[0]));
        Assert.Equal(("clock", typeof(ulong), 8L, FieldRole.Transient), Describe(layout.Fields[1]));
        shape[0] = 77;
        Assert.Equal([2, 3, 5], layout.Fields[0].Shape);
        Assert.Empty(layout.Fields[1].Shape);
    }

    [Fact]
    public void Names_are_unique_and_refusals_leave_the_layout_alone()
    {
        ArenaLayout layout = new();
        layout.Add<float>("a", FieldRole.Transient, 16);
        long length = layout.ByteLength;
        ArgumentException exception = Assert.Throws<ArgumentException>("name", () => layout.Add<int>("a", FieldRole.Transient, 1));
        Assert.Contains("name is 'a', which the layout already has; expected a new name.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("name", () => layout.Add<int>(string.Empty, FieldRole.Transient, 1));
        Rejected.OutOfRange("shape", 0, () => layout.Add<int>("b", FieldRole.Transient, 3, 0));
        Rejected.OutOfRange("shape", -2, () => layout.Add<int>("b", FieldRole.Transient, -2));
        Assert.Throws<OverflowException>(() => layout.Add<int>("b", FieldRole.Transient, 1 << 16, 1 << 16));
        ArgumentException tooLong = Assert.Throws<ArgumentException>("shape", () => layout.Add<float>("b", FieldRole.Persistent, 1 << 14, 1 << 15));
        Assert.Contains("b has 2147483648 bytes; expected at most 2147483647, so that it can be saved.", tooLong.Message, StringComparison.Ordinal);
        Assert.Equal((length, 1), (layout.ByteLength, layout.Fields.Count));
        layout.Add<int>("b", FieldRole.Transient, 1);
    }

    private static (string Name, Type Type, long Bytes, FieldRole Role) Describe(ArenaField field) =>
        (field.Name, field.ElementType, field.ByteLength, field.Role);

    private static ArenaLayout Layout(ushort[] lengths)
    {
        ArenaLayout layout = new();
        foreach (ushort length in lengths)
        {
            string name = $"field {layout.Fields.Count}";
            _ = (length % 3) switch
            {
                0 => layout.Add<byte>(name, FieldRole.Transient, length + 1).Length,
                1 => layout.Add<float>(name, FieldRole.Transient, length + 1).Length,
                _ => layout.Add<ulong>(name, FieldRole.Persistent, 3, length).Length,
            };
        }

        return layout;
    }
}
