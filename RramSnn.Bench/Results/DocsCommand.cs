using System.CommandLine;
using System.Text;
using RramSnn.Cli;

namespace RramSnn.Bench.Results;

/// <summary><c>docs</c>: writes the tables of docs/performance.md and README.md from the results under benchmarks/.</summary>
internal static class DocsCommand
{
    internal static Command Create(TextWriter output)
    {
        Command command = new("docs", "Writes the tables of docs/performance.md and README.md from benchmarks/.");
        command.SetAction(_ =>
        {
            DirectoryInfo repository = RepositoryFolder.Find();
            IReadOnlyList<ResultFolder> results = ResultFolder.ReadAll(repository);
            foreach (GeneratedText text in GeneratedText.All)
            {
                string file = Path.Combine(repository.FullName, text.File);
                string before = File.ReadAllText(file);
                string after = text.Apply(before, results);
                if (after != before)
                {
                    File.WriteAllText(file, after, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                }

                output.WriteLine($"{file}: {(after == before ? "up to date" : "written")}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
