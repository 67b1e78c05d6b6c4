using System.Runtime.ExceptionServices;
using Xunit;

namespace RramSnn.PropertyTests.Support;

/// <summary>Runs something that might hang, and fails the test if it does.</summary>
internal static class Deadline
{
    internal static void Run(Action action, int seconds = 30)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(seconds)), $"Still running after {seconds} s.");
        failure?.Throw();
    }
}
