using System.Diagnostics;
using System.Text.Json;
using RramSnn.PropertyTests.Data;
using Xunit;

namespace RramSnn.PropertyTests.EndToEnd;

/// <summary>The same training run in child processes with other vector widths and thread counts: one hash.</summary>
public sealed class VectorTierTests : IDisposable
{
    private const string Network = "train --samples 8 --epochs 1 --hidden 300,140 --steps 10 --burn-in 2 --no-test --quiet --json";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> Runs()
    {
        TheoryData<string, string, string> runs = [];
        foreach (string switchedOff in new[] { "EnableAVX512", "EnableAVX2", "EnableHWIntrinsic" })
        {
            foreach (string threads in new[] { "1", "2" })
            {
                runs.Add(switchedOff, threads, "continuous");
                runs.Add(switchedOff, threads, "pulsed");
            }
        }

        return runs;
    }

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Runs))]
    public void Every_tier_and_thread_count_gives_one_hash(string switchedOff, string threads, string pulses)
    {
        string arguments = $"{Network} --pulses {pulses}";
        (string here, _) = Train($"{arguments} --threads 1", switchedOff: null);
        (string there, int width) = Train($"{arguments} --threads {threads}", switchedOff);
        Assert.Equal(here, there);
        int widest = switchedOff switch
        {
            "EnableAVX512" => 256,
            "EnableAVX2" => 128,
            _ => 32,
        };
        Assert.True(width <= widest, $"{switchedOff}=0 still runs at {width} bits");
    }

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
        return (summary.RootElement.GetProperty("state_sha256").GetString()!, summary.RootElement.GetProperty("vector_width_bits").GetInt32());
    }
}
