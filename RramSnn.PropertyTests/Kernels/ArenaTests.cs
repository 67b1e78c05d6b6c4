using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RramSnn.Kernels.Memory;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

/// <summary>Counts the arenas of the whole process, so it runs while no other test does.</summary>
[Collection(nameof(ArenaTests))]
[CollectionDefinition(nameof(ArenaTests), DisableParallelization = true)]
public sealed class ArenaTests
{
    [Fact]
    public unsafe void Memory_is_zero_and_aligned()
    {
        ArenaLayout layout = new();
        Field<byte> odd = layout.Add<byte>("odd", FieldRole.Transient, 1001);
        Field<float> floats = layout.Add<float>("floats", FieldRole.Persistent, 3, 128);
        Field<ulong> words = layout.Add<ulong>("words", FieldRole.Transient, 5);
        using Arena arena = new(layout);
        Assert.Equal(layout.ByteLength, arena.ByteLength);
        Assert.Equal((1001, 384, 5), (arena.Span(odd).Length, arena.Span(floats).Length, arena.Span(words).Length));
        Assert.False(arena.Span(odd).ContainsAnyExcept((byte)0));
        Assert.False(arena.Span(floats).ContainsAnyExcept(0f));
        Assert.False(arena.Span(words).ContainsAnyExcept(0ul));
        Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref arena.Span(odd)[0]) % 64);
        Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref arena.Span(floats)[0]) % 64);
        Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref arena.Span(words)[0]) % 64);
    }

    [Fact]
    public unsafe void Large_arenas_start_on_a_huge_page_and_are_zero()
    {
        ArenaLayout layout = new();
        Field<float> field = layout.Add<float>("large", FieldRole.Transient, 1 << 20);
        using Arena arena = new(layout);
        Assert.False(arena.Span(field).ContainsAnyExcept(0f));
        Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref arena.Span(field)[0]) % (1 << 21));
    }

    [Fact]
    public unsafe void Large_arenas_ask_for_huge_pages()
    {
        Assert.SkipUnless(Directory.Exists("/sys/kernel/mm/transparent_hugepage"), "This system has no transparent huge pages.");
        ArenaLayout layout = new();
        Field<float> field = layout.Add<float>("large", FieldRole.Transient, 1 << 20);
        using Arena arena = new(layout);
        nuint start = (nuint)Unsafe.AsPointer(ref arena.Span(field)[0]);
        Assert.Contains("hg", FlagsOfMemoryAt(start).Split(' '));
    }

    [Fact]
    public void Fields_share_no_byte()
    {
        ArenaLayout layout = new();
        Field<byte>[] fields = [.. Enumerable.Range(1, 60).Select(i => layout.Add<byte>($"field {i}", FieldRole.Transient, i * 37))];
        using Arena arena = new(layout);
        for (int i = 0; i < fields.Length; i++)
        {
            arena.Span(fields[i]).Fill((byte)(i + 1));
        }

        for (int i = 0; i < fields.Length; i++)
        {
            Assert.False(arena.Span(fields[i]).ContainsAnyExcept((byte)(i + 1)));
            Assert.True(arena.Bytes(arena.Fields[i]).SequenceEqual(arena.Span(fields[i])));
        }
    }

    [Fact]
    public void The_bytes_of_a_field_are_its_elements()
    {
        ArenaLayout layout = new();
        Field<float> field = layout.Add<float>("floats", FieldRole.Persistent, 4);
        using Arena arena = new(layout);
        arena.Span(field)[2] = 1.5f;
        Assert.Equal(1.5f, BitConverter.ToSingle(arena.Bytes(arena.Fields[0])[8..12]));
        Assert.Equal(16, arena.Bytes(arena.Fields[0]).Length);
    }

    [Fact]
    public void A_disposed_arena_gives_no_spans()
    {
        ArenaLayout layout = new();
        Field<float> field = layout.Add<float>("floats", FieldRole.Transient, 16);
        Arena arena = new(layout);
        arena.Dispose();
        arena.Dispose();
        Assert.Throws<ObjectDisposedException>(() => arena.Span(field).Length);
        Assert.Throws<ObjectDisposedException>(() => arena.Bytes(arena.Fields[0]).Length);
    }

    [Fact]
    public void Fields_of_another_layout_are_refused()
    {
        ArenaLayout small = new();
        small.Add<float>("a", FieldRole.Transient, 16);
        ArenaLayout large = new();
        large.Add<float>("a", FieldRole.Transient, 16);
        Field<float> outside = large.Add<float>("b", FieldRole.Transient, 4096);
        using Arena arena = new(small);
        Assert.Throws<ArgumentException>("field", () => arena.Span(outside).Length);
        Assert.Throws<ArgumentException>("field", () => arena.Bytes(large.Fields[1]).Length);
        Assert.Throws<ArgumentException>("field", () => arena.Bytes(small.Fields[0] with { ByteOffset = -64 }).Length);
        Assert.Throws<ArgumentNullException>("field", () => arena.Bytes(null!).Length);
        Assert.Throws<ArgumentNullException>("layout", static () => new Arena(null!));
    }

    [Fact]
    public void Fields_added_later_are_not_covered()
    {
        ArenaLayout layout = new();
        layout.Add<float>("early", FieldRole.Transient, 16);
        using Arena arena = new(layout);
        Field<float> late = layout.Add<float>("late", FieldRole.Transient, 16);
        Assert.Single(arena.Fields);
        Assert.Throws<ArgumentException>("field", () => arena.Span(late).Length);
    }

    [Fact]
    public void Every_arena_that_is_disposed_is_counted_off()
    {
        int before = Arena.Outstanding;
        ArenaLayout layout = new();
        layout.Add<float>("floats", FieldRole.Transient, 16);
        Arena[] arenas = [new(layout), new(layout), new(new ArenaLayout())];
        Assert.Equal(before + 3, Arena.Outstanding);
        foreach (Arena arena in arenas)
        {
            arena.Dispose();
            arena.Dispose();
        }

        Assert.Equal(before, Arena.Outstanding);
    }

    // The line VmFlags of the region that holds an address, in the system's table of this process's memory.
    private static string FlagsOfMemoryAt(nuint address)
    {
        bool isInside = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            Match region = Regex.Match(line, "^([0-9a-f]+)-([0-9a-f]+) ");
            if (region.Success)
            {
                isInside = Convert.ToUInt64(region.Groups[1].Value, 16) <= address && address < Convert.ToUInt64(region.Groups[2].Value, 16);
            }
            else if (isInside && line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "";
    }
}
