using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RramSnn.Model.Devices;
using RramSnn.Model.Learning;
using Xunit;

namespace RramSnn.PropertyTests.Cli;

public sealed class StudyCommandTests(SmallRuns runs) : IClassFixture<SmallRuns>
{
    // Three arms: 9 and 3 runs to tune each, 2 seeds; and what lies beyond the grid.
    private const int FewestRuns = 3 * (9 + 3 + 2);

    [Fact]
    public void A_study_writes_tables_pictures_and_a_report()
    {
        string folder = runs.NewPath("study");
        JsonElement study = SmallRuns.Json(ProgramRun.Of(runs.Study("study", folder)).Succeeded().Output);
        Assert.Equal(
            [
                "accuracy.png", "accuracy.svg", "arms.csv", "config.json", "learning-curves-tiox-3v.png", "learning-curves-tiox-3v.svg", "plan.json", "report.html",
                "runs.csv", "states-tiox-3v.png", "states-tiox-3v.svg", "study.json",
            ],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.InRange(RunFiles(folder).Length, FewestRuns, FewestRuns + (3 * 3 * 3));
        Assert.Equal(study.GetRawText(), SmallRuns.JsonFile(folder, "study.json").GetRawText());
        JsonElement[] arms = [.. study.GetProperty("arms").EnumerateArray()];
        Assert.Equal(["ideal", "naive", "balanced-pair"], arms.Select(static arm => arm.GetProperty("method").GetString()));
        foreach (JsonElement arm in arms)
        {
            double[] accuracies = [.. arm.GetProperty("test_accuracies").EnumerateArray().Select(static value => value.GetDouble())];
            Assert.Equal(2, accuracies.Length);
            Assert.Equal(accuracies.Average(), arm.GetProperty("test_accuracy_mean").GetDouble(), 1e-12);
            Assert.Equal(Math.Abs(accuracies[0] - accuracies[1]) / Math.Sqrt(2), arm.GetProperty("test_accuracy_standard_deviation").GetDouble(), 1e-12);
            Assert.InRange(arm.GetProperty("tuning_trials").GetArrayLength(), 12, 12 + 9);
            Assert.Equal(0, arm.GetProperty("reads_mean").GetDouble());
            Assert.Equal(JsonValueKind.Null, arm.GetProperty("write_energy_joules_least").ValueKind);
        }

        Assert.Equal(JsonValueKind.Null, arms[0].GetProperty("drop").ValueKind);
        Assert.Equal(
            arms[0].GetProperty("test_accuracy_mean").GetDouble() - arms[1].GetProperty("test_accuracy_mean").GetDouble(), arms[1].GetProperty("drop").GetDouble(), 1e-12);
        Assert.Equal(4, File.ReadAllLines(Path.Combine(folder, "arms.csv")).Length);
        Assert.Equal(7, File.ReadAllLines(Path.Combine(folder, "runs.csv")).Length);
    }

    [Fact]
    public void The_report_needs_no_other_file_and_escapes_what_it_is_given()
    {
        string device = runs.WriteFile("device.json", ProgramRun.Of("device", "show", "ag-a-si", "--json").Succeeded().Output.Replace("\"ag-a-si\"", "\"x.y\"", StringComparison.Ordinal));
        string odd = Path.Combine(Path.GetDirectoryName(device)!, "a<b>&\"c\".json");
        File.Copy(device, odd);
        string folder = runs.NewPath("study");
        ProgramRun.Of(runs.Study("study", folder, "--devices", odd, "--methods", "naive,balanced-pair", "--no-tuning")).Succeeded();
        string html = File.ReadAllText(Path.Combine(folder, "report.html"));
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Contains("a&lt;b&gt;&amp;&quot;c&quot;", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(" (src|href)=\"[^#]", html);

        // Each element of the body is well-formed, and no two have one id.
        foreach (string element in new[] { "figure", "table", "ul" })
        {
            MatchCollection found = Regex.Matches(html, $"<{element}[ >].*?</{element}>", RegexOptions.Singleline);
            Assert.NotEmpty(found);
            foreach (Match match in found)
            {
                Assert.Equal(element, XElement.Parse(match.Value.Replace("xlink:href", "href", StringComparison.Ordinal)).Name.LocalName);
            }
        }

        string[] ids = [.. Regex.Matches(html, "\\bid=\"([^\"]*)\"").Select(static match => match.Groups[1].Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Regex.Matches(html, "url\\(#([^)]*)\\)").Select(static match => match.Groups[1].Value), id => Assert.Contains(id, ids));
        Assert.Equal(3, Regex.Count(html, "viewBox=\"0 0 900 520\""));

        // Known pulses: 3.2 V and 300 µs up, 2.8 V and 300 µs down.
        JsonElement arm = SmallRuns.JsonFile(folder, "study.json").GetProperty("arms")[0];
        Assert.Equal(3.2 * 3.2 / (2.8 * 2.8), arm.GetProperty("write_energy_joules_most").GetDouble() / arm.GetProperty("write_energy_joules_least").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(20, "2")]
    [InlineData(FewestRuns - 1, "1")]
    public void An_interrupted_study_goes_on_to_the_same_result(int interruptAt, string threads)
    {
        string whole = runs.NewPath("whole");
        string parts = runs.NewPath("parts");
        ProgramRun.Of(runs.Study("study", whole, "--threads", "2")).Succeeded();
        ProgramRun interrupted = ProgramRun.UntilRuns(interruptAt, runs.Study("study", parts, "--threads", threads));
        Assert.Equal(3, interrupted.ExitCode);
        Assert.Equal("", interrupted.Output);
        string config = Path.Combine(parts, "config.json");
        Assert.Matches(
            $"^rramsnn: interrupted after [0-9]+ of [0-9]+ runs; resume: rramsnn study --config {Regex.Escape(config)} --out {Regex.Escape(parts)}$", interrupted.Error.TrimEnd());
        Assert.False(File.Exists(Path.Combine(parts, "study.json")));
        Dictionary<string, string> kept = RunFiles(parts).ToDictionary(static file => file, File.ReadAllText);
        Assert.InRange(kept.Count, interruptAt, RunFiles(whole).Length - 1);
        ProgramRun.Of("study", "--config", config, "--out", parts, "--quiet", "--threads", "1").Succeeded();
        AssertSame(whole, parts);

        // Finished runs were not repeated: also their times are the same.
        Assert.All(kept, static pair => Assert.Equal(pair.Value, File.ReadAllText(pair.Key)));
    }

    [Fact]
    public void Runs_whose_files_are_gone_are_run_again_and_no_others()
    {
        string folder = runs.NewPath("study");
        ProgramRun.Of(runs.Study("study", folder)).Succeeded();
        string[] before = SmallRuns.Rows(folder, "runs.csv", timeColumns: 2);
        string[] files = RunFiles(folder);
        Dictionary<string, string> kept = files.Where(static (_, index) => index % 3 != 0).ToDictionary(static file => file, File.ReadAllText);
        foreach (string file in files.Except(kept.Keys))
        {
            File.Delete(file);
        }

        ProgramRun.Of(runs.Study("study", folder)).Succeeded();
        Assert.Equal(files, RunFiles(folder));
        Assert.Equal(before, SmallRuns.Rows(folder, "runs.csv", timeColumns: 2));
        Assert.All(kept, static pair => Assert.Equal(pair.Value, File.ReadAllText(pair.Key)));
    }

    [Fact]
    public void Results_depend_on_neither_threads_nor_order()
    {
        string one = runs.NewPath("one");
        string two = runs.NewPath("two");
        ProgramRun.Of(runs.Study("study", one, "--threads", "1")).Succeeded();
        ProgramRun.Of(runs.Study("study", two, "--threads", "2", "--methods", "balanced-pair,naive,ideal")).Succeeded();
        Assert.Equal(Sorted(one), Sorted(two));

        static IEnumerable<string> Sorted(string folder) => SmallRuns.Rows(folder, "arms.csv", timeColumns: 1).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_run_of_a_study_is_the_run_of_train_that_the_report_names()
    {
        string folder = runs.NewPath("study");
        JsonElement study = SmallRuns.Json(ProgramRun.Of(runs.Study("study", folder, "--pulses", "pulsed", "--devices", "epiram")).Succeeded().Output);
        foreach (JsonElement arm in study.GetProperty("arms").EnumerateArray())
        {
            string[] command = arm.GetProperty("rerun").GetString()!.Split(' ')[1..];
            JsonElement trained = SmallRuns.Json(ProgramRun.Of([.. command, "--out", runs.NewPath("run"), "--json", "--quiet"]).Succeeded().Output);
            Assert.Equal(arm.GetProperty("state_sha256")[0].GetString(), trained.GetProperty("state_sha256").GetString());
            Assert.Equal(arm.GetProperty("test_accuracies")[0].GetDouble(), trained.GetProperty("test_accuracy").GetDouble());
        }
    }

    [Fact]
    public void Tuning_never_sees_the_test_images()
    {
        using SmallRuns other = new();
        string labels = Path.Combine(other.Data, "t10k-labels-idx1-ubyte");
        byte[] bytes = File.ReadAllBytes(labels);
        for (int i = 8; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((bytes[i] + 1) % 4);
        }

        File.WriteAllBytes(labels, bytes);
        string one = runs.NewPath("one");
        string two = other.NewPath("two");
        JsonElement first = SmallRuns.Json(ProgramRun.Of(runs.Study("study", one)).Succeeded().Output);
        JsonElement second = SmallRuns.Json(ProgramRun.Of(other.Study("study", two)).Succeeded().Output);
        foreach ((JsonElement arm, JsonElement otherArm) in first.GetProperty("arms").EnumerateArray().Zip(second.GetProperty("arms").EnumerateArray()))
        {
            Assert.Equal(arm.GetProperty("tuning_trials").GetRawText(), otherArm.GetProperty("tuning_trials").GetRawText());
            Assert.Equal(arm.GetProperty("state_sha256").GetRawText(), otherArm.GetProperty("state_sha256").GetRawText());
        }

        Assert.NotEqual(SmallRuns.Rows(one, "arms.csv", 1), SmallRuns.Rows(two, "arms.csv", 1));
        foreach (string file in RunFiles(one))
        {
            JsonElement record = SmallRuns.Json(File.ReadAllText(file));
            bool isTuning = Path.GetFileName(file).Contains(".tuning-", StringComparison.Ordinal);
            Assert.Equal(isTuning ? JsonValueKind.Null : JsonValueKind.Number, record.GetProperty("test_accuracy").ValueKind);
            Assert.Equal(isTuning ? 15 : 0, record.GetProperty("settings").GetProperty("held_out").GetInt32());
        }
    }

    [Fact]
    public void Fixed_values_are_not_tuned()
    {
        string folder = runs.NewPath("study");
        JsonElement study = SmallRuns.Json(ProgramRun.Of(runs.Study("study", folder, "--learning-rate", "0.03", "--methods", "naive")).Succeeded().Output);
        JsonElement arm = study.GetProperty("arms")[0];
        Assert.Equal(0.03, arm.GetProperty("learning_rate").GetDouble());
        Assert.All(arm.GetProperty("tuning_trials").EnumerateArray(), static trial => Assert.Equal(0.03, trial.GetProperty("learning_rate").GetDouble()));
        Assert.InRange(arm.GetProperty("tuning_trials").GetArrayLength(), 3, 6);
        folder = runs.NewPath("study");
        arm = SmallRuns.Json(ProgramRun.Of(runs.Study("study", folder, "--no-tuning", "--methods", "naive", "--seeds", "4,7")).Succeeded().Output).GetProperty("arms")[0];
        Assert.Equal(UpdateMethods.Get("naive").TuningFor(PulseMode.Continuous).LearningRate, arm.GetProperty("learning_rate").GetDouble());
        Assert.Equal(["tiox-3v.naive.seed-4.json", "tiox-3v.naive.seed-7.json"], RunFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void An_arm_that_cannot_be_is_left_out_with_the_reason()
    {
        string folder = runs.NewPath("study");
        string[] arguments = [.. runs.Study("study", folder, "--cell", "reference", "--no-tuning").Where(static argument => argument != "--json")];
        string output = ProgramRun.Of(arguments).Succeeded().Output;
        const string Reason = "cell is reference; the method balanced-pair expects cell pair.";
        Assert.Contains($"left out: tiox-3v, balanced-pair: {Reason}", output, StringComparison.Ordinal);
        Assert.Contains($"tiox-3v,balanced-pair,{Reason},", File.ReadAllText(Path.Combine(folder, "arms.csv")), StringComparison.Ordinal);
        Assert.Equal(Reason, ProgramRun.Of(runs.Study("study", runs.NewPath("study"), "--cell", "reference", "--methods", "balanced-pair")).Refused());
        Assert.Equal(
            "array_size is 64; expected none for the method tiki-taka, whose second array is part of the weight.",
            ProgramRun.Of(runs.Study("study", runs.NewPath("study"), "--array-size", "64", "--methods", "tiki-taka")).Refused());
    }

    [Fact]
    public void A_folder_of_another_plan_is_refused_unless_it_may_be_overwritten()
    {
        string folder = runs.NewPath("study");
        ProgramRun.Of(runs.Study("study", folder, "--no-tuning")).Succeeded();
        string error = ProgramRun.Of(runs.Study("study", folder, "--no-tuning", "--epochs", "2")).Refused();
        Assert.Equal($"{folder}: holds another plan (its arms[0].settings.epochs is 1, asked for is 2); give another --out or --overwrite", error);
        ProgramRun.Of(runs.Study("study", folder, "--no-tuning", "--epochs", "2", "--overwrite")).Succeeded();
        Assert.Equal(2, SmallRuns.JsonFile(folder, "study.json").GetProperty("epochs").GetInt32());
        string train = runs.NewPath("run");
        ProgramRun.Of(runs.Train(train)).Succeeded();
        Assert.Contains("holds a run of train (config.json)", ProgramRun.Of(runs.Study("study", train)).Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_or_foreign_record_is_refused()
    {
        string folder = runs.NewPath("study");
        string[] arguments = runs.Study("study", folder, "--no-tuning", "--methods", "naive");
        ProgramRun.Of(arguments).Succeeded();
        string[] files = RunFiles(folder);
        File.Copy(files[1], files[0], overwrite: true);
        Assert.Equal($"{files[0]}: is of a run with other settings; delete it to run it again.", ProgramRun.Of(arguments).Refused());
        File.WriteAllText(files[0], "{");
        Assert.Equal($"{files[0]}: is no record of a run; delete it to run it again.", ProgramRun.Of(arguments).Refused());
        File.Delete(files[0]);
        ProgramRun.Of(arguments).Succeeded();
    }

    [Theory]
    [InlineData("--methods", "ideal,nix", "method is 'nix'; expected one of ideal, exact-inversion, linearized-inversion, naive, polarity-scaled, push-pull, balanced-pair, tandem-pair, symmetry-point, dynamics-matched, voltage-paired, sign, error-triggered, one-sided-reset, stochastic-pulse, mixed-precision, tiki-taka, tiki-taka-v2, tiki-taka-chopped, agad.")]
    [InlineData("--methods", "ideal,ideal", "methods has ideal more than once.")]
    [InlineData("--devices", "tiox-3v,nix", "device is 'nix'; expected a device file or one of ideal, tiox-")]
    [InlineData("--devices", "tiox-3v,tiox-3v", "devices has tiox-3v more than once.")]
    [InlineData("--seeds", "0", "seeds is '0'; expected how many (1 to 1000), or numbers")]
    [InlineData("--seeds", "1,x", "seeds is '1,x'; expected how many")]
    [InlineData("--seeds", "5:1", "seeds is '5:1'; expected how many")]
    [InlineData("--seeds", "1,1", "seeds has 1 more than once.")]
    [InlineData("--tuning-points", "2", "tuning_points is 2; expected an odd number from 1 to 15.")]
    [InlineData("--threads", "0", "threads is 0; expected 1 to 1024.")]
    [InlineData("--epochs", "0", "epochs is 0; expected 1 to 1000000.")]
    [InlineData("--samples", "121", "samples is 121; expected 1 to 120")]
    [InlineData("--data", "/nowhere", "/nowhere: folder not found")]
    [InlineData("--method", "ideal", "Unrecognized command or argument '--method'; expected what --help shows.")]
    [InlineData("--config", "/nowhere", "/nowhere: configuration file not found")]
    public void A_bad_option_is_refused_before_anything_is_written(string option, string value, string message)
    {
        string folder = runs.NewPath("study");
        Assert.StartsWith(message, ProgramRun.Of(runs.Study("study", folder, option, value)).Refused(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    private static string[] RunFiles(string folder) => [.. Directory.GetFiles(Path.Combine(folder, "runs")).Order(StringComparer.Ordinal)];

    private static void AssertSame(string expected, string actual)
    {
        Assert.Equal(SmallRuns.Rows(expected, "arms.csv", timeColumns: 1), SmallRuns.Rows(actual, "arms.csv", timeColumns: 1));
        Assert.Equal(SmallRuns.Rows(expected, "runs.csv", timeColumns: 2), SmallRuns.Rows(actual, "runs.csv", timeColumns: 2));
        foreach (string name in new[] { "plan.json", "accuracy.svg", "learning-curves-tiox-3v.svg", "states-tiox-3v.svg" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(expected, name)), File.ReadAllText(Path.Combine(actual, name)));
        }
    }
}
