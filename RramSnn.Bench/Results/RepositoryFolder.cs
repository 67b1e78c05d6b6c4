namespace RramSnn.Bench.Results;

/// <summary>Finds the checkout that results are written to.</summary>
internal static class RepositoryFolder
{
    /// <summary>The checkout around the working folder, or around the program.</summary>
    /// <exception cref="IOException">Neither lies in a checkout.</exception>
    internal static DirectoryInfo Find() =>
        Around(Environment.CurrentDirectory) ?? Around(AppContext.BaseDirectory) ?? throw new DirectoryNotFoundException("No checkout of RramSnn here; expected RramSnn.sln in a folder above.");

    private static DirectoryInfo? Around(string path)
    {
        DirectoryInfo? folder = new(path);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RramSnn.sln")))
        {
            folder = folder.Parent;
        }

        return folder;
    }
}
