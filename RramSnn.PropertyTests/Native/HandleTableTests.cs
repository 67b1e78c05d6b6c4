using FsCheck.Xunit;
using RramSnn.Native.Boundary;
using Xunit;

namespace RramSnn.PropertyTests.Native;

public class HandleTableTests
{
    [Fact]
    public void A_handle_leads_to_its_object_until_it_is_removed_and_never_again()
    {
        List<nuint> stale = [];
        for (int i = 0; i < 1000; i++)
        {
            string text = $"object {i}";
            nuint handle = HandleTable.Add(text);
            Assert.Same(text, HandleTable.Read<string>(handle));
            Assert.Same(text, HandleTable.Remove<string>(handle));
            stale.Add(handle);
        }

        Assert.Equal(stale.Count, stale.Distinct().Count());
        Assert.All(stale, static handle => Assert.Equal(Status.InvalidHandle, StatusOf(() => HandleTable.Read<string>(handle))));
    }

    [Property]
    public bool Made_up_handles_are_refused(ulong handle) => StatusOf(() => HandleTable.Read<string>((nuint)handle)) == Status.InvalidHandle;

    [Fact]
    public void An_object_of_another_kind_is_refused_and_stays_usable()
    {
        nuint handle = HandleTable.Add("text");
        Assert.Equal(Status.InvalidHandle, StatusOf(() => HandleTable.Remove<List<int>>(handle)));
        Assert.Equal("text", HandleTable.Remove<string>(handle));
    }

    [Fact]
    public void A_taken_object_can_neither_be_taken_nor_removed_but_read()
    {
        nuint handle = HandleTable.Add("text");
        using (HandleTable.Take<string>(handle))
        {
            Assert.Equal(Status.Busy, StatusOf(() => HandleTable.Remove<string>(handle)));
            Assert.Equal("text", HandleTable.Read<string>(handle));
        }

        Assert.Equal("text", HandleTable.Remove<string>(handle));
    }

    private static Status StatusOf(Action call) => Assert.Throws<StatusException>(call).Status;
}
