namespace RramSnn.Data;

/// <summary>Makes the exception for bad file content; all its messages read "path: what is wrong".</summary>
internal static class InvalidData
{
    internal static InvalidDataException In(string path, string problem, Exception? cause = null)
    {
        return new InvalidDataException($"{path}: {problem}", cause);
    }
}
