using FsCheck.Xunit;
using RramSnn.Kernels.Threading;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Kernels;

public sealed class ProcessorsTests
{
    [Property(MaxTest = 200)]
    public bool Workers_divide_all_processors_and_nearly_evenly(byte processors, byte workers, byte threadsPerCore)
    {
        int[] allowed = [.. Enumerable.Range(0, 1 + (processors % 64)).Select(static i => 3 * i)];
        int count = 1 + (workers % allowed.Length);
        int width = 1 + (threadsPerCore % 4);
        int[][] shares = Processors.Divide(allowed, count, processor => $"{processor / 3 / width}");
        int largest = shares.Max(static share => share.Length);
        return shares.Length == count
            && shares.SelectMany(static share => share).Order().SequenceEqual(allowed)
            && shares.All(share => share.Length >= 1 && share.Length > largest - (2 * width));
    }

    /// <summary>Numbered as most systems number them (one thread of every core first) or core by core.</summary>
    [Property(MaxTest = 200)]
    public bool Workers_share_no_core_while_there_are_enough(byte cores, byte workers, bool coreByCore)
    {
        int coreCount = 1 + (cores % 32);
        int count = 1 + (workers % coreCount);
        Func<int, string> coreOf = processor => $"{(coreByCore ? processor / 2 : processor % coreCount)}";
        int[][] shares = Processors.Divide([.. Enumerable.Range(0, 2 * coreCount)], count, coreOf);
        return shares.Sum(share => share.Select(coreOf).Distinct().Count()) == coreCount;
    }

    [Fact]
    public void As_many_processors_as_workers_are_one_each() =>
        Assert.Equal([[2], [5], [7]], Processors.Divide([2, 5, 7], 3, static _ => "one core"));

    [Fact]
    public void A_thread_is_bound_to_what_was_asked_for() => Deadline.Run(() =>
    {
        int[] allowed = Processors.Allowed();
        Assert.SkipWhen(allowed.Length == 0, "Needs Linux.");
        Assert.InRange(Processors.AllowedCount, 1, allowed.Length);
        foreach (int processor in allowed)
        {
            Assert.True(Processors.TryBind([processor]));
            Assert.Equal([processor], Processors.Allowed());
            Assert.Equal(1, Processors.AllowedCount);
        }

        Assert.True(Processors.TryBind(allowed));
        Assert.Equal(allowed, Processors.Allowed());
    });

    [Fact]
    public void A_processor_that_is_not_there_is_refused_without_harm() => Deadline.Run(() =>
    {
        int[] allowed = Processors.Allowed();
        Assert.False(Processors.TryBind([8191]));
        Assert.Equal(allowed, Processors.Allowed());
    });

    [Fact]
    public void Every_processor_has_a_core() =>
        Assert.All([.. Processors.Allowed(), 8191], static processor => Assert.NotEmpty(Processors.CoreOf(processor)));
}
