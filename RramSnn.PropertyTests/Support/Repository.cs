namespace RramSnn.PropertyTests.Support;

/// <summary>Finds source files, when the tests run inside a checkout.</summary>
internal static class Repository
{
    /// <summary>The full path of a file of the repository, or null outside a checkout.</summary>
    internal static string? Find(string relativePath)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RramSnn.sln")))
            {
                string path = Path.Combine(folder.FullName, relativePath);
                return File.Exists(path) ? path : null;
            }
        }

        return null;
    }
}
