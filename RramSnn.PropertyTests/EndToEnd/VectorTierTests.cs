using System.Diagnostics;
using System.Text.Json;
using RramSnn.Kernels.Simd;
using RramSnn.Kernels.Threading;
using RramSnn.PropertyTests.Data;
using Xunit;

namespace RramSnn.PropertyTests.EndToEnd;

/// <summary>The same training run in child processes with other vector widths and thread counts: one hash.</summary>
public sealed class VectorTierTests : IDisposable
{
    private const string Network = "train --samples 8 --epochs 1 --hidden 300,140 --steps 10 --burn-in 2 --no-test --quiet --json";

    private readonly TemporaryFolder _folder = new();

    private static readonly string[] Switches = ["EnableAVX512", "EnableAVX2", "EnableHWIntrinsic"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--pulses continuous")]
    [InlineData("--pulses pulsed")]
    [InlineData("--spread 0.2 --range-spread 0.1 --pulse-noise 0.02 --states 64 --stuck-at-minimum 0.05 --read-noise 0.02 --endurance-writes 500")]
    [InlineData("--array-size 128 --adc-bits 8 --adc-range 40 --wire-resistance 50 --driver-resistance 100 --read-noise 0.02 --input amplitude --dac-bits 4 --sinh 2 --wire-refresh 3")]
    public void Every_tier_and_thread_count_gives_one_hash(string options)
    {
        string arguments = $"{Network} {options}";
        (string expected, int widest) = Train($"{arguments} --threads 1", switchedOff: null);
        Assert.Equal(VectorDispatch.WidthInBits, widest);
        Assert.Equal(expected, Train($"{arguments} --threads 2", switchedOff: null).Hash);
        foreach (string switchedOff in Switches)
        {
            foreach (int threads in new[] { 1, 2 })
            {
                (string hash, int width) = Train($"{arguments} --threads {threads}", switchedOff);
                Assert.True(expected == hash, $"{switchedOff}=0 with {threads} threads gives {hash}; expected {expected}");
                int asked = Math.Min(VectorDispatch.WidthInBits, WidestWithout(switchedOff));
                Assert.True(width == asked, $"{switchedOff}=0 runs at {width} bits; expected {asked}");
            }
        }
    }

    private static int WidestWithout(string switchedOff) => switchedOff switch
    {
        "EnableAVX512" => 256,
        "EnableAVX2" => 128,
        _ => 32,
    };

    private (string Hash, int WidthInBits) Train(string arguments, string? switchedOff)
    {
        string output = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        ProcessStartInfo start = new("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "rramsnn.dll")}\" {arguments} --out \"{output}\"")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (switchedOff is not null)
        {
            start.Environment[$"DOTNET_{switchedOff}"] = "0";
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string json = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        using JsonDocument summary = JsonDocument.Parse(json);

        // The network is large enough for two workers, so that nothing less is compared than what was asked for.
        int workers = summary.RootElement.GetProperty("threads").GetInt32();
        Assert.Equal(Math.Min(summary.RootElement.GetProperty("threads_asked").GetInt32(), Processors.AllowedCount), workers);
        return (summary.RootElement.GetProperty("state_sha256").GetString()!, summary.RootElement.GetProperty("vector_width_bits").GetInt32());
    }
}
