using System.Text.RegularExpressions;
using RramSnn.Nir.Files;
using RramSnn.Nir.Graph;
using RramSnn.PropertyTests.Cli;
using RramSnn.PropertyTests.Data;
using RramSnn.PropertyTests.Support;
using Xunit;

namespace RramSnn.PropertyTests.Nir;

/// <summary>Files that Python's h5py wrote in the form of the reference package, with the spikes that the frameworks' own equations give (data/nir).</summary>
public sealed class NirSampleTests
{
    [Theory]
    [InlineData("leaky", "1e-4")]
    [InlineData("cuba", "1e-3")]
    [InlineData("recurrent", "1e-4")]
    [InlineData("sinabs", "1", "--discretisation", "exponential", "--reset", "by-subtraction")]
    public void A_file_gives_the_spikes_of_the_framework_that_wrote_it(string name, string step, params string[] options)
    {
        ProgramRun run = ProgramRun.Of(["nir", "run", Find($"{name}.nir"), "--input", Find($"{name}.input.csv"), "--dt", step, "--steps", "60", .. options]).Succeeded();
        string expected = File.ReadAllText(Find($"{name}.expected.csv"));
        Assert.True(expected.Length > 300);
        Assert.Equal(expected, run.Output);
        Assert.Equal("", run.Error);
    }

    /// <summary>A step that nobody named and that the file's numbers contradict gives other spikes: that is said.</summary>
    [Fact]
    public void A_step_that_the_file_was_not_made_for_is_warned_of()
    {
        string file = Find("leaky.nir");
        ProgramRun run = ProgramRun.Of("nir", "run", file, "--input", Find("leaky.input.csv")).Succeeded();
        Assert.Equal($"rramsnn: warning: {file}: every LIF and CubaLIF neuron has r = tau/0.0001 s, as snnTorch writes for steps of 0.0001 s; the step is 0.001 s (--dt)", run.Error.Trim());
    }

    /// <summary>Chunks that cannot be unpacked are refused with the file and the parameter that they belong to.</summary>
    [Fact]
    public void A_damaged_chunk_is_named()
    {
        byte[] bytes = File.ReadAllBytes(Find("leaky.nir"));
        using TemporaryFolder folder = new();
        string damaged = Path.Combine(folder.FullName, "damaged.nir");
        int start = 0;
        for (int chunks = 0; ; chunks++)
        {
            // A zlib stream as h5py writes it.
            int next = bytes.AsSpan(start).IndexOf<byte>([0x78, 0x5e]);
            if (next < 0)
            {
                Assert.InRange(chunks, 8, 20);
                return;
            }

            start += next + 2;
            byte[] copy = [.. bytes];
            copy.AsSpan(start, 4).Fill(0xff);
            File.WriteAllBytes(damaged, copy);
            string refusal = ProgramRun.Of("nir", "show", damaged).Refused();
            Assert.Matches($@"^{Regex.Escape(damaged)}: \w+ of node '\w+' cannot be read \(.+\)\.$", refusal);
        }
    }

    [Fact]
    public void Both_forms_of_files_are_read()
    {
        NirGraph old = NirFile.Read(Find("recurrent.nir"));
        Assert.Equal("1.0.8", old.Version);
        NirGraph inner = Assert.IsType<NirGraph>(old.Nodes["rnn"]);
        Assert.Equal(typeof(double), inner.Nodes["lif"].Parameters["tau_syn"].ElementType);
        Assert.Equal([6, 6], inner.Nodes["w_rec"].Parameters["weight"].Shape);
        Assert.Contains(new NirEdge("w_rec", "lif"), inner.Edges);
        NirGraph latest = NirFile.Read(Find("cuba.nir"));
        Assert.Null(latest.Version);
        Assert.Equal(typeof(int), latest.Nodes["in"].Parameters["shape"].ElementType);
    }

    [Fact]
    public void A_convolution_is_refused_by_name() =>
        Assert.StartsWith(
            $"{Find("convolution.nir")}: node 'conv1' is of type Conv2d, which is not supported; expected ",
            ProgramRun.Of("nir", "show", Find("convolution.nir")).Refused(),
            StringComparison.Ordinal);

    private static string Find(string name)
    {
        string? path = Repository.Find($"data/nir/{name}");
        Assert.SkipWhen(path is null, "not inside a checkout");
        return path;
    }
}
