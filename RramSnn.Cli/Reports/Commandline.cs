namespace RramSnn.Cli.Reports;

/// <summary>Commands that the user can copy: through the project when the program runs out of its bin folder, else by its name.</summary>
internal static class Commandline
{
    private const string ProjectFile = "RramSnn.Cli.csproj";

    /// <summary>A <c>train</c> command with arguments.</summary>
    internal static string Train(string arguments) => $"{Program()} train {arguments}";

    /// <summary>A path as one word of a shell.</summary>
    internal static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;

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
