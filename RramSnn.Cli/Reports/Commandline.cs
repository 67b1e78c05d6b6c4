using System.Buffers;

namespace RramSnn.Cli.Reports;

/// <summary>Commands that the user can copy: through the project when the program runs out of its bin folder, else by its name.</summary>
internal static class Commandline
{
    private const string ProjectFile = "RramSnn.Cli.csproj";

    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:=,-");

    /// <summary>A <c>train</c> command with arguments.</summary>
    internal static string Train(string arguments) => Of("train", arguments);

    /// <summary>Any command with arguments.</summary>
    internal static string Of(string command, string arguments) => $"{Program()} {command} {arguments}".TrimEnd();

    /// <summary>A path as one word of a POSIX shell, in which nothing is expanded.</summary>
    internal static string Quote(string path) =>
        path.Length > 0 && !path.AsSpan().ContainsAnyExcept(Plain) ? path : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string Program()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, ProjectFile)))
            {
                string project = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder.FullName);
                return $"dotnet run -c Release --project {Quote(project)} --";
            }
        }

        return "rramsnn";
    }
}
