using RramSnn.Model.Layers;
using RramSnn.Model.Learning;
using Xunit;

namespace RramSnn.PropertyTests.Model;

public class NetworkOptionsTests
{
    public static TheoryData<string, string> Impossible() => new()
    {
        { "inputs", "inputs is 0; expected 1 to 1048576." },
        { "hidden none", "hidden is 0; expected 1 to 64 layers." },
        { "hidden zero", "hidden is 0; expected 1 to 1048576 neurons per layer." },
        { "hidden huge", "hidden is 1000000; expected at most 268435 neurons behind 1000 inputs." },
        { "classes", "classes is 1; expected 2 to 65536." },
        { "steps", "steps is 0; expected 1 to 100000." },
        { "burn-in", "burn_in is 30; expected 0 to 29 (steps - 1)." },
        { "range", "weight_range is NaN; expected 0.001 to 1000." },
        { "box", "surrogate_half_width is 0; expected more than 0 and at most 1000." },
        { "readout", "readout_scale is 0; expected more than 0 and at most 1000." },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void Impossible_options_are_refused_in_one_sentence(string what, string message)
    {
        NetworkOptions good = new() { Inputs = 1000, Hidden = [64], Classes = 10 };
        NetworkOptions bad = what switch
        {
            "inputs" => good with { Inputs = 0 },
            "hidden none" => good with { Hidden = [] },
            "hidden zero" => good with { Hidden = [0] },
            "hidden huge" => good with { Hidden = [1_000_000] },
            "classes" => good with { Classes = 1 },
            "steps" => good with { Steps = 0 },
            "burn-in" => good with { BurnIn = 30 },
            "range" => good with { WeightRange = float.NaN },
            "box" => good with { SurrogateHalfWidth = 0f },
            _ => good with { ReadoutScale = 0f },
        };
        good.Validate();
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(bad.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_training_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Epochs = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { LearningRate = double.NaN }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { LearningRate = -1 }.Validate());
    }

    [Fact]
    public void Samples_that_do_not_fit_are_refused()
    {
        using Network network = new(new NetworkOptions { Inputs = 10, Hidden = [16], Classes = 4 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingSession(network, TinyRuns.Samples(), new TrainingOptions(), threads: 1));
    }
}
