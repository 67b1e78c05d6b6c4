namespace RramSnn.Cli.Runs;

/// <summary>Folders that results go to.</summary>
internal static class OutputFolder
{
    /// <summary>Makes a folder with all that leads to it; one that is there stays.</summary>
    /// <exception cref="IOException">It cannot be made; the message names it.</exception>
    internal static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: is no folder that can be made; expected another --out ({exception.Message})", exception);
        }
    }
}
